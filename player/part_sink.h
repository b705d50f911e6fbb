#pragma once
#include "player/spool/media_cache.h"
#include "player/uplink/uplink.h"

namespace loa {

/// A download that goes to the media cache. Lives on the uplink's media thread.
class PartSink final : public MediaSink {
public:
    PartSink(const MediaCache& cache, const MediaWanted& wanted) : part_{cache, wanted.media, wanted.bytes} {}
    std::int64_t have() const override { return part_.have(); }
    void append(std::string_view bytes) override { part_.append(bytes); }
    void restart() override { part_.restart(); }
    void finish() override { part_.finish(); }

private:
    MediaPart part_;
};

}  // namespace loa

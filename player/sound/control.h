#pragma once
#include <map>
#include <optional>
#include <string>

#include "player/notice/service_notice.h"
#include "player/sound/air.h"
#include "player/sound/decode_queue.h"
#include "player/sound/output_keeper.h"
#include "player/sound/wake.h"
#include "player/wire/sound_socket.h"

namespace loa {

/// The conversation with the one loa-player that is served: its commands to where they belong, what became of them
/// back.
class Control {
public:
    Control(SoundListener& listener, Wake& wake, Air& air, DecodeQueue& decoding, const OutputKeeper& keeper,
            ServiceNotice& notice);
    /// Serves until `signals` (a signalfd) is readable; then lets everything on air fade and returns.
    void run(int signals);

private:
    struct Cueing {
        std::int64_t ticket = 0;
        std::optional<Pcm> pcm;  ///< once decoded
    };
    bool wait(int signals, int milliseconds);
    void turn();
    void acceptPlayer();
    void readPlayer();
    void obey(const Cue& cue, Descriptor memory);
    void obey(const Start& start, Descriptor);
    void obey(const StartNow& start, Descriptor);
    void obey(const StartSignal& start, Descriptor);
    void obey(const Stop& stop, Descriptor);
    void answerDecoded();
    void tellReports();
    void tellOutput();
    void tell(const FromSound& message);
    void dropPlayer(const std::string& why);
    void fadeOut();

    SoundListener& listener_;
    Wake& wake_;
    Air& air_;
    DecodeQueue& decoding_;
    const OutputKeeper& keeper_;
    ServiceNotice& notice_;
    std::optional<SoundSocket> player_;
    std::map<ItemId, Cueing> cued_;
    OutputState told_;
    Nanoseconds toldAt_{0};
};

}  // namespace loa

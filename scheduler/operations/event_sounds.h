#pragma once
#include <map>
#include <optional>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/planning/clashes.h"
#include "scheduler/planning/closed_times.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Media of what sounds, each looked up once.
class KnownMedia {
public:
    explicit KnownMedia(ReadTransaction& transaction) : transaction_{transaction} {}
    /// Empty when it is not there or was removed.
    const std::optional<MediaItem>& find(const Source& source);
    /// What the occurrence sounds; empty when there is nothing to sound.
    std::optional<PlannedSound> soundOf(const Occurrence& occurrence);

private:
    ReadTransaction& transaction_;
    std::map<MediaId, std::optional<MediaItem>> known_;
};

/// What is still to come of the event: its occurrences, and what single stations sound in their place. Ordered by
/// start.
std::vector<PlannedSound> soundsOf(KnownMedia& media, const Event& event, const std::vector<Occurrence>& occurrences,
                                   Instant now);

/// Each of the sounds of a stored event beside what other events sound at about the same time.
std::vector<Clash> clashesOf(ReadTransaction& transaction, KnownMedia& media, const Event& event,
                             const std::vector<PlannedSound>& sounds, const Places& places, Instant now);

}  // namespace loa

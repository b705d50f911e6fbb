#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "tests/player/playout/station_world.h"

namespace loa::test {

inline const Slot hotline = slotAt("hotline", five, std::chrono::seconds{60});

/// A station with its output, and with the orders' sound on its disk; at five sharp.
struct OrderedStation : StationWorld {
    explicit OrderedStation(std::vector<Slot> slots = {}) : StationWorld{manifestOf(std::move(slots))} {
        facts.ready.insert(orderOf(OrderType::emergency, 1).sound->media);
        soundComes();
    }

    /// The slot on air, as its item.
    ItemNumber onAir(const Slot& slot) {
        at(slot.at.start - cueAhead(slot));
        const auto item = cued();
        give(SoundCued{item});
        at(slot.at.start - recordAhead);
        at(slot.at.start);
        give(SoundBegan{item, slot.at.start, 0});
        return item;
    }
    void fades(ItemNumber item, std::int64_t frames) {
        give(SoundEnded{item, SoundEnded::Cause::stopped, frames, facts.now, loud(), ""});
    }
    bool wasStopped(ItemNumber item) const {
        const auto stops = given<StopSound>();
        return std::any_of(stops.begin(), stops.end(), [&](const StopSound& stop) { return stop.item == item; });
    }
    bool anySounded() const { return !given<SoundSignal>().empty() || !given<SoundNow>().empty(); }
};

}  // namespace loa::test

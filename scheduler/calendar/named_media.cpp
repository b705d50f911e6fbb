#include "scheduler/calendar/named_media.h"

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/facts.h"

namespace loa {

std::set<MediaId> namedMedia(const Event& event) {
    std::set<MediaId> media;
    const auto add = [&](const std::optional<Source>& source) {
        if (source) media.insert(std::get<MediaSource>(*source).media);
    };
    std::vector<Notice> unused;
    Notices notices{unused, event.id};
    for (const auto& component : readCalendar(event.icalendar)) add(readSource(component, notices));
    for (const auto& own : event.stationOverrides) add(own.source);
    return media;
}

}  // namespace loa

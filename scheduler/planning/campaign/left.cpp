// How much of each daypart's ceilings stays free once a campaign is in place. Pure.
#include "scheduler/planning/campaign/left.h"

#include <algorithm>
#include <map>

namespace loa {

std::vector<AirtimeLeft> airtimeLeft(const Campaign& campaign, const StationRoom& station,
                                     std::span<const Placement> own) {
    std::map<MediaId, Milliseconds> lengths;
    for (const MediaItem& each : campaign.announcements) lengths.emplace(each.id, each.length());
    std::map<std::string, AirtimeLeft> rows;
    for (const AirtimeDay& day : station.seats->airtime().days) {
        if (day.day < campaign.first || campaign.last < day.day) continue;
        for (const OpenDaypart& daypart : day.dayparts) {
            AirtimeLeft& row = rows[daypart.name];
            Milliseconds taken{0};
            auto at = std::lower_bound(own.begin(), own.end(), daypart.at.start,
                                       [](const Placement& each, Instant start) { return each.start < start; });
            for (; at != own.end() && at->start < daypart.at.end; ++at) {
                const auto length = lengths.find(at->announcement);
                if (length != lengths.end()) taken += length->second;
            }
            row.taken += taken;
            row.left += std::max(Milliseconds{0}, daypart.ceiling - station.seats->used(daypart) - taken);
        }
    }
    std::vector<AirtimeLeft> left;
    for (auto& [name, row] : rows) {
        row.station = station.station;
        row.daypart = name;
        left.push_back(std::move(row));
    }
    return left;
}

}  // namespace loa

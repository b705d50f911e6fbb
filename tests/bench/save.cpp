// How long it takes to save a new rule, a year long and daily, at all stations of an office: in a province with 1,000
// stations and in a district with 13, in turn. Each station has twelve airings a day, most of them by rules that it
// shares with others; so the province holds 4.4 million airings a year. A new rule meets what is there at some times
// of the day and nothing at others. Everything is as in the product: the file, its durability, the answer with all
// clashes and closed times. The media are facts without files. Main thread only.
#include <cstdio>
#include <iostream>

#include "tests/bench/median.h"
#include "tests/bench/planned_office.h"
#include "tests/bench/result.h"

using namespace loa;
using namespace loa::bench;

namespace {

constexpr int saves = 45;     // counted, at each office
constexpr int uncounted = 3;  // before them

/// Milliseconds for one save. The event is taken out again, so that all saves meet the same plan.
double saveOne(PlannedOffice& planned, int number, std::size_t& clashes) {
    const auto time = sessionMinute(number * 37) + std::chrono::seconds{number};
    const auto rule = draft("Thông báo mới", planned.announcement, planned.top, time);
    SavedEvent saved;
    const auto took = millisecondsFor([&] { saved = planned.save(rule); });
    clashes += saved.clashes.size();
    removeEvent(planned.office.scheduler, saved.event.id);
    return took;
}

}  // namespace

int main() {
    PlannedOffice district{1, 13};
    PlannedOffice province{25, 40};
    std::vector<double> atDistrict;
    std::vector<double> atProvince;
    std::size_t clashesAtDistrict = 0;
    std::size_t clashesAtProvince = 0;
    for (int i = 0; i < uncounted + saves; ++i) {
        const auto small = saveOne(district, i, clashesAtDistrict);
        const auto large = saveOne(province, i, clashesAtProvince);
        if (i < uncounted) continue;
        atDistrict.push_back(small);
        atProvince.push_back(large);
    }
    const double small = median(atDistrict);
    const double large = median(atProvince);
    std::cerr << uncounted + saves << " rules met " << clashesAtProvince << " others at " << province.stations
              << " stations, " << clashesAtDistrict << " at " << district.stations << '\n';
    print({"save at 1,000 stations", large, 15, "limit", "ms", "<= 15 ms", large <= 15});
    print({"the same", large, small, "13 stations", "ms", "<= 2 x 13 stations", large <= 2 * small});
}

// How long it takes to save a new rule, a year long and daily, at all stations of an office: in a province with 1,000
// stations and in a district with 13, in turn. Each station has twelve airings a day, most of them by rules that it
// shares with others; so the province holds 4.4 million airings a year. A new rule meets what is there at some times
// of the day and nothing at others. Everything is as in the product: the file, its durability, the answer with all
// clashes and closed times. The media are facts without files. Main thread only.
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/save_airtime.h"
#include "scheduler/storage/station_repository.h"
#include "tests/bench/median.h"
#include "tests/bench/result.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr int saves = 45;      // counted, at each office
constexpr int uncounted = 3;   // before them
constexpr int provincial = 4;  // airings a day that the whole province shares
constexpr int ofDistrict = 8;  // and those of each district
constexpr auto firstDay = std::chrono::local_days{std::chrono::year{2027} / 3 / 1};

/// Minutes of a day when communes broadcast: 5:00-6:30, 11:00-12:00, 17:00-18:30.
std::chrono::minutes sessionMinute(int number) {
    number %= 240;
    if (number < 90) return 5h + std::chrono::minutes{number};
    if (number < 150) return 11h + std::chrono::minutes{number - 90};
    return 17h + std::chrono::minutes{number - 150};
}

EventDraft draft(const std::string& title, const MediaItem& media, const AreaId& area, std::chrono::seconds time) {
    EventDraft draft;
    draft.title = title;
    draft.facts.source = MediaSource{media.id};
    draft.facts.targets = {area};
    draft.start = LocalTime{firstDay + time};
    draft.zone = "Asia/Ho_Chi_Minh";
    draft.duration = media.length();
    draft.rule = "FREQ=DAILY;UNTIL=20280228T165959Z";
    return draft;
}

/// An office with `districts` districts of `size` stations each.
struct PlannedOffice {
    TestOffice office;
    AreaId top{"tinh"};
    MediaItem announcement;
    int stations = 0;

    PlannedOffice(int districts, int size) {
        office.addArea("tinh", std::nullopt);
        announcement = office.addMedia('c', 75);
        const auto programme = office.addMedia('b', 15 * 60);
        const auto item = office.addMedia('a', 110);
        setAirtime();
        for (int i = 0; i < districts; ++i) addDistrict(i, size, item);
        for (int i = 0; i < provincial; ++i)
            save(draft("Chương trình của tỉnh", i == 0 ? programme : item, top, sessionMinute(i * 61)));
    }

    /// Sessions and quiet hours that all stations inherit.
    void setAirtime() {
        Airtime airtime;
        airtime.area = top;
        airtime.dayparts = {{{"sáng", Weekdays::all(), 5h, 90min}, 60min},
                            {{"trưa", Weekdays::all(), 11h, 60min}, 45min},
                            {{"chiều", Weekdays::all(), 17h, 90min}, 60min}};
        airtime.quietHours = {{"im lặng", Weekdays::all(), 21h, 8h}};
        saveAirtime(office.scheduler, top, {airtime});
    }

    void addDistrict(int number, int size, const MediaItem& item) {
        const auto id = "huyen-" + std::to_string(number);
        office.addArea(id, top.text());
        office.database.write([&](WriteTransaction& transaction) {
            for (int i = 0; i < size; ++i) {
                const auto station = id + "-xa-" + std::to_string(i);
                StationRepository::save(transaction, {StationId{station}, "trạm " + station, AreaId{id},
                                                      "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt});
            }
        });
        stations += size;
        for (int i = 0; i < ofDistrict; ++i)
            save(draft("Chương trình của huyện", item, AreaId{id},
                       sessionMinute(i * 30 + number * 7 + 3) + std::chrono::seconds{number}));
    }

    SavedEvent save(const EventDraft& draft) { return createEvent(office.scheduler, draft, Keep::yes); }
};

/// Milliseconds for one save. The event is taken out again, so that all saves meet the same plan.
double saveOne(PlannedOffice& planned, int number, std::size_t& clashes) {
    const auto time = sessionMinute(number * 37) + std::chrono::seconds{number};
    const auto rule = draft("Thông báo mới", planned.announcement, planned.top, time);
    SavedEvent saved;
    const auto took = bench::millisecondsFor([&] { saved = planned.save(rule); });
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
    const double small = bench::median(atDistrict);
    const double large = bench::median(atProvince);
    std::cerr << uncounted + saves << " rules met " << clashesAtProvince << " others at " << province.stations
              << " stations, " << clashesAtDistrict << " at " << district.stations << '\n';
    bench::print({"save at 1,000 stations", large, 15, "limit", "ms", "<= 15 ms", large <= 15});
    bench::print({"the same", large, small, "13 stations", "ms", "<= 2 x 13 stations", large <= 2 * small});
}

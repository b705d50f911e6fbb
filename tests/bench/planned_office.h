#pragma once
#include <memory>
#include <string>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/save_airtime.h"
#include "scheduler/storage/station_repository.h"
#include "tests/support/test_office.h"

namespace loa::bench {

using namespace std::chrono_literals;

inline constexpr int provincial = 4;  // airings a day that the whole province shares
inline constexpr int ofDistrict = 8;  // and those of each district
inline constexpr auto firstDay = std::chrono::local_days{std::chrono::year{2027} / 3 / 1};

/// Minutes of a day when communes broadcast: 5:00-6:30, 11:00-12:00, 17:00-18:30.
inline std::chrono::minutes sessionMinute(int number) {
    number %= 240;
    if (number < 90) return 5h + std::chrono::minutes{number};
    if (number < 150) return 11h + std::chrono::minutes{number - 90};
    return 17h + std::chrono::minutes{number - 150};
}

inline EventDraft draft(const std::string& title, const MediaItem& media, const AreaId& area,
                        std::chrono::seconds time) {
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
    test::TestOffice office;
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

}  // namespace loa::bench

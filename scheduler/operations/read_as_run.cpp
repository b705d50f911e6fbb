#include "scheduler/operations/read_as_run.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/planning/reconcile.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::chrono::days longestPeriod{3660};

Interval periodAt(const AsRunQuestion& question, const std::string& zone) {
    if (const auto* interval = std::get_if<Interval>(&question.period)) return *interval;
    const auto& days = std::get<DayPeriod>(question.period);
    return {dayInZone(days.first, zone).start, dayInZone(days.last, zone).end};
}

void checkPeriod(Interval period) {
    if (period.start < period.end && period.length() <= longestPeriod) return;
    throw Error{Fault::invalid,
                "bad-period",
                {"Khoảng thời gian phải kết thúc sau khi bắt đầu và không quá mười năm. Sửa lại hai mốc.",
                 "the period must end after it starts and span at most ten years"}};
}

std::vector<Station> stationsOf(ReadTransaction& transaction, const AsRunQuestion& question) {
    if (question.station) {
        const auto station = StationRepository::find(transaction, *question.station);
        if (!station) throw noSuchStation(*question.station);
        return {*station};
    }
    if (!question.area) return StationRepository::all(transaction);
    if (!AreaRepository::find(transaction, *question.area)) throw noSuchArea(*question.area);
    return StationRepository::byArea(transaction, *question.area);
}

}  // namespace

AsRunAnswer readAsRun(Scheduler& scheduler, const AsRunQuestion& question) {
    AsRunAnswer answer;
    std::vector<PublishedSlot> slots;
    std::vector<Airing> airings;
    scheduler.database.read([&](ReadTransaction& transaction) {
        answer.stations = stationsOf(transaction, question);
        for (const auto& station : answer.stations) {
            const auto period = periodAt(question, station.zone);
            checkPeriod(period);
            auto published = SlotRepository::startingIn(transaction, station.id, period);
            std::move(published.begin(), published.end(), std::back_inserter(slots));
            auto reported = AiringRepository::concerning(transaction, station.id, period);
            std::move(reported.begin(), reported.end(), std::back_inserter(airings));
        }
    });
    answer.lines = reconcile(slots, airings, scheduler.clock.now(), scheduler.reportDeadline);
    std::stable_sort(answer.lines.begin(), answer.lines.end(), [](const AsRun& a, const AsRun& b) {
        return std::tie(a.planned.start, a.station) < std::tie(b.planned.start, b.station);
    });
    return answer;
}

}  // namespace loa

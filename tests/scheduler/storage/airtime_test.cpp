#include <doctest/doctest.h>

#include "scheduler/storage/airtime_repository.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/settlement_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono;

namespace {

Airtime everything(const std::string& area) {
    Airtime rules;
    rules.area = AreaId{area};
    rules.validFrom = year{2027} / 1 / 1;
    rules.dayparts = {{{"sáng", Weekdays::all(), 5h, 90min}, 45min}, {{"chiều", {Saturday, Sunday}, 17h, 60min}, {}}};
    rules.quietHours = {{"trưa", Weekdays::all(), 11h + 30min, 90min}};
    rules.specialDays = {
        {"Tết", year{2027} / 2 / 6, year{2027} / 2 / 9, {{{"chúc Tết", Weekdays::all(), 8h, 15min}, {}}}},
        {"Quốc tang", year{2027} / 5 / 1, year{2027} / 5 / 2, {}}};
    rules.longestAnnouncement = seconds{90};
    rules.airingsPerDay = 3;
    return rules;
}

}  // namespace

TEST_CASE_TEMPLATE("airtime repository: what was saved is found again, and nothing stands apart from nothing said",
                   Backend, Sqlite) {
    Backend backend;
    Airtime until;
    until.area = AreaId{"a"};
    until.validTo = year{2026} / 12 / 31;
    Airtime closed;
    closed.area = AreaId{"b"};
    closed.dayparts.emplace();
    const std::vector<Airtime> ofA{until, everything("a")};
    const std::vector<Airtime> ofB{closed};
    backend.database().write([&](WriteTransaction& transaction) {
        for (const char* id : {"a", "b"})
            AreaRepository::save(transaction, {AreaId{id}, id, std::nullopt, std::nullopt, std::nullopt});
        const auto before = PlanVersion::current(transaction);
        AirtimeRepository::save(transaction, AreaId{"a"}, ofA);
        AirtimeRepository::save(transaction, AreaId{"b"}, ofB);
        CHECK(PlanVersion::current(transaction) > before);
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(AirtimeRepository::of(transaction, AreaId{"a"}) == ofA);
        CHECK(AirtimeRepository::of(transaction, AreaId{"b"}) == ofB);
        CHECK(AirtimeRepository::all(transaction).size() == 3);
    });
    backend.database().write(
        [&](WriteTransaction& transaction) { AirtimeRepository::save(transaction, AreaId{"a"}, {}); });
    backend.database().read([&](ReadTransaction& transaction) { CHECK(AirtimeRepository::all(transaction) == ofB); });
}

TEST_CASE_TEMPLATE("settlement repository: the newest word about a clash is the one that counts", Backend, Sqlite) {
    Backend backend;
    Settlement settlement{StationId{"s1"},       EventId{"u"},        atNoon, EventId{"o"}, atNoon,
                          SettlementWinner::own, atNoon + seconds{1}, "Lan"};
    backend.database().write([&](WriteTransaction& transaction) {
        SettlementRepository::save(transaction, settlement);
        settlement.winner = SettlementWinner::upper;
        settlement.decidedBy = "Minh";
        SettlementRepository::save(transaction, settlement);
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(SettlementRepository::of(transaction, StationId{"s1"}) == std::vector{settlement});
        CHECK(SettlementRepository::of(transaction, StationId{"s2"}).empty());
    });
}

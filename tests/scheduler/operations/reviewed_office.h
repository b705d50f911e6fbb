#pragma once
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <map>

#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/operations/save_campaign.h"
#include "tests/support/test_people.h"

namespace loa::test {

inline constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nRRULE:FREQ=DAILY\r\n";
inline const MediaId sound{std::string(64, 'a')};
inline const EventId announcement{"e"};

inline std::string codeOf(const auto& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return "taken";
}

/// An office in which "an" has written a daily series for the district.
struct ReviewedOffice : TestOffice {
    ReviewedOffice() {
        addMedia('a', 31);
        importEvents(as("an"), calendar("e", daily), {});
    }
    /// The scheduler as this person works on it.
    Scheduler& as(const std::string& person) {
        return people
            .try_emplace(person,
                         [&] {
                             auto own = scheduler;
                             own.actor = {Actor::Kind::person, person, "192.0.2.7"};
                             return own;
                         }())
            .first->second;
    }
    void hear(const std::string& person, const MediaId& what = sound) {
        noteServed(as(person), what, 0, 100, 100);
        reportHeard(as(person), what);
    }
    std::string step(const std::string& person, ReviewStep step, const std::string& reason = "") {
        return codeOf([&] {
            takeReviewStep(as(person), step, {announcement}, reason, reviewsOf(scheduler, {announcement}).tag);
        });
    }
    /// Written by "an", approved by "binh".
    void approve() {
        hear("binh");
        REQUIRE(step("an", ReviewStep::submit) == "taken");
        REQUIRE(step("binh", ReviewStep::approve) == "taken");
    }
    Manifest published(const std::string& station = "tan-hue") {
        const auto document = publishManifest(scheduler, StationId{station}).document;
        return manifestFromJson(verify("manifest", document, {VerifyingKey::fromText(key.publicText())}));
    }
    std::size_t slots(const std::string& station = "tan-hue") { return published(station).slots.size(); }
    ReviewedEvent review() { return reviewsOf(scheduler, {announcement}).events.front(); }
    DraftState state() { return review().review.state; }
    void raw(const std::string& sql) {
        sqlite3* opened = nullptr;
        REQUIRE(sqlite3_open((directory.path() / "loa.db").c_str(), &opened) == SQLITE_OK);
        REQUIRE(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(opened);
    }
    /// Of two announcements, twice a day on two days, for the district.
    Campaign campaign() {
        Campaign campaign;
        campaign.title = "Tổng đài 1022";
        campaign.targets = {AreaId{"thanh-binh"}};
        campaign.announcements = {addMedia('b', 20), addMedia('c', 25)};
        campaign.first = *parseDay("2027-03-05");
        campaign.last = *parseDay("2027-03-06");
        campaign.airingsPerDay = 2;
        campaign.smallestGap = std::chrono::hours{2};
        campaign.share = 1;
        return campaign;
    }
    std::string refusal(const std::string& station = "tan-hue") {
        const auto plan = planFor(scheduler, StationId{station});
        return plan.rejected.empty() ? "" : plan.rejected.front().code + ": " + plan.rejected.front().reason.vi;
    }
    std::map<std::string, Scheduler> people;
};

}  // namespace loa::test

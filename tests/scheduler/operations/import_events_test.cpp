#include "scheduler/operations/import_events.h"

#include <doctest/doctest.h>

#include <functional>
#include <utility>

#include "scheduler/calendar/read_events.h"
#include "scheduler/storage/event_origin_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/plan_version.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string once = "DTSTART:20270301T220000Z\r\n";

/// One file with the events of several.
std::string together(const std::vector<std::string>& calendars) {
    std::string all = calendars.empty() ? "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n" : calendars.front();
    for (std::size_t i = 1; i < calendars.size(); ++i) {
        const auto from = calendars[i].find("BEGIN:VEVENT");
        all.insert(all.find("END:VCALENDAR"), calendars[i].substr(from, calendars[i].find("END:VCALENDAR") - from));
    }
    return all;
}

struct Importing : TestOffice {
    Importing() { addMedia('a', 31); }

    /// "id verdict code" of each.
    std::vector<std::string> verdicts(const std::string& text, const ImportOptions& options = {},
                                      Keep keep = Keep::yes) {
        std::vector<std::string> all;
        for (const auto& each : importEvents(scheduler, text, options, keep).verdicts) {
            CHECK_FALSE(each.reason.vi.empty());
            CHECK_FALSE(each.reason.en.empty());
            all.push_back(each.event.text() + ' ' + std::string{toText(each.verdict)} + ' ' + each.code);
        }
        return all;
    }
    std::string refusal(const std::string& text, const ImportOptions& options = {}) {
        try {
            importEvents(scheduler, text, options);
        } catch (const Error& error) {
            return error.code();
        }
        return "accepted";
    }
    std::int64_t planVersion() {
        return database.read([](ReadTransaction& transaction) { return PlanVersion::current(transaction); });
    }
    std::vector<std::string> stored() {
        std::vector<std::string> ids;
        for (const auto& each :
             database.read([](ReadTransaction& transaction) { return EventRepository::all(transaction); }))
            ids.push_back(each.event.id.text());
        return ids;
    }
};

using Lines = std::vector<std::string>;

/// Somebody else's work comes between an import's verdicts and its save: that is when it first asks for the time.
class Interrupted final : public Clock {
public:
    Interrupted(const Clock& clock, std::function<void()> work) : clock_{clock}, work_{std::move(work)} {}
    Instant now() const override {
        if (const auto work = std::exchange(work_, nullptr)) work();
        return clock_.now();
    }
    Milliseconds sinceBoot() const override { return clock_.sinceBoot(); }
    bool synchronised() const override { return clock_.synchronised(); }

private:
    const Clock& clock_;
    mutable std::function<void()> work_;
};

std::string refusalWhen(Importing& office, const std::string& text, const ImportOptions& options,
                        const std::function<void()>& meanwhile) {
    const Interrupted clock{office.clock, meanwhile};
    const auto& all = office.scheduler;
    Scheduler scheduler{all.database,      all.journal, clock,      all.signingKey, all.manifests, all.media,
                        all.planChanges,   all.feeds,   all.served, all.door,       all.lines,     all.zone,
                        all.reportDeadline};
    try {
        importEvents(scheduler, text, options);
    } catch (const Error& error) {
        return error.code();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("import preview: each event of a file has its own verdict, and nothing is kept") {
    Importing office;
    importEvents(
        office.scheduler,
        together({office.calendar("same", once + "SEQUENCE:3\r\n"), office.calendar("newer", once + "SEQUENCE:3\r\n"),
                  office.calendar("other", once + "SEQUENCE:3\r\n"),
                  office.calendar("older", once + "SEQUENCE:3\r\n")}),
        {});
    const auto version = office.planVersion();
    const auto text =
        together({office.calendar("same", once + "SEQUENCE:3\r\n"), office.calendar("newer", once + "SEQUENCE:4\r\n"),
                  office.calendar("other", "DTSTART:20270302T220000Z\r\nSEQUENCE:3\r\n"),
                  office.calendar("older", once + "SEQUENCE:2\r\n"), office.calendar("fresh", once),
                  office.calendar("nowhere", once, "urn:loa:area:nowhere"),
                  office.calendar("unreadable", "DTSTART:20270230T220000Z\r\n")});
    CHECK(office.verdicts(text, {}, Keep::no) == Lines{"same unchanged same-content", "newer changed newer-sequence",
                                                       "other changed other-content", "older refused older-sequence",
                                                       "fresh new not-stored", "nowhere refused unknown-target",
                                                       "unreadable refused impossible-date"});
    const auto preview = importEvents(office.scheduler, text, {}, Keep::no);
    REQUIRE(preview.events.size() == 3);
    CHECK_FALSE(preview.events.back().clashes.empty());
    CHECK(preview.verdicts.back().line > 0);
    CHECK(office.planVersion() == version);
    CHECK(office.stored().size() == 4);
    CHECK(office.refusal(text) == "impossible-date");
    CHECK(office.stored().size() == 4);
}

TEST_CASE("import: again, or exported anew with other stamps, it changes nothing, not even the plan's version") {
    Importing office;
    const auto text = together({office.calendar("a", once), office.calendar("b", once + "RRULE:FREQ=DAILY\r\n")});
    CHECK(office.verdicts(text) == Lines{"a new not-stored", "b new not-stored"});
    const auto revision = office.manifest("tan-hue").revision;
    const auto version = office.planVersion();
    auto exported = text;
    for (auto at = exported.find("DTSTAMP:2027"); at != std::string::npos; at = exported.find("DTSTAMP:2027"))
        exported.replace(at, 12, "DTSTAMP:2028");
    for (const auto& again : {text, exported}) {
        CHECK(office.verdicts(again) == Lines{"a unchanged same-content", "b unchanged same-content"});
        CHECK(importEvents(office.scheduler, again, {}).events.empty());
    }
    CHECK(office.planVersion() == version);
    office.clock.set(at("2027-02-28T11:00:00Z"));
    CHECK(office.manifest("tan-hue").revision == revision);
}

TEST_CASE("import: what is no longer in the file of its origin is gone, and goes only when it is asked for") {
    Importing office;
    const ImportOptions commune{.origin = "xã Tân Huề"};
    auto removing = commune;
    removing.removeGone = true;
    const auto a = office.calendar("a", once);
    const auto b = office.calendar("b", once);
    importEvents(office.scheduler, office.calendar("by-hand", once), {});
    importEvents(office.scheduler, office.calendar("elsewhere", once), {.origin = "huyện"});
    CHECK(office.verdicts(together({a, b}), commune) == Lines{"a new not-stored", "b new not-stored"});
    CHECK(office.verdicts(a, commune) == Lines{"a unchanged same-content", "b gone gone-kept"});
    CHECK(office.verdicts(a) == Lines{"a unchanged same-content"});
    CHECK(office.verdicts(a, removing, Keep::no).back() == "b gone gone-removed");
    CHECK(office.stored() == Lines{"a", "b", "by-hand", "elsewhere"});
    CHECK(office.verdicts(a, removing).back() == "b gone gone-removed");
    CHECK(office.stored() == Lines{"a", "by-hand", "elsewhere"});
}

TEST_CASE("import: an event belongs to the origin it was last imported from, also where it says the same") {
    Importing office;
    const auto a = office.calendar("a", once);
    const auto c = office.calendar("c", once);
    importEvents(office.scheduler, a, {.origin = "xã"});
    CHECK(office.verdicts(a, {.origin = "huyện"}) == Lines{"a unchanged same-content"});
    CHECK(office.verdicts(c, {.origin = "xã"}) == Lines{"c new not-stored"});
    CHECK(office.verdicts(c, {.origin = "huyện"}).back() == "a gone gone-kept");
}

TEST_CASE("import: an event that is refused is not gone") {
    Importing office;
    importEvents(office.scheduler, office.calendar("a", once + "SEQUENCE:2\r\n"), {.origin = "xã"});
    CHECK(office.verdicts(office.calendar("a", once), {.origin = "xã", .removeGone = true}, Keep::no) ==
          Lines{"a refused older-sequence"});
}

TEST_CASE("import: what somebody else plans does not become one's own calendar's by saying the same of it") {
    Importing office;
    const auto above = office.calendar("above", once);
    const auto own = office.calendar("own", once, "urn:loa:station:tan-hue");
    importEvents(office.scheduler, together({above, own}), {.origin = "huyện"});
    auto commune = asPerson(office, personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}}));
    const auto imported = importEvents(commune, together({above, own}), {.origin = "xã"});
    for (const auto& each : imported.verdicts) CHECK(each.verdict == Verdict::unchanged);
    const auto of = [&](const std::string& origin) {
        return office.database.read(
            [&](ReadTransaction& transaction) { return EventOriginRepository::eventsOf(transaction, origin); });
    };
    CHECK(of("huyện") == std::vector{EventId{"above"}});
    CHECK(of("xã") == std::vector{EventId{"own"}});
}

TEST_CASE("import: an empty file, or one of no named origin, takes nothing away") {
    Importing office;
    importEvents(office.scheduler, office.calendar("a", once), {.origin = "xã"});
    CHECK(office.refusal(together({}), {.origin = "xã", .removeGone = true}) == "nothing-left");
    CHECK(office.refusal(office.calendar("b", once), {.removeGone = true}) == "no-origin");
    CHECK(office.refusal(office.calendar("b", once), {.origin = " "}) == "no-name");
    CHECK(office.verdicts(together({}), {.origin = "xã"}) == Lines{"a gone gone-kept"});
    CHECK(office.stored() == Lines{"a"});
}

TEST_CASE("import: what is gone is removed only while it is what the verdict was about") {
    Importing office;
    const auto a = office.calendar("a", once);
    const auto b = office.calendar("b", once);
    const auto edited = office.calendar("b", once + "SEQUENCE:1\r\n");
    const ImportOptions removing{.origin = "xã", .removeGone = true};
    importEvents(office.scheduler, together({a, b}), {.origin = "xã"});
    const auto when = [&](const std::function<void()>& meanwhile) {
        return refusalWhen(office, a, removing, meanwhile);
    };
    CHECK(when([&] { importEvents(office.scheduler, edited, {}); }) == "changed-meanwhile");
    CHECK(when([&] { importEvents(office.scheduler, edited, {.origin = "huyện"}); }) == "changed-meanwhile");
    CHECK(office.stored() == Lines{"a", "b"});
    importEvents(office.scheduler, edited, {.origin = "xã"});
    CHECK(when([&] { removeEvent(office.scheduler, EventId{"b"}); }) == "changed-meanwhile");
    importEvents(office.scheduler, edited, {.origin = "xã"});
    CHECK(when([] {}) == "accepted");
    CHECK(office.stored() == Lines{"a"});
}

TEST_CASE("import: what was new is refused where it has come meanwhile") {
    Importing office;
    const auto meanwhile = [&] { importEvents(office.scheduler, office.calendar("a", once), {}); };
    CHECK(refusalWhen(office, office.calendar("a", once + "CATEGORIES:X\r\n"), {}, meanwhile) == "changed-meanwhile");
}

TEST_CASE("import: only an event that is a campaign's already names that campaign; all else loses it, and is told so") {
    Importing office;
    const auto planned = office.calendar("planned", once + "X-LOA-CAMPAIGN:1022\r\n");
    const auto other = office.calendar("other", once + "X-LOA-CAMPAIGN:1022\r\n");
    saveEvents(office.scheduler, readEvents(planned).events, Keep::yes);
    importEvents(office.scheduler, office.calendar("other", once), {});
    const auto ofCampaign = [&] {
        Lines ids;
        office.database.read([&](ReadTransaction& transaction) {
            for (const auto& each : EventRepository::ofCampaign(transaction, CampaignId{"1022"}))
                ids.push_back(each.event.id.text());
        });
        return ids;
    };
    const auto file = together({planned, other, office.calendar("new", once + "X-LOA-CAMPAIGN:1022\r\n")});
    const auto imported = importEvents(office.scheduler, file, {});
    CHECK(ofCampaign() == Lines{"planned"});
    REQUIRE(imported.notices.size() == 2);
    CHECK(imported.notices.back().code == "campaign-left-out");
    CHECK(imported.notices.back().line > imported.notices.front().line);
    CHECK(importEvents(office.scheduler, file, {}).events.empty());
    CHECK(importEvents(office.scheduler, office.calendar("planned", once + "X-LOA-CAMPAIGN:2\r\n"), {}, Keep::no)
              .notices.size() == 1);
    CHECK(replaceEvent(office.scheduler, EventId{"other"}, other, std::nullopt).notices.size() == 1);
    CHECK(replaceEvent(office.scheduler, EventId{"planned"}, planned, std::nullopt).notices.empty());
    CHECK(ofCampaign() == Lines{"planned"});
}

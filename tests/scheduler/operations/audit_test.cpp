#include "scheduler/operations/audit.h"

#include <doctest/doctest.h>

#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/feeds.h"
#include "scheduler/operations/save_campaign.h"
#include "scheduler/operations/tokens.h"
#include "tests/support/audit_trail.h"
#include "tests/support/enrolled_station.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

using Verbs = std::vector<std::string>;

const std::string daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";

/// An office with a clerk at it, and the entries since it was made.
struct AuditedOffice : TestOffice {
    std::int64_t begun = 0;
    AuditedOffice() {
        scheduler.actor = {Actor::Kind::person, "lan", "10.0.0.7"};
        addMedia('a', 31);
        begun = newestOf(database);
    }
    std::vector<AuditEntry> trail() { return trailOf(database, begun); }
    Verbs verbs() { return verbsOf(database, begun); }
};

}  // namespace

TEST_CASE("audit: an entry says who did what to what, from where, and how it was before and after") {
    AuditedOffice office;
    office.clock.set(at("2027-02-28T10:00:07Z"));
    saveArea(office.scheduler, {AreaId{"phu-loi"}, "xã Phú Lợi", AreaId{"thanh-binh"}, std::nullopt, std::nullopt});
    saveArea(office.scheduler, {AreaId{"phu-loi"}, "phường Phú Lợi", std::nullopt, std::nullopt, std::nullopt});
    removeArea(office.scheduler, AreaId{"phu-loi"});
    const auto trail = office.trail();
    REQUIRE(trail.size() == 3);
    for (const auto& entry : trail) {
        CHECK(entry.at == at("2027-02-28T10:00:07Z"));
        CHECK(entry.actor == Actor{Actor::Kind::person, "lan", "10.0.0.7"});
        CHECK(entry.object == "area:phu-loi");
    }
    const std::string commune = R"({"id":"phu-loi","name":"xã Phú Lợi","parent":"thanh-binh"})";
    const std::string ward = R"({"id":"phu-loi","name":"phường Phú Lợi"})";
    CHECK((trail[0].verb == "save-area" && trail[0].before.empty() && trail[0].after == commune));
    CHECK((trail[1].verb == "save-area" && trail[1].before == commune && trail[1].after == ward));
    CHECK((trail[2].verb == "remove-area" && trail[2].before == ward && trail[2].after.empty()));
}

TEST_CASE("audit: what is only looked at, and what is refused, leaves no entry") {
    AuditedOffice office;
    importEvents(office.scheduler, TestOffice::calendar("1", daily), {}, Keep::no);
    CHECK_THROWS_AS(removeArea(office.scheduler, AreaId{"thanh-binh"}), Error);
    CHECK_THROWS_AS(removeEvent(office.scheduler, EventId{"none"}), Error);
    CHECK_THROWS_AS(importEvents(office.scheduler, TestOffice::calendar("1", daily, "urn:loa:area:nowhere"), {}),
                    Error);
    CHECK(office.verbs().empty());
}

TEST_CASE("audit: an event's entries show when it falls, and tell any other change by its tag") {
    AuditedOffice office;
    importEvents(office.scheduler, TestOffice::calendar("1", daily), {});
    const auto moved = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T060000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";
    importEvents(office.scheduler, TestOffice::calendar("1", moved), {});
    importEvents(office.scheduler, TestOffice::calendar("1", moved), {});  // says the same
    const auto trail = office.trail();
    REQUIRE(trail.size() == 2);
    const auto before = parseJson(trail[1].before);
    const auto after = parseJson(trail[1].after);
    CHECK(before == parseJson(trail[0].after));
    CHECK(before.at("start") == "2027-03-01T05:00:00");
    CHECK(after.at("start") == "2027-03-01T06:00:00");
    CHECK(after.at("rule") == "FREQ=DAILY;COUNT=3");
    CHECK(before.at("tag") != after.at("tag"));
}

TEST_CASE("audit: an import leaves an entry for each event that it saves, claims and takes out") {
    AuditedOffice office;
    const ImportOptions options{.media = {}, .target = {}, .origin = "xã", .removeGone = true};
    importEvents(office.scheduler, TestOffice::calendar("1", daily), options);
    CHECK(office.verbs() == Verbs{"save-event", "claim-event"});
    importEvents(office.scheduler, TestOffice::calendar("2", daily), options);
    CHECK(office.verbs() == Verbs{"save-event", "claim-event", "save-event", "claim-event", "remove-event"});
    CHECK(office.trail().back().object == "event:1");
}

TEST_CASE("audit: a campaign leaves an entry of its own and one for each event of it") {
    AuditedOffice office;
    Campaign campaign;
    campaign.title = "Tuyên truyền 1022";
    campaign.announcements = {office.addMedia('b', 40)};
    campaign.targets = {AreaId{"thanh-binh"}};
    campaign.first = parseDay("2027-03-01").value();
    campaign.last = parseDay("2027-03-03").value();
    saveCampaign(office.scheduler, campaign, Keep::no);
    CHECK(office.verbs().empty());
    const auto planned = saveCampaign(office.scheduler, campaign, Keep::yes);
    Verbs expected{"save-campaign"};
    for (std::size_t i = 0; i < planned.events.size(); ++i) expected.push_back("save-event");
    CHECK(office.verbs() == expected);
    removeCampaign(office.scheduler, planned.campaign.id);
    expected.push_back("remove-campaign");
    for (std::size_t i = 0; i < planned.events.size(); ++i) expected.push_back("remove-event");
    CHECK(office.verbs() == expected);
}

TEST_CASE("audit: no entry holds a secret, and of a text to be spoken there is its hash alone") {
    AuditedOffice office;
    const std::string name = "Nguyễn Thị Lan";
    const auto lan = addPerson(office.scheduler, PersonId{"mai"}, name, {{Role::author, {}}});
    const auto token =
        issuePersonalToken(office.scheduler, lan.person.id, "máy tính", {Right::draft}, std::nullopt).secret;
    const auto code = issueEnrolmentCode(office.scheduler, StationId{"tan-hue"}).code;
    const auto station = enrolled(office, "tan-hue").token;
    const auto feed = createFeed(office.scheduler, StationId{"tan-hue"}, "").secret;
    const std::string spoken = "Gia đình báo tin buồn";
    office.media.speak("Cáo phó", spoken);
    const auto trail = office.trail();
    CHECK(office.verbs() == Verbs{"add-person", "issue-token", "issue-enrolment-code", "issue-enrolment-code",
                                  "enrol-station", "share-feed", "speak"});
    for (const auto& entry : trail)
        for (const auto& secret : {name, lan.password, lan.person.password, token, code, station, feed,
                                   sha256Hex(token), sha256Hex(station), sha256Hex(feed), spoken})
            CHECK((entry.object + entry.before + entry.after).find(secret) == std::string::npos);
    CHECK(parseJson(trail.back().after).at("textBlake2b") == blake2bHex(spoken));
}

TEST_CASE("audit: a long member stands in the entry as its hash, and the others as they are") {
    AuditedOffice office;
    const std::string text(auditMemberBytes, 'x');
    office.database.write([&](WriteTransaction& transaction) {
        audit(transaction, office.scheduler, "save-thing", "thing:1", {}, {{"title", "a"}, {"text", text}});
    });
    const auto after = parseJson(office.trail().at(0).after);
    CHECK(after.at("title") == "a");
    CHECK(after.at("text").at("bytes") == text.size() + 2);
    CHECK(after.at("text").at("blake2b") == blake2bHex('"' + text + '"'));
}

TEST_CASE("audit: the hash is over every member, in bytes that no other entry has") {
    AuditEntry entry{
        7, at("2027-02-28T10:00:00Z"), {Actor::Kind::person, "lan", "10.0.0.7"}, "save-area", "area:a", "b", "c", ""};
    const auto hash = auditHash(auditBeginning, entry);
    CHECK(hash ==
          blake2bHex("loa:audit:1\n64:" + auditBeginning +
                     "\n1:7\n13:1803808800000\n6:person\n3:lan\n8:10.0.0.7\n9:save-area\n6:area:a\n1:b\n1:c\n"));
    entry.before = "bc";
    entry.after = "";
    CHECK(auditHash(auditBeginning, entry) != hash);
}

// What single stations do differently, kept in the calendar text itself.
#include "scheduler/calendar/write_events.h"
#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

const std::string media(64, 'a');
const Instant second = at("2027-03-01T22:00:00Z");  // of the daily event
const Instant third = at("2027-03-02T22:00:00Z");

std::string line(const std::string& station, const std::string& original, const std::string& rest) {
    return "X-LOA-OVERRIDE;X-STATION=" + station + ";X-ORIGINAL=" + original + rest + "\n";
}

/// The refusal of a daily event with these lines; the first is on line 8.
std::string refused(const std::string& lines) {
    return refusalOf(dailyWith(lines));
}

}  // namespace

TEST_CASE("station overrides: what each station does differently is read, ordered by original, then station") {
    const auto event = onlyEvent(
        dailyWith(line("tan-hue", "20270302T220000Z", ";X-START=20270302T230000Z;X-MEDIA=" + media + ":change") +
                  line("an-phong", "20270302T220000Z", ":drop") +
                  line("tan-hue", "20270301T220000Z", ";X-START=20270302T000000Z:change") +
                  "X-LOA-OWNER:thanh-binh\nX-LOA-CAMPAIGN:1022-thang-3\n"));
    CHECK(event.owner == AreaId{"thanh-binh"});
    CHECK(event.campaign == CampaignId{"1022-thang-3"});
    CHECK(event.stationOverrides ==
          std::vector<StationOverride>{
              {second, StationId{"tan-hue"}, false, at("2027-03-02T00:00:00Z"), std::nullopt},
              {third, StationId{"an-phong"}, true, std::nullopt, std::nullopt},
              {third, StationId{"tan-hue"}, false, at("2027-03-02T23:00:00Z"), MediaSource{MediaId{media}}}});
    CHECK(starts(event).size() == 5);
    CHECK(readEvents(writeEvents(std::vector{event})).events == std::vector{event});
}

TEST_CASE("station overrides: a new title or new facts keep them, and facts can replace them") {
    const auto event = onlyEvent(dailyWith("X-LOA-OWNER:thanh-binh\n" + line("tan-hue", "20270301T220000Z", ":drop")));
    const auto renamed = withTitle(event, "Tên mới");
    CHECK(renamed.stationOverrides == event.stationOverrides);
    CHECK(onlyEvent(renamed.icalendar) == renamed);
    AiringFacts facts{MessageClass::priority, std::nullopt, {StationId{"tan-hue"}}, {}, event.owner, {},
                      event.campaign};
    facts.stationOverrides = {{third, StationId{"tan-hue"}, false, std::nullopt, MediaSource{MediaId{media}}},
                              {second, StationId{"tan-hue"}, true, std::nullopt, std::nullopt}};
    const auto changed = withFacts(renamed, facts);
    CHECK(changed.owner == event.owner);
    CHECK(changed.campaign == event.campaign);
    REQUIRE(changed.stationOverrides.size() == 2);
    CHECK(changed.stationOverrides[0] == facts.stationOverrides[1]);
    CHECK(changed.stationOverrides[1] == facts.stationOverrides[0]);
    CHECK(onlyEvent(changed.icalendar) == changed);
}

TEST_CASE("station overrides: those of no occurrence, or of an excluded one, are refused with their line") {
    CHECK(refused(line("tan-hue", "20270301T220000Z", ":drop")) == "taken");
    CHECK(refused(line("tan-hue", "20270301T220001Z", ":drop")) == "override-of-nothing@8");
    CHECK(refused("EXDATE:20270301T220000Z\n" + line("tan-hue", "20270301T220000Z", ":drop")) ==
          "override-of-nothing@9");
    const auto event = onlyEvent(dailyWith(""));
    CHECK_THROWS_AS(
        withFacts(event, {{}, {}, {}, {}, {}, {{third + Milliseconds{1000}, StationId{"a"}, true, {}, {}}}}), Error);
}

TEST_CASE("station overrides: lines that say nothing or too much are refused") {
    const std::string known = "20270301T220000Z";
    CHECK(refused(line("tan-hue", known, ":change")) == "bad-station-override@8");
    CHECK(refused(line("tan-hue", known, ";X-START=20270302T230000Z:drop")) == "bad-station-override@8");
    CHECK(refused(line("tan-hue", known, ":move")) == "bad-station-override@8");
    CHECK(refused(line("tan-hue", "20270302T050000", ":drop")) == "bad-station-override@8");
    CHECK(refused(line("tan-hue", "20270230T220000Z", ":drop")) == "impossible-date@8");
    CHECK(refused(line("tan-hue", "", ":drop")) == "bad-date@8");
    CHECK(refused(line("", known, ":drop")) == "bad-target@8");
    CHECK(refused(line("tan-hue", known, ";X-MEDIA=abc:change")) == "bad-media@8");
    CHECK(refused("X-LOA-OWNER:\n") == "bad-target@8");
    CHECK(refused("X-LOA-CAMPAIGN:Đợt 1\n") == "bad-campaign@8");
    CHECK(refused("X-LOA-OWNER:a\nX-LOA-OWNER:b\n") == "double-property@9");
    CHECK(refused(line("tan-hue", known, ":drop") + line("an-phong", known, ":drop") +
                  line("tan-hue", known, ":drop")) == "double-override@10");
    std::string many;
    for (int station = 0; station <= 2'000; ++station) many += line("s" + std::to_string(station), known, ":drop");
    CHECK(refused(many) == "too-many-overrides@2008");
}

TEST_CASE("station overrides: an override of one occurrence for all stations cannot have them") {
    const auto read = readEvents(dailyWith("SUMMARY:x\n" + overrideOf("03") + "DTSTART:20270302T230000Z\n" +
                                           line("tan-hue", "20270302T220000Z", ":drop")));
    CHECK(codesOf(read.notices) == Texts{"override-facts-ignored@12"});
    CHECK(read.events[0].stationOverrides.empty());
}

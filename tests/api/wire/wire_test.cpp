#include <doctest/doctest.h>

#include <string>

#include "api/wire/airing_json.h"
#include "api/wire/json.h"
#include "api/wire/manifest_json.h"
#include "api/wire/status_json.h"
#include "scheduler/domain/error.h"

using namespace loa;

namespace {

Instant at(const char* text) {
    return parseInstant(text).value();
}

Manifest sample() {
    const StationId station{"tan-hue"};
    Slot slot;
    slot.event = EventId{"1022@thanhbinh"};
    slot.original = at("2027-02-28T22:00:00Z");  // 05:00 in Vietnam, the day before in UTC
    slot.id = makeSlotId(slot.event, slot.original, station, 0);
    slot.title = "Tổng đài 1022 \"hỏi là đáp\"";
    slot.messageClass = MessageClass::priority;
    slot.policy = {StartMode::soft, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                   Milliseconds{30'000}};
    slot.at = {slot.original, slot.original + Milliseconds{31'250}};
    slot.media = MediaId{std::string(64, 'a')};
    slot.bytes = 187'512;
    slot.frames = 1'500'000;
    return {station,
            7,
            at("2027-02-28T10:00:00Z"),
            {at("2027-02-27T00:00:00Z"), at("2027-04-04T00:00:00Z")},
            "Asia/Ho_Chi_Minh",
            {},
            Milliseconds{0},
            {slot},
            {{slot.event, std::string(64, 'c'), "binh", at("2027-02-27T08:00:00Z")}},
            {{at("2027-02-27T15:00:00Z"), at("2027-02-27T21:30:00Z")}}};
}

Airing airing() {
    Airing airing;
    airing.id = {StationId{"tan-hue"}, 42, 3};
    airing.slot = SlotId{"tan-hue/0/0/x"};
    airing.title = "Bản tin";
    airing.media = MediaId{std::string(64, 'b')};
    airing.revision = 7;
    airing.planned = {at("2027-02-28T22:00:00Z"), at("2027-02-28T22:00:31.250Z")};
    airing.plannedFrames = 1'500'000;
    airing.result = AiringResult::partial;
    airing.reason = MissReason::soundLost;
    airing.heard = Interval{at("2027-02-28T22:00:00Z"), at("2027-02-28T22:00:09Z")};
    airing.startErrorMicroseconds = -412;
    airing.frames = 432'000;
    airing.level = {-16.5, -1.6, 0.01};
    airing.bootId = "b";
    airing.sinceBoot = Milliseconds{99};
    airing.clockTrust = ClockTrust::holdover;
    airing.rebased = true;
    return airing;
}

std::string refusalOf(const auto& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto found = text.find(from);
    REQUIRE(found != std::string::npos);
    return text.replace(found, from.size(), to);
}

}  // namespace

TEST_CASE("manifest json: what is written is read again, and the same manifest gives the same bytes") {
    const auto text = toJson(sample());
    CHECK(manifestFromJson(text) == sample());
    CHECK(toJson(manifestFromJson(text)) == text);
}

TEST_CASE("manifest json: a volume ceiling and a trim go along, and are left out where there is none") {
    CHECK(toJson(sample()).find("gainDb") == std::string::npos);
    CHECK(toJson(sample()).find("trimMs") == std::string::npos);
    auto quieter = sample();
    quieter.slots[0].gainDb = -6;
    quieter.trim = Milliseconds{-120};
    const auto text = toJson(quieter);
    CHECK(manifestFromJson(text) == quieter);
    CHECK(refusalOf([&] { manifestFromJson(replaced(text, "\"gainDb\":-6", "\"gainDb\":6")); }) != "accepted");
    CHECK(refusalOf([&] { manifestFromJson(replaced(text, "\"trimMs\":-120", "\"trimMs\":-501")); }) != "accepted");
}

TEST_CASE("manifest json: anything unknown, doubled, missing or of the wrong type is refused by its name") {
    const auto text = toJson(sample());
    const auto refusal = [](const std::string& changed) { return refusalOf([&] { manifestFromJson(changed); }); };
    CHECK(refusal(replaced(text, "\"repeat\":0", "\"repeat\":0,\"volume\":11")).find("slots[0].volume") !=
          std::string::npos);
    CHECK(refusal(replaced(text, "\"repeat\":0", "\"repeat\":0,\"repeat\":1")).find("twice") != std::string::npos);
    CHECK(refusal(replaced(text, "\"repeat\":0,", "")).find("slots[0].repeat") != std::string::npos);
    CHECK(refusal(replaced(text, "\"repeat\":0", "\"repeat\":\"0\"")).find("whole number") != std::string::npos);
    CHECK(refusal(replaced(text, "\"format\":1", "\"format\":2")).find("format") != std::string::npos);
    CHECK(refusal(text.substr(0, text.size() / 2)).find("not JSON") != std::string::npos);
}

TEST_CASE("manifest json: a plan that names no quiet hours, of an office before they were sent, is read") {
    auto earlier = sample();
    earlier.quiet.clear();
    CHECK(manifestFromJson(replaced(toJson(earlier), ",\"quiet\":[]", "")) == earlier);
    const auto inverted =
        replaced(toJson(sample()), "\"end\":\"2027-02-27T21:30:00Z\"", "\"end\":\"2027-02-26T21:30:00Z\"");
    CHECK(refusalOf([&] { manifestFromJson(inverted); }).find("quiet[0].end") != std::string::npos);
}

TEST_CASE("airing json: a batch goes both ways, and frames without an interval are refused") {
    const std::vector<Airing> airings{airing()};
    const auto text = airingsToJson(airings);
    CHECK(airingsFromJson(text) == airings);
    CHECK(refusalOf([&] { airingsFromJson(replaced(text, "\"frames\":432000", "\"frames\":0")); }).find("heard") !=
          std::string::npos);
    CHECK(refusalOf([&] { airingsFromJson(replaced(text, "holdover", "sure")); }).find("clockTrust") !=
          std::string::npos);
    const std::vector<AiringId> ids{airing().id};
    CHECK(receiptFromJson(receiptToJson(ids)) == ids);
}

TEST_CASE("airing json: a row of a player that did not judge its clock says nothing of it") {
    auto silent = airing();
    silent.clockTrust.reset();
    silent.rebased = false;
    const std::vector<Airing> airings{silent};
    const auto text = airingsToJson(airings);
    CHECK(text.find("clockTrust") == std::string::npos);
    CHECK(airingsFromJson(text) == airings);
}

TEST_CASE("airing json: a batch over the limit is refused before it is read") {
    const std::vector<Airing> many(maximumAiringsInBatch + 1, airing());
    CHECK(refusalOf([&] { airingsFromJson(airingsToJson(many)); }).find("more than 200") != std::string::npos);
}

TEST_CASE("status json: what the station has numbered and what the office lacks of it go both ways") {
    StationStatus status;
    status.output = "ready";
    status.epoch = 77;
    status.lastSequence = 12;
    CHECK(statusFromJson(toJson(status)) == status);
    const LackingAirings lacking{77, {{1, 1}, {5, 12}}};
    CHECK(lackingFromJson(toJson(lacking)) == lacking);
    CHECK_THROWS_AS(lackingFromJson(R"({"lacking":{"epoch":77,"ranges":[{"first":5,"last":4}]}})"), Error);
    CHECK_THROWS_AS(lackingFromJson(R"({"lacking":{"epoch":77,"ranges":[{"first":0,"last":4}]}})"), Error);
    status.revision = manifestRevisionLimit + 1;
    CHECK_THROWS_AS(statusFromJson(toJson(status)), Error);
}

TEST_CASE("status json: goes both ways, on air or not") {
    StationStatus status{7, 3, 4, "ready", SlotId{"s"}, "Tổng đài 1022", 48'000, 2, at("2027-02-28T22:00:01.500Z")};
    CHECK(statusFromJson(toJson(status)) == status);
    status.spoolReplaced = at("2027-02-27T03:04:05Z");
    CHECK(statusFromJson(toJson(status)) == status);
    status.clockTrust = ClockTrust::untrusted;
    CHECK(statusFromJson(toJson(status)) == status);
    status.onAir.reset();
    status.onAirTitle.clear();
    status.onAirFrames = 0;
    CHECK(statusFromJson(toJson(status)) == status);
}

TEST_CASE("json: depth, doubled members, bad UTF-8, lone surrogates and huge numbers are refused") {
    const auto refusal = [](const std::string& text) { return refusalOf([&] { parseJson(text); }); };
    CHECK(refusal(std::string(100'000, '[')) != "accepted");
    CHECK(refusal("{\"a\":1,\"a\":2}") != "accepted");
    CHECK(refusal("\"\xff\"") != "accepted");
    CHECK(refusal("\"\\ud800\"") != "accepted");
    CHECK(refusal("1e400") != "accepted");
    CHECK(refusal("{} {}") != "accepted");
    CHECK(refusal("{\"a\":{\"a\":[{\"a\":1}]}}") == "accepted");
}

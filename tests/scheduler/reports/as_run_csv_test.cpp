#include "scheduler/reports/as_run_csv.h"

#include <doctest/doctest.h>

#include "scheduler/reports/as_run_words.h"

using namespace loa;

namespace {

std::optional<Station> tanHue(const StationId& id) {
    if (id != StationId{"tan-hue"}) return std::nullopt;
    return Station{id, "Đài Tân Huề", AreaId{"a"}, "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt};
}

std::string zoned(Instant at, const std::string& zone) {
    if (zone == "UTC") return formatInstant(at);
    return formatInstant(at + std::chrono::hours{7}).substr(0, 19) + "+07:00";
}

AsRun line() {
    AsRun asRun;
    asRun.station = StationId{"tan-hue"};
    asRun.slot = SlotId{"tan-hue/1/0/e"};
    asRun.title = "Tổng đài 1022 là gì";
    asRun.planned.start = *parseInstant("2027-02-28T22:00:00Z");
    asRun.planned.end = asRun.planned.start + std::chrono::seconds{40};
    asRun.result = AsRunResult::aired;
    asRun.start = asRun.planned.start + Milliseconds{1};
    asRun.startErrorMicroseconds = 1234;
    asRun.plannedFrames = 40 * 48000;
    asRun.frames = 40 * 48000;
    asRun.level = Level{-23.46, -3, 0};
    asRun.attempts = 1;
    asRun.clockTrust = ClockTrust::trusted;
    return asRun;
}

std::string csv(const AsRun& asRun, Language language = Language::vi) {
    return asRunCsv(std::vector{asRun}, language, tanHue, zoned);
}

/// The second line: the first after the header.
std::string row(const AsRun& asRun, Language language = Language::vi) {
    const std::string text = csv(asRun, language);
    const auto start = text.find("\r\n") + 2;
    return text.substr(start, text.rfind("\r\n") - start);
}

}  // namespace

TEST_CASE("as-run csv: a line holds what was planned and what was measured, in the station's time, for Excel") {
    CHECK(csv(line()) ==
          "\xEF\xBB\xBFMã trạm,Trạm,Tin,Giờ lịch,Bắt đầu,Lệch (ms),Dài theo lịch (giây),"
          "Qua đầu ra (giây),Mức âm (dBFS),Kết quả,Lý do,Số lần thử,Đồng hồ trạm,Ghi chú,Mã lần phát\r\n"
          "tan-hue,Đài Tân Huề,Tổng đài 1022 là gì,2027-03-01T05:00:00+07:00,2027-03-01T05:00:00+07:00,1.234,40.000,"
          "40.000,-23.5,Đã phát,,1,Tin được,,tan-hue/1/0/e\r\n");
    CHECK(csv(line(), Language::en).substr(3, 16) == "Station id,Stati");
}

TEST_CASE("as-run csv: no report leaves the measured cells empty instead of zero") {
    AsRun unknown = line();
    unknown.result = AsRunResult::unknown;
    unknown.start = std::nullopt;
    unknown.level = std::nullopt;
    unknown.frames = 0;
    unknown.attempts = 0;
    unknown.overdue = true;
    unknown.clockTrust.reset();
    CHECK(row(unknown, Language::en) ==
          "tan-hue,Đài Tân Huề,Tổng đài 1022 là gì,2027-03-01T05:00:00+07:00,,,40.000,,,Unknown,,0,,Report "
          "overdue,tan-hue/1/0/e");
}

TEST_CASE("as-run csv: a line says by which clock its times are") {
    AsRun doubtful = line();
    doubtful.clockTrust = ClockTrust::untrusted;
    CHECK(row(doubtful).find(",Chưa tin được,") != std::string::npos);
    doubtful.rebased = true;
    CHECK(row(doubtful, Language::en).find(",\"Not trusted, times worked out later\",") != std::string::npos);
}

TEST_CASE("as-run csv: titles cannot become formulas, break rows or columns") {
    AsRun hostile = line();
    for (const std::string start : {"=", "+", "-", "@"}) {
        hostile.title = start + "1+1";
        CHECK(row(hostile).find(",'" + start + "1+1,") != std::string::npos);
    }
    hostile.title = "\t=1";
    CHECK(row(hostile).find(",'\t=1,") != std::string::npos);
    hostile.title = "\r=cmd";
    CHECK(row(hostile).find(",\"'\r=cmd\",") != std::string::npos);
    hostile.title = "say \"hi\",\r\nthen go";
    CHECK(row(hostile).find(",\"say \"\"hi\"\",\r\nthen go\",") != std::string::npos);
}

TEST_CASE("as-run csv: a removed station is named by its id, in UTC") {
    AsRun removed = line();
    removed.station = StationId{"gone"};
    CHECK(row(removed).starts_with("gone,gone,Tổng đài 1022 là gì,2027-02-28T22:00:00Z,"));
}

TEST_CASE("as-run csv: no line gives the header alone") {
    const std::string text = asRunCsv({}, Language::en, tanHue, zoned);
    CHECK(text.find("\r\n") == text.size() - 2);
}

TEST_CASE("as-run words: every result and every reason has a word in both languages") {
    for (int i = 0; i <= static_cast<int>(AsRunResult::unknown); ++i) {
        CHECK_FALSE(wordsFor(static_cast<AsRunResult>(i)).vi.empty());
        CHECK_FALSE(wordsFor(static_cast<AsRunResult>(i)).en.empty());
    }
    for (int i = 1; i <= static_cast<int>(MissReason::preempted); ++i) {
        CHECK_FALSE(wordsFor(static_cast<MissReason>(i)).vi.empty());
        CHECK_FALSE(wordsFor(static_cast<MissReason>(i)).en.empty());
    }
    CHECK(wordsFor(MissReason::none) == Words{});
    CHECK(wordsFor(AsRunResult::preempted).vi == "Nhường tin khác");
}

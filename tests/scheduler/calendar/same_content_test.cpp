#include "scheduler/calendar/same_content.h"

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

bool same(const std::string& one, const std::string& other) {
    return sameContent(onlyEvent(dailyWith(one)), onlyEvent(dailyWith(other)));
}

}  // namespace

TEST_CASE("same content: when and in what order a program wrote it does not count, what it says does") {
    const std::string words = "SUMMARY:Gọi 1022\nDESCRIPTION:x\n";
    CHECK(same(words + "DTSTAMP:20270101T000000Z\nLAST-MODIFIED:20270101T000000Z\n",
               "DTSTAMP:20270102T000000Z\nDESCRIPTION:x\nCREATED:20260101T000000Z\nSUMMARY:Gọi 1022\n"));
    const auto moved = overrideOf("02") + "DTSTART:20270302T000000Z\n";
    const auto renamed = overrideOf("03") + "SUMMARY:y\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T050000\n";
    CHECK(same(words + moved + renamed, words + renamed + moved));
    CHECK_FALSE(same(words, words + "SEQUENCE:1\n"));
    CHECK_FALSE(same(words, words + moved));
    CHECK_FALSE(same(words, "SUMMARY:Gọi 1022\nDESCRIPTION:X\n"));
}

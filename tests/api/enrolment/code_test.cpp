#include "api/enrolment/code.h"

#include <doctest/doctest.h>

#include <set>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

bool isRefused(const std::string& typed) {
    try {
        readEnrolmentCode(typed);
        return false;
    } catch (const Error& error) {
        return error.code() == "bad-code";
    }
}

}  // namespace

TEST_CASE("enrolment code: five groups of four letters that cannot be taken for each other, another one each time") {
    std::set<std::string> all;
    for (int i = 0; i < 1000; ++i) {
        const auto code = makeEnrolmentCode();
        REQUIRE(code.size() == 24);
        for (const std::size_t at : {4, 9, 14, 19}) CHECK(code[at] == '-');
        CHECK(code.find_first_of("ILOUilou") == std::string::npos);
        all.insert(code);
    }
    CHECK(all.size() == 1000);
}

TEST_CASE("enrolment code: it is the same however it is typed, and its key is its own") {
    const auto code = makeEnrolmentCode();
    const auto right = readEnrolmentCode(code);
    std::string sloppy;
    for (const char letter : code) {
        if (letter == '-')
            sloppy += ' ';
        else if (letter == '0')
            sloppy += 'o';
        else if (letter == '1')
            sloppy += 'l';
        else
            sloppy += static_cast<char>(std::tolower(letter));
    }
    CHECK(readEnrolmentCode(sloppy).key.publicText() == right.key.publicText());
    CHECK(right.name == code.substr(0, 3));
    CHECK(readEnrolmentCode(makeEnrolmentCode()).key.publicText() != right.key.publicText());
}

TEST_CASE("enrolment code: every single wrong letter and every two neighbours that changed places are found") {
    const std::string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (int round = 0; round < 20; ++round) {
        const auto code = makeEnrolmentCode();
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (code[i] == '-') continue;
            for (const char letter : letters) {
                auto wrong = code;
                wrong[i] = letter;
                if (letter != code[i]) CHECK(isRefused(wrong));
            }
            const auto next = i + 1 < code.size() && code[i + 1] == '-' ? i + 2 : i + 1;
            if (next >= code.size() || code[next] == code[i]) continue;
            auto swapped = code;
            std::swap(swapped[i], swapped[next]);
            CHECK(isRefused(swapped));
        }
    }
    CHECK(isRefused(""));
    CHECK(isRefused(makeEnrolmentCode() + "0"));
    CHECK(isRefused("ABCD-EFGH-JKMN-PQRS-TVW"));
}

// Calls that are banned outside their one home.
#include <doctest/doctest.h>

#include <regex>

#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

struct Ban {
    std::string pattern;                  ///< a regular expression over code, without comments and strings
    std::string_view prefix;              ///< the sources it is banned in; empty: all
    std::vector<std::string_view> homes;  ///< where it may appear all the same
    std::string_view reason;
};

const std::vector<Ban> bans{
    {R"(system_clock\s*::\s*now|\bgettimeofday\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\))",
     "",
     {"scheduler/domain/clock.cpp", "tests/"},
     "functions are told the time; Clock reads it"},
    {R"(\bCLOCK_REALTIME\b)",
     "",
     {"scheduler/domain/clock.cpp", "player/sound/fine_time.cpp", "tests/"},
     "Clock reads the time; loa-sound reads it finer"},
    {R"(\bsleep_(for|until)\b|\b(u|nano)?sleep\s*\()", "", {}, "wait for what you wait for"},
    {R"(\bs?rand\s*\(|\brandom_device\b)",
     "",
     {"api/http/router.cpp", "tests/"},
     "keys and tokens are libsodium's; all else is decided (but for the reference in a problem report)"},
    {R"(\bgetenv\b)", "", {"scheduler/domain/kill_point.cpp", "tests/"}, "configuration is a file and arguments"},
    {R"(\bnew\s+[A-Za-z_:(]|\bnew\s*\()",
     "",
     {"config/settings.cpp", "player/uplink/http_connection.cpp", "player/uplink/first_contact.cpp"},
     "values, containers and make_unique own things (but for Poco's counted objects, which AutoPtr holds)"},
    {R"((^|[^=\s]\s*|[;{}]\s*)\bdelete\b\s*(\[\s*\])?\s*[A-Za-z_*(])", "", {}, "whoever owns it is destroyed"},
    {R"(\.\s*detach\s*\(\s*\))", "", {}, "a thread has an owner who waits for its end"},
    {R"(\b(gmtime|localtime|mktime|timegm|strftime)(_r)?\b)",
     "",
     {},
     "C++20 chrono for days; zones live in the calendar"},
    {R"(\bWriteTransaction\b)", "api/", {}, "routes read; writes go through operations"},
    {R"(\b(system|popen)\s*\()", "", {"tests/"}, "no shell ever sees our words"},
    {R"(\b(strcpy|strcat|v?sprintf|gets)\s*\()", "", {}, "knows no bounds"},
    {R"(\busing\s+namespace\s+std\s*;)", "", {}, "names say where they come from"},
};

Findings callFindings(const std::vector<Source>& all) {
    Findings found;
    for (const auto& ban : bans) {
        const std::regex pattern{ban.pattern, std::regex::optimize};
        for (const auto& source : all) {
            if (!under(source.path, ban.prefix)) continue;
            if (std::ranges::any_of(ban.homes, [&](auto home) { return under(source.path, home); })) continue;
            for (std::size_t i = 0; i < source.code.size(); ++i)
                if (std::smatch call; std::regex_search(source.code[i], call, pattern))
                    found.push_back({at(source, i), call.str() + ": " + std::string{ban.reason}});
        }
    }
    return found;
}

bool isBanned(const char* path, const std::string& line) {
    return !callFindings({makeSource(path, line + "\n")}).empty();
}

}  // namespace

TEST_CASE("tidy: no banned call outside its home") {
    CHECK(callFindings(sources()) == Findings{});
}

TEST_CASE("tidy: each banned call is found") {
    for (const char* line : {
             "auto now = std::chrono::system_clock::now();",
             "auto now = time(nullptr);",
             "clock_gettime(CLOCK_REALTIME, &time);",
             "std::this_thread::sleep_for(1s);",
             "usleep(20);",
             "int dice = rand() % 6;",
             "std::random_device device;",
             "const char* home = std::getenv(name);",
             "auto* thing = new Thing{};",
             "auto* thing = new (std::nothrow) Thing;",
             "delete thing;",
             "if (thing) delete[] thing;",
             "thread.detach();",
             "auto* day = localtime(&seconds);",
             "gmtime_r(&seconds, &parts);",
             "system(command);",
             "sprintf(buffer, format, value);",
             "using namespace std;",
         }) {
        CAPTURE(line);
        CHECK(isBanned("scheduler/planning/x.cpp", line));
    }
    CHECK(isBanned("api/routes/x.cpp", "void save(WriteTransaction& transaction);"));
}

TEST_CASE("tidy: a banned call in its home, in a comment or in a string is none") {
    CHECK_FALSE(isBanned("scheduler/domain/clock.cpp", "auto now = std::chrono::system_clock::now();"));
    CHECK_FALSE(isBanned("scheduler/operations/x.cpp", "void save(WriteTransaction& transaction);"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "// rand() would be wrong here; so would delete thing;"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "auto text = \"DELETE; delete thing; rand()\";"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "auto text = R\"(delete thing)\";"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "Thing(const Thing&) = delete;"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "bool renew = brand(operand(1));"));
    CHECK_FALSE(isBanned("scheduler/planning/x.cpp", "constexpr long many = 3'000'000;"));
}

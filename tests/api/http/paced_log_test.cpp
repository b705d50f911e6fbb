#include "api/http/paced_log.h"

#include <doctest/doctest.h>

#include <vector>

#include "tests/api/http/raw_client.h"

namespace loa {

namespace {

using namespace std::chrono_literals;

constexpr PacedLog::Time start{1h};

}  // namespace

TEST_CASE("F84 log record: nothing makes a second line of it, colours a terminal or makes it longer than 1 kB") {
    CHECK(logRecord("a\r\nb\x1b[31mc\x7f") == "a\\x0d\\x0ab\\x1b[31mc\\x7f");
    CHECK(logRecord(std::string_view{"a\0b", 3}) == "a\\x00b");
    CHECK(logRecord("xã Tân Huề") == "xã Tân Huề");
    CHECK(logRecord("a\xff") == "a\\xff");
    CHECK(logRecord(std::string(1'000'000, 'a')).size() == 1024);
    CHECK(logRecord(std::string(1'000'000, '\n')).size() == 1024);
    std::string letters = "a";
    for (int i = 0; i < 1000; ++i) letters += "ề";
    CHECK(letters.starts_with(logRecord(letters)));
    CHECK(logRecord(letters).size() == 1 + 341 * 3);
}

TEST_CASE("F99 paced log: a flood is left out, counted, and told with the next line") {
    std::vector<std::string> lines;
    PacedLog log{[&](const std::string& line) { lines.push_back(line); }, {10, 100ms}};
    for (int i = 0; i < 1000; ++i) log.write("line", start);
    CHECK(lines.size() == 10);
    log.write("later", start + 100ms);
    REQUIRE(lines.size() == 12);
    CHECK(lines[10] == "log left-out=990");
    CHECK(lines[11] == "later");
}

}  // namespace loa

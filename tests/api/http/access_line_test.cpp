#include "api/http/access_line.h"

#include <doctest/doctest.h>

using namespace loa;

TEST_CASE("access line: a secret in a path stays out of the log, on whatever path it comes") {
    const std::string secret(64, 'a');
    const auto pathOf = [](const std::string& path) {
        AccessLine line;
        line.path = path;
        const auto text = formatAccessLine(line);
        const auto from = text.find("path=\"") + 6;
        return text.substr(from, text.find('"', from) - from);
    };
    CHECK(pathOf("/feeds/loa_feed_" + secret + ".ics") == "/feeds/loa_feed_....ics");
    CHECK(pathOf("/feeds/loa_feed_" + secret) == "/feeds/loa_feed_...");
    CHECK(pathOf("/x/loa_office_" + secret + "/loa_feed_" + secret + "/y") == "/x/loa_office_.../loa_feed_.../y");
    CHECK(pathOf("/loa_" + secret) == "/loa_...");
    CHECK(pathOf("/feeds/loa%5Ffeed%5f" + secret + ".ics") == "/feeds/loa_feed_....ics");
    CHECK(pathOf("/feeds/%6c%6F%61_fee%64_" + secret + "%2Eics") == "/feeds/loa_feed_....ics");
    CHECK(pathOf("/feeds/loa%5Ffeed%5F" + secret + "%") == "/feeds/loa_feed_...");
    CHECK(pathOf("/feeds/loa%255Ffeed/%2Fx%C3%A2%g1") == "/feeds/loa%255Ffeed/%2Fx%C3%A2%g1");
    CHECK(pathOf("/v1/stations/loa-phuong-1/plan") == "/v1/stations/loa-phuong-1/plan");
}

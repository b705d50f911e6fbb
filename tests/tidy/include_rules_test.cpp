// Who may include whom. Not in the table means forbidden.
#include <doctest/doctest.h>

#include <array>

#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

struct Layer {
    std::string_view prefix;                   ///< the sources this row is about; the longest that fits counts
    std::vector<std::string_view> mayInclude;  ///< besides itself
    std::string_view reason;
};

const std::vector<Layer> layers{
    {"scheduler/domain/", {}, "the nouns know nobody"},
    {"scheduler/planning/", {"scheduler/domain/"}, "planning is pure: no database, no clock, no network"},
    {"scheduler/planning/campaign/",
     {"scheduler/domain/", "scheduler/planning/"},
     "the campaign planner is pure too, and the rest of planning does not know it"},
    {"scheduler/calendar/", {"scheduler/domain/"}, "calendars become values here and nowhere else"},
    {"scheduler/storage/", {"scheduler/domain/", "scheduler/people/"}, "storage keeps values; it does not decide"},
    {"scheduler/people/", {"scheduler/domain/"}, "who may do what is pure: no database, no clock, no network"},
    {"scheduler/reports/", {"scheduler/domain/"}, "reports are pure: values in, text out"},
    {"scheduler/media/", {"scheduler/domain/"}, "the caged child sees neither database nor network"},
    {"scheduler/setup/", {"scheduler/domain/"}, "setup makes the office's keys, before there is an office"},
    {"scheduler/backup/",
     {"scheduler/domain/", "scheduler/storage/", "scheduler/media/", "api/wire/"},
     "copies what the office keeps; it knows no verb of the office, and no key"},
    {"scheduler/operations/",
     {"scheduler/domain/", "scheduler/people/", "scheduler/planning/", "scheduler/calendar/", "scheduler/storage/",
      "scheduler/media/", "api/wire/", "api/signing/", "api/enrolment/"},
     "one verb of the office each; it knows no HTTP"},
    {"scheduler/commands/",
     {"scheduler/", "api/office/", "api/signing/", "api/wire/", "config/"},
     "words in and words out; what is done is an operation's"},
    {"scheduler/main.cpp", {"scheduler/", "api/", "config/"}, "builds everything, owns everything, stops everything"},
    {"scheduler/serve_main", {"scheduler/", "api/", "config/"}, "the part of main.cpp that serves"},

    {"api/wire/", {"scheduler/domain/"}, "field names, for both programs"},
    {"api/signing/", {"scheduler/domain/"}, "signatures, for both programs"},
    {"api/enrolment/",
     {"scheduler/domain/", "api/signing/", "api/wire/"},
     "what office and box prove to each other, for both programs"},
    {"api/http/", {"scheduler/domain/"}, "HTTP knows no routes"},
    {"api/console/", {}, "the page uses the API only"},
    {"api/office/",
     {"api/wire/", "scheduler/domain/", "scheduler/people/", "scheduler/calendar/", "scheduler/planning/",
      "scheduler/operations/"},
     "JSON of the office's people; no HTTP"},
    {"api/routes/",
     {"api/http/", "api/wire/", "api/enrolment/", "api/office/", "api/console/", "scheduler/domain/",
      "scheduler/people/", "scheduler/operations/", "scheduler/storage/", "scheduler/calendar/", "scheduler/reports/"},
     "parse, call, encode: reads directly, writes through operations"},

    {"player/wire/", {"scheduler/domain/"}, "what the player's two programs say to each other"},
    {"player/clock/", {"scheduler/domain/"}, "how far a clock is believed is pure: it reads none"},
    {"player/playout/", {"scheduler/domain/"}, "playout is pure: no clock, no disk, no network, no sound"},
    {"player/notice/", {"scheduler/domain/"}, "what is told to the service manager, by both programs"},
    {"player/sound/",
     {"scheduler/domain/", "player/wire/", "player/notice/"},
     "loa-sound has no network, no keys, no database"},
    {"player/spool/", {"scheduler/domain/"}, "the disk knows no network"},
    {"player/uplink/", {"scheduler/domain/", "api/wire/"}, "the network knows no disk"},
    {"player/",
     {"scheduler/domain/", "player/clock/", "player/playout/", "player/wire/", "player/notice/", "player/spool/",
      "player/uplink/", "api/wire/", "api/signing/", "api/enrolment/"},
     "the player never sees storage, planning or operations"},
    {"player/main.cpp",
     {"scheduler/domain/", "player/", "config/"},
     "builds everything, owns everything, stops everything"},

    {"config/", {"scheduler/domain/"}, "files become plain values; only a program's main.cpp asks for them"},
    {"tests/", {""}, "a test may look anywhere"},
};

Findings includeFindings(const std::vector<Source>& all) {
    Findings found;
    for (const auto& source : all) {
        const auto* layer = rowFor(layers, source.path);
        if (!layer) found.push_back({source.path, "has no row in the table of who may include whom"});
        for (const auto& include : includesOf(source)) {
            if (!include.quoted || !layer || rowFor(layers, include.path) == layer) continue;
            if (std::ranges::none_of(layer->mayInclude, [&](auto prefix) { return under(include.path, prefix); }))
                found.push_back({at(source, include.index), include.path + ": " + std::string{layer->reason}});
        }
    }
    return found;
}

Findings rootedFindings(const std::vector<Source>& all) {
    constexpr std::array roots{"scheduler/", "api/", "player/", "config/", "tests/"};
    Findings found;
    for (const auto& source : all)
        for (const auto& include : includesOf(source))
            if (include.quoted && std::ranges::none_of(roots, [&](auto folder) { return under(include.path, folder); }))
                found.push_back({at(source, include.index), include.path + ": our includes start at the root"});
    return found;
}

}  // namespace

TEST_CASE("tidy: every include is one the layers allow") {
    CHECK(includeFindings(sources()) == Findings{});
}

TEST_CASE("tidy: a crossed layer is found") {
    const auto crossing = [](const char* path, const char* text) { return includeFindings({makeSource(path, text)}); };
    CHECK(crossing("scheduler/planning/x.cpp", "#include \"scheduler/domain/time.h\"\n").empty());
    CHECK(crossing("scheduler/planning/x.cpp", "\n#include \"scheduler/storage/database.h\"\n") ==
          Findings{{"scheduler/planning/x.cpp:2",
                    "scheduler/storage/database.h: planning is pure: no database, no clock, no network"}});
    CHECK(crossing("player/agent.cpp", "#include \"scheduler/storage/database.h\"\n").size() == 1);
    CHECK(crossing("player/agent.cpp", "#include \"config/player_config.h\"\n").size() == 1);
    CHECK(crossing("player/agent.cpp", "#include \"player/sound/air.h\"\n").size() == 1);
    CHECK(crossing("player/agent.cpp", "#include \"player/inbox.h\"\n").empty());
    CHECK(crossing("player/main.cpp", "#include \"config/player_config.h\"\n").empty());
    CHECK(crossing("player/sound/x.cpp", "#include \"api/signing/signing.h\"\n").size() == 1);
    CHECK(crossing("scheduler/domain/x.cpp", "#include \"tests/support/doctest_main.cpp\"\n").size() == 1);
    CHECK(crossing("scheduler/everything_else/x.cpp", "").size() == 1);
    CHECK(crossing("scheduler/planning/x.cpp", "// #include \"scheduler/storage/database.h\"\n").empty());
}

TEST_CASE("tidy: every include of ours starts at the root") {
    CHECK(rootedFindings(sources()) == Findings{});
    CHECK(rootedFindings({makeSource("config/x.cpp", "#include \"settings.h\"\n")}).size() == 1);
    CHECK(rootedFindings({makeSource("config/x.cpp", "#include \"../config/settings.h\"\n")}).size() == 1);
}

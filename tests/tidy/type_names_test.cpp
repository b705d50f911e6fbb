// One type name, one place in a program: two types of one name are undefined behaviour that no compiler sees.
#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>

#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

struct Linked {
    std::string_view prefix;  ///< of the sources; the longest that fits counts
    std::set<std::string_view> programs;
};

const std::vector<Linked> links{
    {"scheduler/", {"loa-scheduler"}},
    {"scheduler/domain/", {"loa-scheduler", "loa-ingest", "loa-player", "loa-sound"}},
    {"scheduler/media/", {"loa-scheduler", "loa-ingest"}},
    {"scheduler/media/ingest/", {"loa-ingest"}},
    {"api/", {"loa-scheduler"}},
    {"api/wire/", {"loa-scheduler", "loa-player"}},
    {"api/signing/", {"loa-scheduler", "loa-player"}},
    {"config/", {"loa-scheduler", "loa-player"}},
    {"player/", {"loa-player"}},
    {"player/wire/", {"loa-player", "loa-sound"}},
    {"player/notice/", {"loa-player", "loa-sound"}},
    {"player/sound/", {"loa-sound"}},
};

struct Defined {
    std::string where;
    std::set<std::string_view> programs;
};

/// The types at namespace level that other files can see: not indented, and not in an unnamed namespace.
std::vector<std::pair<std::string, std::size_t>> typesOf(const Source& source) {
    static const std::regex type{
        R"(^(?:enum class|enum|class|struct|union)\s+([A-Za-z_]\w*)\s*(?:final\s*)?(?:: |\{))"};
    std::vector<std::pair<std::string, std::size_t>> types;
    bool hidden = false;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        if (source.lines[i] == "namespace {") hidden = true;
        if (source.lines[i] == "}  // namespace") hidden = false;
        std::smatch match;
        if (!hidden && std::regex_search(source.code[i], match, type)) types.emplace_back(match[1], i);
    }
    return types;
}

bool share(const std::set<std::string_view>& some, const std::set<std::string_view>& others) {
    return std::ranges::any_of(some, [&](auto program) { return others.contains(program); });
}

Findings typeFindings(const std::vector<Source>& all) {
    std::map<std::string, std::vector<Defined>> known;
    Findings found;
    for (const auto& source : all) {
        const auto* linked = rowFor(links, source.path);
        if (!linked) continue;
        for (const auto& [name, index] : typesOf(source)) {
            auto& others = known[name];
            for (const auto& other : others)
                if (share(other.programs, linked->programs))
                    found.push_back({at(source, index), name + " is another type in " + other.where});
            others.push_back({at(source, index), linked->programs});
        }
    }
    return found;
}

}  // namespace

TEST_CASE("tidy: no program has two types of one name") {
    CHECK(typeFindings(sources()) == Findings{});
}

TEST_CASE("tidy: a type name used twice in one program is found, and only there") {
    const auto twice = [](const char* one, const char* other, const char* text) {
        return typeFindings({makeSource(one, text), makeSource(other, text)});
    };
    CHECK(twice("scheduler/media/x.h", "scheduler/storage/y.h", "\nstruct Token {\n};\n") ==
          Findings{{"scheduler/storage/y.h:2", "Token is another type in scheduler/media/x.h:2"}});
    CHECK(twice("api/http/x.h", "scheduler/storage/x.h", "class Connection final : public Thing {\n").size() == 1);
    CHECK(twice("scheduler/domain/x.h", "player/sound/x.h", "enum class Kind { a };\n").size() == 1);
    CHECK(twice("api/http/x.cpp", "api/http/y.cpp", "struct Entry {\n").size() == 1);
    CHECK(twice("api/http/x.cpp", "api/http/y.cpp", "namespace {\nstruct Entry {\n}  // namespace\n").empty());
    CHECK(twice("player/spool/x.h", "player/sound/x.h", "struct Decoded {\n").empty());
    CHECK(twice("scheduler/media/ingest/x.h", "scheduler/storage/x.h", "struct Recording {\n").empty());
    CHECK(twice("api/http/x.h", "api/http/y.h", "class Router;\nstruct Router::Entry {\n").empty());
}

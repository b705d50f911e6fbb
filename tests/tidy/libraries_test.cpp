// Where the headers of other people's libraries may appear: in the one home that needs them, and not in the headers
// that other folders see.
#include <doctest/doctest.h>

#include <map>

#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

struct Library {
    std::string_view prefix;  ///< of the header; the longest that fits counts
    std::vector<std::string_view> homes;
    std::string_view reason;
};

const std::vector<Library> libraries{
    {"Poco/", {"api/http/", "player/spool/", "player/uplink/", "config/"}, "Poco stays behind our own values"},
    {"Poco/Net/", {"api/http/", "player/uplink/"}, "one folder on each side speaks HTTP"},
    {"Poco/Data/", {"scheduler/storage/", "player/spool/"}, "one folder on each side speaks SQL"},
    {"sqlite3",
     {"scheduler/storage/connection.cpp", "scheduler/storage/database_copy.cpp"},
     "what is SQLite's own is in one file, and copying in another"},
    {"Poco/Util/", {"config/"}, "configuration is a struct by the time anyone sees it"},
    {"gst/", {"scheduler/media/ingest", "player/sound/"}, "GStreamer ends a disposable process, never the station"},
    {"glib", {"scheduler/calendar/", "scheduler/media/ingest"}, "zones and Unicode; and under GStreamer"},
    {"libical/", {"scheduler/calendar/"}, "its known faults are worked around in one place"},
    {"sodium",
     {"api/signing/", "scheduler/media/", "scheduler/people/", "player/spool/"},
     "signatures, SHA-256 of media, passwords"},
    {"liboath/", {"scheduler/people/"}, "codes of the second factor are made in one place"},
    {"openssl/",
     {"scheduler/setup/", "player/uplink/"},
     "certificates are made once, at setup; and believed without a clock"},
    {"nlohmann/",
     {"api/wire/", "api/signing/", "player/wire/", "scheduler/media/"},
     "JSON is read and written at the edges"},
    {"ebur128", {"scheduler/media/ingest"}, "loudness is measured once, on the way in"},
    {"seccomp", {"scheduler/media/ingest"}, "the cage of the caged child"},
    {"systemd/", {"scheduler/serve_main", "player/notice/"}, "only a service talks to its manager"},
    {"doctest/", {}, "tests only"},
};

/// Folders of the system's own headers.
const std::vector<std::string_view> systemFolders{"sys/", "linux/", "netinet/", "arpa/", "net/"};

bool isLibrary(const Include& include) {
    if (include.quoted) return false;
    if (rowFor(libraries, include.path)) return true;
    return include.path.find('/') != std::string::npos &&
           std::ranges::none_of(systemFolders, [&](auto folder) { return under(include.path, folder); });
}

Findings homeFindings(const std::vector<Source>& all) {
    Findings found;
    for (const auto& source : all) {
        if (under(source.path, "tests/")) continue;
        for (const auto& include : includesOf(source)) {
            if (!isLibrary(include)) continue;
            const auto* library = rowFor(libraries, include.path);
            if (!library)
                found.push_back({at(source, include.index), include.path + ": a library without a row in the table"});
            else if (std::ranges::none_of(library->homes, [&](auto home) { return under(source.path, home); }))
                found.push_back({at(source, include.index), include.path + ": " + std::string{library->reason}});
        }
    }
    return found;
}

std::string folderOf(std::string_view path) {
    return std::string{path.substr(0, path.rfind('/') + 1)};
}

/// A header that shows a library may be included in its own folder only, but for two that are meant to show theirs.
Findings leakFindings(const std::vector<Source>& all) {
    std::map<std::string, std::string, std::less<>> shows;
    for (const auto& source : all) {
        if (!source.path.ends_with(".h") || under(source.path, "tests/")) continue;
        for (const auto& include : includesOf(source)) {
            const bool isMeant = (under(source.path, "api/wire/") && under(include.path, "nlohmann/")) ||
                                 (under(source.path, "scheduler/storage/") && under(include.path, "Poco/Data/"));
            if (isLibrary(include) && !isMeant) shows[source.path] = include.path;
        }
    }
    Findings found;
    for (const auto& source : all) {
        if (under(source.path, "tests/")) continue;
        for (const auto& include : includesOf(source))
            if (const auto header = shows.find(include.path);
                header != shows.end() && folderOf(source.path) != folderOf(include.path))
                found.push_back({at(source, include.index), include.path + " would bring in " + header->second});
    }
    return found;
}

}  // namespace

TEST_CASE("tidy: every library's headers stay in its home") {
    CHECK(homeFindings(sources()) == Findings{});
}

TEST_CASE("tidy: a library outside its home is found") {
    const auto visiting = [](const char* path, const char* text) { return homeFindings({makeSource(path, text)}); };
    CHECK(visiting("api/http/x.cpp", "#include <Poco/Net/StreamSocket.h>\n#include <sys/stat.h>\n").empty());
    CHECK(visiting("scheduler/operations/x.cpp", "#include <Poco/Net/StreamSocket.h>\n").size() == 1);
    CHECK(visiting("scheduler/storage/x.cpp", "#include <Poco/Net/StreamSocket.h>\n").size() == 1);
    CHECK(visiting("player/agent.cpp", "#include <gst/gst.h>\n").size() == 1);
    CHECK(visiting("scheduler/media/speech.cpp", "#include <gst/gst.h>\n").size() == 1);
    CHECK(visiting("scheduler/domain/x.h", "#include <doctest/doctest.h>\n").size() == 1);
    CHECK(visiting("scheduler/domain/x.h", "#include <boost/any.hpp>\n").size() == 1);
}

TEST_CASE("tidy: no header carries a library to another folder") {
    CHECK(leakFindings(sources()) == Findings{});
    const auto header = makeSource("api/http/server.h", "#include <Poco/Net/TCPServer.h>\n");
    const auto inside = makeSource("api/http/server.cpp", "#include \"api/http/server.h\"\n");
    const auto outside = makeSource("api/routes/x.cpp", "#include \"api/http/server.h\"\n");
    CHECK(leakFindings({header, inside}).empty());
    CHECK(leakFindings({header, outside}) ==
          Findings{{"api/routes/x.cpp:1", "api/http/server.h would bring in Poco/Net/TCPServer.h"}});
}

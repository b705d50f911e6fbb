// What the keeper of an office does at its machine while the office runs.
#include <doctest/doctest.h>

#include <sstream>

#include "scheduler/operations/audit_heads.h"
#include "tests/support/audit_trail.h"
#include "tests/support/run_shell.h"
#include "tests/support/running_office.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

std::string lastLineOf(std::string text) {
    text.pop_back();
    return text.substr(text.rfind('\n') + 1);
}

}  // namespace

TEST_CASE("loa-scheduler token: what opens the office is listed, and is out at once when it is revoked") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    const auto run = [&](const std::string& command, const std::string& more = "") {
        return runShell("'" + program("loa-scheduler") + "' " + command + " --config '" +
                        (office.folder() / "scheduler.properties").string() + "'" + more);
    };
    const auto idOf = [&](const std::string& whose) {
        std::istringstream lines{run("token list").output};
        for (std::string line; std::getline(lines, line);)
            if (line.find('\t' + whose + '\t') != std::string::npos) return line.substr(0, line.find('\t'));
        return std::string{};
    };
    REQUIRE(run("token", " --person admin --name lost").status == 0);
    const auto lost = idOf("person\tadmin\tlost");
    REQUIRE_FALSE(lost.empty());
    CHECK(run("token revoke", " --id " + lost).status == 0);
    CHECK(run("token revoke", " --id " + lost).status == 1);
    CHECK(idOf("person\tadmin\tlost").empty());
    CHECK(office.call("GET", "/v1/areas").status == 200);
    CHECK(run("token revoke", " --id " + idOf("person\tauthor\tauthor")).status == 0);
    CHECK(office.call("GET", "/v1/areas").status == 401);
    CHECK(run("token burn").status == 2);
}

TEST_CASE(
    "loa-scheduler station: the keeper's code makes a box the station, both show the same words, and it is retired") {
    TemporaryDirectory directory;
    const RunningOffice office{directory.path() / "office"};
    office.ask("PUT", "/v1/stations/an-phong", {{"name", "trạm An Phong"}, {"area", "thanh-binh"}});
    const auto listed = [&](const std::string& secret) {
        CHECK(secret.starts_with("loa_station_"));
        const auto list = office.command("token list").output;
        const auto line = list.find("\tstation\tan-phong\t");
        CHECK(line != std::string::npos);
        CHECK(list.find("\tstation\tan-phong\t", line + 1) == std::string::npos);
        return list.substr(0, line);
    };
    const auto first = listed(office.enrol("an-phong"));
    CHECK(listed(office.enrol("an-phong")) != first);
    CHECK(office.command("station enrol", "--id nowhere").status == 1);
    CHECK(office.command("token", "--person admin --right enrolStations").status == 1);
    CHECK(office.call("POST", "/v1/stations/an-phong/enrolment").status == 403);
    const auto words = office.ask("GET", "/v1/stations/an-phong").at("identity").at("words").get<std::string>();
    CHECK(office.command("station show", "--id an-phong").output.find("box 2\t" + words) != std::string::npos);
    CHECK(office.command("station list").output.find("an-phong\ttrạm An Phong\tbox 2\t" + words) != std::string::npos);
    CHECK(office.command("station retire", "--id an-phong").status == 0);
    CHECK(office.command("station retire", "--id an-phong").status == 1);
    CHECK(office.command("station show", "--id an-phong").output.find("retired") != std::string::npos);
    CHECK(office.command("token list").output.find("\tstation\tan-phong\t") == std::string::npos);
}

TEST_CASE("loa-scheduler audit: the trail is intact and exported; F56 a cut tail and an edit in SQL are found") {
    TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const auto run = [&](const std::string& command, const std::string& more = "") {
        return runShell("'" + program("loa-scheduler") + "' audit " + command + " --config '" +
                        (office.folder() / "scheduler.properties").string() + "'" + more);
    };
    office.ask("PUT", "/v1/areas/thanh-binh", {{"name", "huyện Thanh Bình"}});
    CHECK(office.ask("GET", "/v1/audit/verification").at("intact") == true);
    const auto entry = office.ask("GET", "/v1/audit").at("entries").at(0);
    CHECK(entry.at("verb") == "save-area");
    CHECK(entry.at("actor").at("address") == "127.0.0.1");
    CHECK(run("head").status == 0);
    CHECK(run("verify").status == 0);
    CHECK(nlohmann::json::parse(lastLineOf(run("export").output)) == entry);

    const auto heads = directory.path() / "kept elsewhere";
    const auto state = office.folder() / "state";
    std::filesystem::copy_file(state / auditHeadsName, heads);
    const auto kept = " --heads '" + heads.string() + "'";
    forge(state / "loa.db", {"DELETE FROM audit_entry WHERE number = " + entry.at("number").dump()});
    std::filesystem::remove(state / auditHeadsName);
    CHECK(run("verify", kept).status == 1);
    CHECK(run("verify", kept).output.find("trail-cut-off\tentry " + entry.at("number").dump()) != std::string::npos);
    CHECK(office.ask("GET", "/v1/audit/verification").at("intact") == false);
    forge(state / "loa.db", {"UPDATE audit_entry SET actor_name = 'x' WHERE number = 1"});
    CHECK(run("verify", kept).output.find("entry-changed\tentry 1\t") != std::string::npos);
}

TEST_CASE("loa-scheduler serve: F56 an orderly stop leaves a head of all that was done, and a cut tail is found") {
    TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    office.ask("PUT", "/v1/areas/thanh-binh", {{"name", "huyện Thanh Bình"}});
    office.stop();
    CHECK(office.command("audit verify").output.starts_with("intact: "));
    forge(office.folder() / "state" / "loa.db",
          {"DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)"});
    const auto verified = office.command("audit verify");
    CHECK(verified.status == 1);
    CHECK(verified.output.find("trail-cut-off\tentry") != std::string::npos);
}

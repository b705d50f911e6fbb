#include "tests/support/running_office.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <fstream>
#include <stdexcept>

#include "scheduler/domain/clock.h"
#include "scheduler/people/second_factor.h"
#include "tests/support/wait_until.h"

namespace loa::test {
namespace {

constexpr std::chrono::seconds patience{60};
constexpr std::size_t pieceBytes = 100'000;

int freePort() {
    const Poco::Net::ServerSocket probe{Poco::Net::SocketAddress{"127.0.0.1", 0}};
    return probe.address().port();
}

void require(const ShellRun& run) {
    if (run.status != 0) throw std::runtime_error{run.output};
}

std::string lineOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    return line;
}

}  // namespace

std::string program(const std::string& name) {
    return std::string{std::getenv("LOA_BIN_DIR")} + '/' + name;
}

RunningOffice::RunningOffice(std::filesystem::path folder, std::vector<std::string> environment,
                             const std::string& settings)
    : folder_{std::move(folder)},
      stationsPort_{freePort()},
      officePort_{freePort()},
      dutyPort_{freePort()},
      loopbackPort_{freePort()} {
    std::filesystem::create_directories(folder_);
    const auto config = folder_ / "scheduler.properties";
    std::ofstream{config} << "stateDirectory = " << (folder_ / "state").string()
                          << "\nofficeDirectory = " << (folder_ / "office").string()
                          << "\noffice.host = 127.0.0.1\noffice.port = " << officePort_
                          << "\nstations.host = 127.0.0.1\nstations.port = " << stationsPort_
                          << "\nduty.host = 127.0.0.1\nduty.port = " << dutyPort_
                          << "\nloopback.host = 127.0.0.1\nloopback.port = " << loopbackPort_ << '\n'
                          << settings;
    const auto scheduler = program("loa-scheduler");
    require(
        runShell(scheduler + " init --dir " + (folder_ / "office").string() + " --name localhost --name 127.0.0.1"));
    author_ = tokenOfNew("author");
    admin_ = tokenOfNew("admin");
    unit_.command = {scheduler, "serve", "--config", config.string()};
    unit_.environment = std::move(environment);
    unit_.output = folder_ / "scheduler.log";
    start();
    signInApprover();
    ask("PUT", "/v1/areas/thanh-binh", {{"name", "huyện Thanh Bình"}});
}

std::string RunningOffice::passwordOfNew(const std::string& role) const {
    const auto added = command("person add", "--id " + role + " --role " + role);
    require(added);
    return added.output.substr(0, added.output.find('\n'));
}

std::string RunningOffice::tokenOfNew(const std::string& role) const {
    passwordOfNew(role);
    const auto file = folder_ / (role + ".token");
    require(command("token", "--person " + role + " --name " + role + " --out " + file.string()));
    return lineOf(file);
}

/// As a person settles in: the first password is changed, the second factor set up.
void RunningOffice::signInApprover() {
    const auto say = [&](const std::string& method, const std::string& path, const nlohmann::json& body) {
        auto answer = send(method, "/v1/session" + path, body.is_null() ? "" : body.dump(), asApprover());
        if (answer.status >= 400) throw std::runtime_error{answer.body};
        if (!answer.cookie.empty()) approver_ = answer.cookie;
        return answer;
    };
    const auto first = passwordOfNew("approver");
    say("POST", "", {{"name", "approver"}, {"password", first}});
    say("POST", "/password", {{"password", first}, {"newPassword", first + first}});
    const auto secret = say("POST", "/second-factor", nullptr).json().at("secret").get<std::string>();
    say("PUT", "/second-factor", {{"code", codeAt(secret, SystemClock{}.now())}});
}

RunningOffice::Fields RunningOffice::asApprover() const {
    return {{"Cookie", approver_},
            {"Origin", "http://127.0.0.1:" + std::to_string(loopbackPort_)},
            {"Content-Type", "application/json"}};
}

void RunningOffice::stop() {
    process_->stop();
    process_.reset();
}

void RunningOffice::start() {
    process_ = std::make_unique<ServiceManager>(unit_);
    awaitReady();
}

ShellRun RunningOffice::command(const std::string& command, const std::string& more) const {
    return runShell("'" + program("loa-scheduler") + "' " + command + " --config '" +
                    (folder_ / "scheduler.properties").string() + "' " + more);
}

std::string RunningOffice::enrol(const std::string& station) const {
    const auto given = command("station enrol", "--id " + station);
    require(given);
    const auto folder = folder_ / station;
    const auto enrolled = runShell(
        "'" + program("loa-player") + "' enrol --server https://127.0.0.1:" + std::to_string(stationsPort_) +
        " --dir '" + folder.string() + "' <<END\n" + given.output.substr(0, given.output.find('\n')) + "\nEND\n");
    require(enrolled);
    std::ifstream file{folder / "identity.json"};
    return nlohmann::json::parse(file).at("token");
}

void RunningOffice::awaitReady() const {
    const auto answers = [&] {
        try {
            return call("GET", "/v1/health/ready").status == 200;
        } catch (const Poco::Exception&) {
            return false;
        }
    };
    if (!waitUntil(answers, patience)) throw std::runtime_error{"the scheduler does not answer"};
}

Answer RunningOffice::send(const std::string& method, const std::string& path, const std::string& body,
                           const Fields& fields) const {
    Poco::Net::HTTPClientSession session{"127.0.0.1", static_cast<Poco::UInt16>(loopbackPort_)};
    session.setTimeout(Poco::Timespan{static_cast<long>(patience.count()), 0});
    Poco::Net::HTTPRequest request{method, path, Poco::Net::HTTPMessage::HTTP_1_1};
    for (const auto& [name, value] : fields) request.set(name, value);
    if (!body.empty()) request.setContentLength(static_cast<std::streamsize>(body.size()));
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    Answer answer;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), answer.body);
    answer.status = response.getStatus();
    answer.etag = response.get("ETag", "");
    const auto cookie = response.get("Set-Cookie", "");
    answer.cookie = cookie.substr(0, cookie.find(';'));
    return answer;
}

Answer RunningOffice::call(const std::string& method, const std::string& path, const std::string& body,
                           const std::string& type, const std::string& accept) const {
    Fields fields{{"Authorization", "Bearer " + author_}, {"Accept", accept}};
    if (!body.empty()) fields.emplace_back("Content-Type", type);
    const auto offset = path.find("#offset=");
    if (offset != std::string::npos) fields.emplace_back("Upload-Offset", path.substr(offset + 8));
    const auto answer = send(method, path.substr(0, offset), body, fields);
    if (answer.status != 403 && answer.status != 404) return answer;
    fields.front().second = "Bearer " + admin_;
    auto other = send(method, path.substr(0, offset), body, fields);
    return other.status == 403 ? answer : other;
}

nlohmann::json RunningOffice::ask(const std::string& method, const std::string& path,
                                  const nlohmann::json& body) const {
    const auto answer = call(method, path, body.is_null() ? "" : body.dump());
    if (answer.status >= 400) throw std::runtime_error{method + ' ' + path + ": " + answer.body};
    return answer.body.empty() ? nlohmann::json{} : answer.json();
}

std::string RunningOffice::upload(const std::string& name, const std::string& bytes) const {
    const auto upload = ask("POST", "/v1/uploads", {{"name", name}, {"bytes", bytes.size()}});
    const auto path = "/v1/uploads/" + upload.at("id").get<std::string>();
    for (std::size_t offset = 0; offset < bytes.size(); offset += pieceBytes) {
        const auto answer = call("PATCH", path + "#offset=" + std::to_string(offset), bytes.substr(offset, pieceBytes),
                                 "application/offset+octet-stream");
        if (answer.status != 200) throw std::runtime_error{answer.body};
    }
    nlohmann::json state;
    const auto ended = [&] {
        state = ask("GET", path);
        return state.at("state") == "done" || state.at("state") == "refused";
    };
    if (!waitUntil(ended, patience)) throw std::runtime_error{"not taken in: " + state.dump()};
    if (state.at("state") == "refused") throw std::runtime_error{state.at("problem").at("type").get<std::string>()};
    return state.at("media");
}

void RunningOffice::plan(const std::string& uid, const std::string& media, Instant start,
                         const std::vector<std::string>& targets) const {
    auto stamp = formatInstant(std::chrono::floor<std::chrono::seconds>(start));
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
                       "\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:" + uid + "\r\nDTSTART:" + stamp +
                       "\r\nATTACH:urn:loa:media:" + media + "\r\n";
    for (const auto& target : targets) text += "ATTENDEE;CUTYPE=RESOURCE:" + target + "\r\n";
    const auto answer = call("POST", "/v1/events", text + "END:VEVENT\r\nEND:VCALENDAR\r\n", "text/calendar");
    if (answer.status != 200) throw std::runtime_error{answer.body};
    approveAll();
}

nlohmann::json RunningOffice::askAsApprover(const std::string& method, const std::string& path, Fields fields) const {
    for (auto& field : asApprover()) fields.push_back(std::move(field));
    const auto answer = send(method, path, "", fields);
    if (answer.status >= 400) throw std::runtime_error{method + ' ' + path + ": " + answer.body};
    auto json = nlohmann::json::parse(answer.body, nullptr, false);
    if (json.is_object()) json["etag"] = answer.etag;
    return json;
}

void RunningOffice::approveAll() const {
    const auto all = ask("GET", "/v1/events");
    for (const auto& event : all.at("events")) {
        if (event.at("state") != "draft") continue;
        const auto path = "/v1/events/" + event.at("id").get<std::string>();
        ask("POST", path + "/submission");
        const auto review = askAsApprover("GET", path + "/review");
        for (const auto& media : review.at("unheard")) {
            const auto sound = "/v1/media/" + media.get<std::string>();
            askAsApprover("GET", sound);
            askAsApprover("POST", sound + "/heard");
        }
        askAsApprover("POST", path + "/approval", {{"If-Match", review.at("etag")}});
    }
}

nlohmann::json RunningOffice::asRun(Instant from, Instant to, const std::string& more) const {
    return ask("GET", "/v1/as-run?from=" + formatInstant(from) + "&to=" + formatInstant(to) + more).at("lines");
}

RunningStation::RunningStation(const RunningOffice& office, const std::string& id, Options options)
    : id_{id}, folder_{office.folder() / id} {
    std::filesystem::create_directories(folder_);
    office.ask("PUT", "/v1/stations/" + id, {{"name", "trạm " + id}, {"area", "thanh-binh"}});
    office.enrol(id);
    const auto config = folder_ / "player.properties";
    std::ofstream{config} << "server = https://127.0.0.1:" << office.stationsPort()
                          << "\nofficeCa = " << (folder_ / "ca.pem").string()
                          << "\nofficeKeyFile = " << (folder_ / "office.pub").string()
                          << "\nidentityFile = " << (folder_ / "identity.json").string()
                          << "\nstateDirectory = " << (folder_ / "state").string()
                          << "\nmediaDirectory = " << (folder_ / "media").string()
                          << "\nsoundSocket = " << (folder_ / "sound.sock").string()
                          << "\nmanifestPollSeconds = 1\nstatusSeconds = 1\n";
    ServiceUnit sound;
    sound.command = {program("loa-sound"), "--socket",       (folder_ / "sound.sock").string(),  "--sink",
                     options.sink,         "--gst-registry", (folder_ / "registry.bin").string()};
    sound.environment = std::move(options.soundEnvironment);
    sound.output = folder_ / "sound.log";
    sound_ = std::make_unique<ServiceManager>(std::move(sound));
    ServiceUnit player;
    player.command = {program("loa-player"), "--config", config.string()};
    player.environment = std::move(options.playerEnvironment);
    player.output = folder_ / "player.log";
    player_ = std::make_unique<ServiceManager>(std::move(player));
}

}  // namespace loa::test

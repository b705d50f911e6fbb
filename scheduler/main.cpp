// loa-scheduler: one subcommand, one function.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "api/office/audit_json.h"
#include "api/signing/signing.h"
#include "config/scheduler_config.h"
#include "scheduler/backup/make_backup.h"
#include "scheduler/backup/restore_backup.h"
#include "scheduler/backup/state_lock.h"
#include "scheduler/backup/verify_backup.h"
#include "scheduler/domain/error.h"
#include "scheduler/operations/tokens.h"
#include "scheduler/operations/verify_audit.h"
#include "scheduler/serve_main.h"
#include "scheduler/setup/make_office.h"
#include "scheduler/storage/audit_repository.h"

namespace {

using namespace loa;

constexpr const char* help =
    R"(loa-scheduler: plans announcements on loudspeaker stations and takes the proof of what sounded

  loa-scheduler init --dir DIRECTORY [--name NAME]...
      Makes the office: its CA, the server's certificate for the names and addresses given, and the key that signs
      manifests. Once, before the first start. Keep ca.key and signing.key safe: they are the office's voice.

  loa-scheduler renew --dir DIRECTORY [--name NAME]...
      Makes a new server certificate from the same CA; stations notice nothing. Once a year, then start serve again.

  loa-scheduler serve --config FILE
      Runs until SIGTERM. config/scheduler.example.properties explains every key.

  loa-scheduler token --config FILE [--name NAME] [--out FILE]
      Makes a token for a person or program of the office, and prints it or writes it to a file only you can read.

  loa-scheduler token list --config FILE
      Lists the tokens that open something now: id, kind, name, when made, when last used, when it ends.

  loa-scheduler token revoke --config FILE --id ID
      Ends a token at once, also while serve runs.

  loa-scheduler backup --config FILE --to DIRECTORY
      Copies the database and the media, also while serve runs, into a new folder loa-TIME there. The office's keys and
      certificates (officeDirectory) are NOT in it: keep a copy of those apart, under lock. Ends with 1 when media is
      damaged in the office already: the back-up is made without it, and says which.

  loa-scheduler backup verify --from DIRECTORY/loa-TIME
      Reads all of a back-up and says whether it is whole and as it was made.

  loa-scheduler restore --config FILE --from DIRECTORY/loa-TIME [--existing put-aside]
      Puts the office of a back-up in place, while serve does not run. What is there already is refused, or, with
      put-aside, kept in a folder beside. The stations send again what the back-up lacks. Tokens that were revoked since
      open the office again: look through 'token list'.

  loa-scheduler audit verify --config FILE [--heads FILE] [--key FILE]...
      Computes the audit trail's chain anew and holds it against the heads that were signed day by day: those beside the
      database, or a copy of them kept elsewhere. Says exactly where it breaks, and ends with 1 then. --key: the public
      keys that may have signed (office.pub); left out, the office's own.

  loa-scheduler audit head --config FILE
      Writes and prints a signed head of the audit trail as it is now; serve writes one a day. Keep copies of the lines
      of audit-heads.log where the keeper of this machine cannot reach them.

  loa-scheduler audit export --config FILE
      Prints the audit trail as JSON lines, oldest first.

  loa-scheduler code --config FILE
      Makes a one-use code for signing in to the page: open https://HOST:8443/#code=CODE within 15 minutes.

First steps, installed as a service; config/scheduler.example.properties goes to /etc/loa/scheduler.properties:
  loa-scheduler init --dir /etc/loa --name loa.example.vn
  systemctl enable --now loa-scheduler
  runuser -u loa-scheduler -- loa-scheduler code --config /etc/loa/scheduler.properties
)";

/// "--key value" pairs; a key may stand several times.
class Options {
public:
    explicit Options(const std::vector<std::string>& words) {
        for (std::size_t i = 0; i < words.size(); i += 2) {
            if (!words[i].starts_with("--") || i + 1 == words.size())
                throw usage("'" + words[i] + "' is not understood");
            values_[words[i].substr(2)].push_back(words[i + 1]);
        }
    }
    std::vector<std::string> take(const std::string& key) {
        auto taken = values_.extract(key);
        return taken.empty() ? std::vector<std::string>{} : std::move(taken.mapped());
    }
    std::string takeOne(const std::string& key, const std::string& fallback) {
        const auto taken = take(key);
        return taken.empty() ? fallback : taken.back();
    }
    std::string need(const std::string& key) {
        auto value = takeOne(key, "");
        if (value.empty()) throw usage("--" + key + " is needed");
        return value;
    }
    void end() const {
        if (!values_.empty()) throw usage("--" + values_.begin()->first + " is no option of this command");
    }

    static Error usage(const std::string& what) {
        return {Fault::invalid,
                "usage",
                {"Lệnh chưa đúng. Xem loa-scheduler --help.", what + "; see loa-scheduler --help"}};
    }

private:
    std::map<std::string, std::vector<std::string>> values_;
};

/// Readable by its owner only from the first byte on.
void writeSecret(const std::string& path, const std::string& secret) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const auto line = secret + "\n";
    const bool written = file >= 0 && fchmod(file, S_IRUSR | S_IWUSR) == 0 &&
                         write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(file) == 0;
    if (file >= 0) close(file);
    if (!written)
        throw Error{Fault::unavailable, "cannot-write", {"Không ghi được tệp " + path + ".", "cannot write " + path}};
}

int init(Options options) {
    const auto directory = options.need("dir");
    auto names = options.take("name");
    options.end();
    if (names.empty()) names = {"localhost", "127.0.0.1"};
    makeOffice(directory, names, SystemClock{}.now());
    const auto key = SigningKey::generate();
    writeSecret(directory + "/signing.key", key.toText());
    writeSecret(directory + "/office.pub", key.publicText());
    std::cout << "The office is made in " << directory << ". Give each station ca.pem and office.pub; keep ca.key and "
              << "signing.key to yourself.\n";
    return 0;
}

int renew(Options options) {
    const auto directory = options.need("dir");
    auto names = options.take("name");
    options.end();
    if (names.empty()) names = {"localhost", "127.0.0.1"};
    renewServerCertificate(directory, names, SystemClock{}.now());
    std::cout << "The server has a new certificate; start loa-scheduler serve again to use it.\n";
    return 0;
}

Database openStore(const SchedulerConfig& config, const Clock& clock) {
    std::filesystem::create_directories(config.stateDirectory);
    requireNoHalfRestore(config.stateDirectory);
    return Database{config.stateDirectory / "loa.db", clock.now()};
}

int token(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto name = options.takeOne("name", "office");
    const auto out = options.takeOne("out", "");
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    const auto issued = issueOfficeToken(database, clock, name, std::nullopt);
    if (out.empty())
        std::cout << issued.secret << '\n';
    else
        writeSecret(out, issued.secret);
    return 0;
}

std::string orNever(const std::optional<Instant>& at) {
    return at ? formatInstant(*at) : "never";
}

int listTokens(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    for (const auto& token : usableTokens(database, clock))
        std::cout << token.id.text() << '\t' << toText(token.kind) << '\t' << token.name << "\tmade "
                  << formatInstant(token.created) << "\tused " << orNever(token.lastUsed) << "\tends "
                  << orNever(token.expires) << '\n';
    return 0;
}

int revoke(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const TokenId id{options.need("id")};
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    revokeToken(database, clock, id);
    return 0;
}

int code(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    std::cout << issueCode(database, clock, "page").secret << '\n';
    return 0;
}

/// One line that changes, for people who watch.
void showProgress(std::string_view step, std::int64_t done, std::int64_t all) {
    constexpr std::int64_t hundred = 100;
    static const bool isWatched = isatty(STDERR_FILENO) != 0;
    if (isWatched && all > 0) std::cerr << '\r' << step << ' ' << done * hundred / all << " %   " << std::flush;
}

void endProgress() {
    if (isatty(STDERR_FILENO) != 0) std::cerr << '\n';
}

/// 1 when something is not in it: it is made, and somebody has to look.
int backup(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto into = options.need("to");
    options.end();
    const auto made = makeBackup(config.stateDirectory, into, SystemClock{}.now(), showProgress);
    endProgress();
    std::cout << made.folder.string() << ": " << made.inventory.media.size() << " media files, " << made.linked
              << " of them as in the back-up before\n";
    for (const auto& path : made.inventory.leftOut)
        std::cerr << "loa-scheduler: damaged in the office, and not in the back-up: " << path << '\n';
    return made.inventory.leftOut.empty() ? 0 : 1;
}

int verifyBackupCommand(Options options) {
    const auto from = options.need("from");
    options.end();
    const auto inventory = verifyBackup(from, showProgress);
    endProgress();
    std::cout << "whole: made " << formatInstant(inventory.made) << ", " << inventory.media.size() << " media files, "
              << inventory.leftOut.size() << " left out because they were damaged\n";
    return 0;
}

int restore(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto from = options.need("from");
    const auto existing = options.takeOne("existing", "refuse");
    options.end();
    if (existing != "refuse" && existing != "put-aside") throw Options::usage("--existing is put-aside");
    const auto restored =
        restoreBackup(from, config.stateDirectory, existing == "refuse" ? Existing::refuse : Existing::putAside,
                      SystemClock{}.now(), showProgress);
    endProgress();
    std::cout << "restored as of " << formatInstant(restored.inventory.made)
              << ". Start serve; the stations send what is lacking.\n";
    if (restored.aside) std::cout << "The office of before is in " << restored.aside->string() << ".\n";
    return 0;
}

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file)
        throw Error{
            Fault::notFound, "no-file", {"Không đọc được " + path.string() + ".", "cannot read " + path.string()}};
    return {std::istreambuf_iterator<char>{file}, {}};
}

SigningKey signingKeyOf(const SchedulerConfig& config) {
    return SigningKey::fromText(contentOf(config.officeDirectory / "signing.key"));
}

int verifyTrail(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto heads = options.takeOne("heads", config.stateDirectory / auditHeadsName);
    std::vector<VerifyingKey> trusted;
    for (const auto& file : options.take("key")) trusted.push_back(VerifyingKey::fromText(contentOf(file)));
    options.end();
    if (trusted.empty()) trusted = {VerifyingKey::fromText(signingKeyOf(config).publicText())};
    const SystemClock clock;
    auto database = openStore(config, clock);
    const auto found = verifyAudit(database, readAuditHeads(heads, trusted));
    for (const auto& each : found.breaks)
        std::cout << each.code << (each.number ? "\tentry " + std::to_string(each.number) : "")
                  << (each.line ? "\tline " + std::to_string(each.line) + " of the heads" : "") << '\t' << each.words.vi
                  << " (" << each.words.en << ")\n";
    std::cout << (found.intact() ? "intact: " : "broken: ") << found.entries << " entries";
    if (found.newest) std::cout << ", signed up to " << found.newest->number << " on " << formatDay(found.newest->day);
    std::cout << '\n';
    return found.intact() ? 0 : 1;
}

int writeHead(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    const auto head = writeAuditHead(config.stateDirectory / auditHeadsName, database, clock, signingKeyOf(config));
    std::cout << formatDay(head.day) << '\t' << head.number << '\t' << head.hash << '\n';
    return 0;
}

int exportTrail(Options options) {
    constexpr int pieceSize = 1000;
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    std::vector<AuditEntry> piece;
    do {
        const auto from = piece.empty() ? 0 : piece.back().number;
        piece = database.read(
            [&](ReadTransaction& transaction) { return AuditRepository::after(transaction, from, pieceSize); });
        for (const auto& entry : piece) std::cout << dump(toJson(entry)) << '\n';
    } while (!piece.empty());
    return 0;
}

int serveCommand(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    return serve(config);
}

int run(const std::vector<std::string>& words) {
    static const std::map<std::string, int (*)(Options)> commands{{"init", init},
                                                                  {"renew", renew},
                                                                  {"serve", serveCommand},
                                                                  {"token", token},
                                                                  {"token list", listTokens},
                                                                  {"token revoke", revoke},
                                                                  {"code", code},
                                                                  {"backup", backup},
                                                                  {"backup verify", verifyBackupCommand},
                                                                  {"restore", restore},
                                                                  {"audit verify", verifyTrail},
                                                                  {"audit head", writeHead},
                                                                  {"audit export", exportTrail}};
    if (words.empty() || words.front() == "--help" || words.front() == "help") {
        std::cout << help;
        return words.empty() ? 2 : 0;
    }
    auto rest = words.begin() + 1;
    auto name = words.front();
    if (rest != words.end() && !rest->starts_with("--")) name += ' ' + *rest++;
    const auto command = commands.find(name);
    if (command == commands.end()) {
        std::cerr << "loa-scheduler: '" << name << "' is not a command; see loa-scheduler --help\n";
        return 2;
    }
    return command->second(Options{{rest, words.end()}});
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const Error& error) {
        std::cerr << "loa-scheduler: " << error.words().vi << "\n  (" << error.what() << ")\n";
    } catch (const std::exception& error) {
        std::cerr << "loa-scheduler: " << error.what() << '\n';
    }
    return 1;
}

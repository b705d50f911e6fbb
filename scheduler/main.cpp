// loa-scheduler: its subcommands, and what they are for.
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "config/scheduler_config.h"
#include "scheduler/commands/commands.h"
#include "scheduler/serve_main.h"

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

  loa-scheduler token --config FILE --person SIGN-IN-NAME [--name NAME] [--right RIGHT]... [--out FILE]
      Makes a token for a program that works for that person, and prints it or writes it to a file only you can read.
      Rights are those of the API; without any, all that a token may be good for. What is dangerous takes a person.

  loa-scheduler token list --config FILE
      Lists the tokens that open something now: id, person or station, whose, name, when made, when last used, when it
      ends.

  loa-scheduler token revoke --config FILE --id ID
      Ends a token at once, also while serve runs.

  loa-scheduler station enrol --config FILE --id STATION
      Prints a code with which one box may become that station: once, within 15 minutes and five tries. On the box:
        loa-player enrol --server https://HOST:8444 --code CODE --dir /etc/loa/station
      It shows six words then; 'station show' and the page must show the same. The box before it is retired.

  loa-scheduler station retire --config FILE --id STATION
      Ends at once what the station's box may: it was stolen, say. Another one enrols with a new code.

  loa-scheduler station list --config FILE
      Lists the stations: id, name, and of the box it has its number and its six words.

  loa-scheduler station show --config FILE --id STATION
      Shows one station, and the box it has.

  loa-scheduler person add --config FILE --id SIGN-IN-NAME --name NAME --role ROLE[@AREA]...
      Makes a person of the office and prints the password for their first sign-in. Roles: author, approver, operator,
      dutyOfficer, auditor, admin; without an area for the whole office. The first admin is made so.

  loa-scheduler person reset --config FILE --id SIGN-IN-NAME
      Prints a new password for the next sign-in, and takes away the second factor and all that is signed in.

  loa-scheduler person list --config FILE
      Lists the office's people: sign-in name, name, roles.

  loa-scheduler backup --config FILE --to DIRECTORY
      Copies the database and the media, also while serve runs, into a new folder loa-TIME there. The office's keys and
      certificates (officeDirectory) are NOT in it: keep a copy of those apart, under lock. Ends with 1 when media is
      missing, damaged or unreadable in the office: the back-up is made without it, and says which.

  loa-scheduler backup verify --from DIRECTORY/loa-TIME
      Reads all of a back-up and says whether it is whole and as it was made.

  loa-scheduler restore --config FILE --from DIRECTORY/loa-TIME [--existing put-aside]
      Puts the office of a back-up in place, while serve does not run. What is there already is refused, or, with
      put-aside, kept in a folder beside. The stations send again the airings that the back-up lacks. Nobody is signed
      in any more; the audit trail says that it was restored, and its heads of before are kept beside.
      Nothing in a back-up tells what was done after it: what was withdrawn since would air again, tokens that were
      revoked since open the office again, people who were disabled or lost a role since have it again, and old
      passwords hold again. Before stations and people come in:
        - read what is about to air, which is printed; serve with stations.host and office.host = 127.0.0.1, withdraw
          what must not sound, and only then serve for all
        - look through 'token list' and 'person list'; 'token revoke' and 'person reset' end what should not be
        - where the office put aside can still be read, its trail says what was done since: 'audit export' with a
          configuration whose stateDirectory is that folder
      Begin a new copy of audit-heads.log elsewhere; the old copy remains evidence of what was left behind.

  loa-scheduler audit verify --config FILE [--heads FILE] [--key FILE]...
      Computes the audit trail's chain anew and holds it against the heads that were signed day by day: those beside the
      database, or a copy of them kept elsewhere. Says exactly where it breaks, and ends with 1 then. --key: the public
      keys that may have signed (office.pub); left out, the office's own.

  loa-scheduler audit head --config FILE
      Writes and prints a signed head of the audit trail as it is now. serve writes one within seconds when something
      was approved or withdrawn or somebody's access was changed, else within an hour, each day, and when it is stopped.
      Keep copies of the lines of audit-heads.log where the keeper of this machine cannot reach them.

  loa-scheduler audit export --config FILE
      Prints the audit trail as JSON lines, oldest first.

First steps, installed as a service; config/scheduler.example.properties goes to /etc/loa/scheduler.properties:
  loa-scheduler init --dir /etc/loa --name loa.example.vn
  systemctl enable --now loa-scheduler
  runuser -u loa-scheduler -- loa-scheduler person add --config /etc/loa/scheduler.properties --id NAME --role admin
Then open https://HOST:8443/ and sign in with that name and the password that was printed.
)";

int serveCommand(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    return serve(config);
}

int run(const std::vector<std::string>& words) {
    static const std::map<std::string, int (*)(Options)> table{{"init", commands::init},
                                                               {"renew", commands::renew},
                                                               {"serve", serveCommand},
                                                               {"token", commands::issueToken},
                                                               {"token list", commands::listTokens},
                                                               {"token revoke", commands::revokeToken},
                                                               {"station enrol", commands::enrolStation},
                                                               {"station retire", commands::retireStation},
                                                               {"station list", commands::listStations},
                                                               {"station show", commands::showStation},
                                                               {"person add", commands::addPerson},
                                                               {"person reset", commands::resetPerson},
                                                               {"person list", commands::listPeople},
                                                               {"backup", commands::makeBackup},
                                                               {"backup verify", commands::verifyBackup},
                                                               {"restore", commands::restoreBackup},
                                                               {"audit verify", commands::verifyAudit},
                                                               {"audit head", commands::writeAuditHead},
                                                               {"audit export", commands::exportAudit}};
    if (words.empty() || words.front() == "--help" || words.front() == "help") {
        std::cout << help;
        return words.empty() ? 2 : 0;
    }
    auto rest = words.begin() + 1;
    auto name = words.front();
    if (rest != words.end() && !rest->starts_with("--")) name += ' ' + *rest++;
    const auto command = table.find(name);
    if (command == table.end()) {
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

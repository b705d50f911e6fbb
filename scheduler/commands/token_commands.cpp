#include <iostream>
#include <set>

#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/operations/tokens.h"

namespace loa::commands {
namespace {

std::set<Right> rightsIn(const std::vector<std::string>& words) {
    std::set<Right> rights;
    for (const auto& word : words) {
        const auto right = choiceFromText<Right>(word);
        if (!right)
            throw Error{Fault::invalid,
                        "unknown-right",
                        {"Không có quyền “" + word + "”.", "'" + word + "' is no right; see api/openapi.yaml"}};
        rights.insert(*right);
    }
    return rights.empty() ? rightsForTokens() : rights;
}

/// To the file, or printed where none is named.
void handOut(const Issued& issued, const std::string& out) {
    if (out.empty())
        std::cout << issued.secret << '\n';
    else
        writeSecret(out, issued.secret);
}

std::string whoseIs(const Token& token) {
    return token.person ? token.person->text() : token.station ? token.station->text() : "nobody";
}

std::string orNever(const std::optional<Instant>& at) {
    return at ? formatInstant(*at) : "never";
}

}  // namespace

int issueToken(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const PersonId person{options.need("person")};
    const auto name = options.takeOne("name", "loa-scheduler token");
    const auto rights = rightsIn(options.take("right"));
    const auto out = options.takeOne("out", "");
    options.end();
    CommandDesk command{config};
    const auto issued = issuePersonalToken(command.desk, person, name, rights, std::nullopt);
    handOut(issued, out);
    return 0;
}

int listTokens(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    for (const auto& token : usableTokens(database, clock))
        std::cout << token.id.text() << '\t' << toText(token.kind) << '\t' << whoseIs(token) << '\t' << token.name
                  << "\tmade " << formatInstant(token.created) << "\tused " << orNever(token.lastUsed) << "\tends "
                  << orNever(token.expires) << '\n';
    return 0;
}

int revokeToken(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const TokenId id{options.need("id")};
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    loa::revokeToken(database, clock, id);
    return 0;
}

}  // namespace loa::commands

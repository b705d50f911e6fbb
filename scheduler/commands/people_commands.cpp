#include <iostream>

#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/operations/people.h"

namespace loa::commands {
namespace {

/// "author" or "author@tan-hue".
Grant grantOf(const std::string& text) {
    const auto end = std::min(text.find('@'), text.size());
    const auto role = choiceFromText<Role>(text.substr(0, end));
    if (!role)
        throw Error{Fault::invalid,
                    "unknown-role",
                    {"Không có vai trò “" + text + "”.", "'" + text + "' is no role; see loa-scheduler --help"}};
    if (end == text.size()) return {*role, std::nullopt};
    return {*role, AreaId{text.substr(end + 1)}};
}

}  // namespace

int addPerson(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const PersonId id{options.need("id")};
    const auto name = options.takeOne("name", id.text());
    std::vector<Grant> grants;
    for (const auto& role : options.take("role")) grants.push_back(grantOf(role));
    options.end();
    CommandDesk command{config};
    std::cout << loa::addPerson(command.desk, id, name, grants).password << '\n';
    return 0;
}

int resetPerson(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const PersonId id{options.need("id")};
    options.end();
    CommandDesk command{config};
    std::cout << loa::resetPerson(command.desk, id).password << '\n';
    return 0;
}

int listPeople(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    CommandDesk command{config};
    for (const auto& person : peopleInSight(command.desk)) {
        std::cout << person.id.text() << '\t' << person.name << '\t';
        for (const auto& grant : person.grants)
            std::cout << toText(grant.role) << (grant.area ? "@" + grant.area->text() : "") << ' ';
        std::cout << (person.disabled ? "\tdisabled" : "") << '\n';
    }
    return 0;
}

}  // namespace loa::commands

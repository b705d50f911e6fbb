// The audit trail, one entry behind the other. The number and the hash come from the last one, read in the same
// transaction: SQLite has one writer at a time, and where a database lets in more, the number is taken only once.
#include "scheduler/operations/audit.h"

#include "scheduler/storage/audit_repository.h"

namespace loa {
namespace {

/// "<bytes>:<text>\n": no two lists of texts give the same bytes.
void add(std::string& bytes, std::string_view text) {
    bytes.append(std::to_string(text.size())).append(1, ':').append(text).append(1, '\n');
}

std::string stateText(Json state) {
    if (state.is_null()) return "";
    for (auto& [_, member] : state.items()) {
        const auto text = dump(member);
        if (text.size() > auditMemberBytes) member = {{"blake2b", blake2bHex(text)}, {"bytes", text.size()}};
    }
    return dump(state);
}

}  // namespace

std::string auditHash(const std::string& previous, const AuditEntry& entry) {
    std::string bytes{"loa:audit:1\n"};
    add(bytes, previous);
    add(bytes, std::to_string(entry.number));
    add(bytes, std::to_string(epochMilliseconds(entry.at)));
    add(bytes, toText(entry.actor.kind));
    for (const auto* text :
         {&entry.actor.name, &entry.actor.address, &entry.verb, &entry.object, &entry.before, &entry.after})
        add(bytes, *text);
    return blake2bHex(bytes);
}

void audit(WriteTransaction& transaction, const Actor& actor, Instant at, std::string_view verb,
           const std::string& object, const Json& before, const Json& after) {
    const auto last = AuditRepository::last(transaction);
    AuditEntry entry;
    entry.number = last ? last->number + 1 : 1;
    entry.at = at;
    entry.actor = actor;
    entry.verb = verb;
    entry.object = object;
    entry.before = stateText(before);
    entry.after = stateText(after);
    entry.hash = auditHash(last ? last->hash : auditBeginning, entry);
    AuditRepository::append(transaction, entry);
}

void audit(WriteTransaction& transaction, const Scheduler& scheduler, std::string_view verb, const std::string& object,
           const Json& before, const Json& after) {
    audit(transaction, scheduler.actor, scheduler.clock.now(), verb, object, before, after);
}

}  // namespace loa

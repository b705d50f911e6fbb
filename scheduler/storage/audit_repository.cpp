#include "scheduler/storage/audit_repository.h"

#include <set>

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/migrations.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

using Text = AsStored<std::string>;

template <class... Values>
std::vector<AuditEntry> entries(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<AuditEntry>(
        select<AsStored<std::int64_t>, AsStored<Instant>, Text, Text, Text, Text, Text, Text, Text, Text>(
            transaction,
            "SELECT number, at, actor_kind, actor_name, actor_address, verb, object, state_before, state_after, hash "
            "FROM audit_entry " +
                rest,
            values...),
        [](auto number, auto at, auto kind, auto... texts) {
            const auto known = choiceFromText<Actor::Kind>(kind.value);
            const bool isLoas =
                known && number.isOfItsKind && at.isOfItsKind && kind.isOfItsKind && (texts.isOfItsKind && ...);
            const auto entry = [&](auto name, auto address, auto verb, auto object, auto before, auto after,
                                   auto hash) {
                return AuditEntry{number.value,
                                  at.value,
                                  {known.value_or(Actor::Kind::program), name, address},
                                  verb,
                                  object,
                                  before,
                                  after,
                                  isLoas ? hash : ""};  // what has no hash passes no verification
            };
            return entry(std::move(texts.value)...);
        });
}

}  // namespace

std::optional<AuditEntry> AuditRepository::last(ReadTransaction& transaction) {
    return first(entries(transaction, "ORDER BY number DESC LIMIT 1"));
}

void AuditRepository::append(WriteTransaction& transaction, const AuditEntry& entry) {
    execute(transaction,
            "INSERT INTO audit_entry (number, at, actor_kind, actor_name, actor_address, verb, object, state_before, "
            "state_after, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            entry.number, entry.at, entry.actor.kind, entry.actor.name, entry.actor.address, entry.verb, entry.object,
            entry.before, entry.after, entry.hash);
}

std::vector<AuditEntry> AuditRepository::after(ReadTransaction& transaction, std::int64_t number, int limit) {
    return entries(transaction, "WHERE number > $1 ORDER BY number LIMIT $2", number, limit);
}

std::vector<AuditEntry> AuditRepository::unnumbered(ReadTransaction& transaction, int limit) {
    return entries(transaction, "WHERE number < 1 ORDER BY number LIMIT $1", limit);
}

bool AuditRepository::isGuarded(ReadTransaction& transaction) {
    std::set<std::string> made;
    for (const auto& migration : migrations()) {
        constexpr std::string_view begin = "CREATE TRIGGER audit_entry_";
        for (auto at = migration.sql.find(begin); at != std::string_view::npos; at = migration.sql.find(begin, at + 1))
            made.emplace(migration.sql.substr(at, migration.sql.find(";\n", at) - at));
    }
    return transaction.connection().triggersOf("audit_entry") == made;
}

std::vector<AuditEntry> AuditRepository::before(ReadTransaction& transaction, std::int64_t number,
                                                const AuditFilter& filter, int limit) {
    const auto from = filter.from.value_or(Instant::min());
    const auto to = filter.to.value_or(Instant::max());
    const std::string within = "WHERE number < $1 AND at >= $2 AND at < $3 ";
    const std::string newest = "ORDER BY number DESC LIMIT ";
    if (filter.object && filter.actor)
        return entries(transaction, within + "AND object = $4 AND actor_name = $5 " + newest + "$6", number, from, to,
                       *filter.object, *filter.actor, limit);
    if (filter.object)
        return entries(transaction, within + "AND object = $4 " + newest + "$5", number, from, to, *filter.object,
                       limit);
    if (filter.actor)
        return entries(transaction, within + "AND actor_name = $4 " + newest + "$5", number, from, to, *filter.actor,
                       limit);
    return entries(transaction, within + newest + "$4", number, from, to, limit);
}

}  // namespace loa

#include "scheduler/storage/browser_repository.h"

#include "scheduler/storage/statement.h"

namespace loa {

bool BrowserRepository::isOf(ReadTransaction& transaction, const PersonId& person, const std::string& hash) {
    return !select<int>(transaction, "SELECT 1 FROM browser WHERE person = $1 AND hash = $2", person, hash).empty();
}

bool BrowserRepository::isAnybodys(ReadTransaction& transaction, const std::string& hash) {
    return !select<int>(transaction, "SELECT 1 FROM browser WHERE hash = $1 LIMIT 1", hash).empty();
}

void BrowserRepository::save(WriteTransaction& transaction, const PersonId& person, const std::string& hash,
                             Instant used) {
    execute(transaction,
            "INSERT INTO browser (person, hash, used) VALUES ($1, $2, $3) "
            "ON CONFLICT (person, hash) DO UPDATE SET used = excluded.used",
            person, hash, used);
}

void BrowserRepository::keepLatestOf(WriteTransaction& transaction, const PersonId& person, int count) {
    execute(transaction,
            "DELETE FROM browser WHERE person = $1 AND hash NOT IN "
            "(SELECT hash FROM browser WHERE person = $2 ORDER BY used DESC, hash LIMIT $3)",
            person, person, count);
}

void BrowserRepository::forgetAllOf(WriteTransaction& transaction, const PersonId& person) {
    execute(transaction, "DELETE FROM browser WHERE person = $1", person);
}

void BrowserRepository::forget(WriteTransaction& transaction, Instant instant) {
    execute(transaction, "DELETE FROM browser WHERE used < $1", instant);
}

}  // namespace loa

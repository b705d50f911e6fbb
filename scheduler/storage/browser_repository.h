#pragma once
#include <string>

#include "scheduler/people/person.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Browsers by which people signed in, by the hash of their cookie's secret; one may be several people's.
struct BrowserRepository {
    static bool isOf(ReadTransaction& transaction, const PersonId& person, const std::string& hash);
    static bool isAnybodys(ReadTransaction& transaction, const std::string& hash);
    /// Adds it, or notes that it was used again.
    static void save(WriteTransaction& transaction, const PersonId& person, const std::string& hash, Instant used);
    /// Leaves the person those used last, `count` of them.
    static void keepLatestOf(WriteTransaction& transaction, const PersonId& person, int count);
    static void forgetAllOf(WriteTransaction& transaction, const PersonId& person);
    /// Those not used since `instant`.
    static void forget(WriteTransaction& transaction, Instant instant);
};

}  // namespace loa

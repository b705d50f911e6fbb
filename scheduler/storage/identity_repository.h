#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/station_identity.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct IdentityRepository {
    /// The newest the station has had, retired or not.
    static std::optional<StationIdentity> newest(ReadTransaction& transaction, const StationId& station);
    /// Of whichever station.
    static std::optional<StationIdentity> findByKey(ReadTransaction& transaction, const std::string& key);
    /// Adds it, or replaces the one of its station and number.
    static void save(WriteTransaction& transaction, const StationIdentity& identity);
};

/// At most one code for each station.
struct GivenCodeRepository {
    static std::optional<GivenCode> find(ReadTransaction& transaction, const std::string& name);
    /// In place of the one the station had, if any.
    static void save(WriteTransaction& transaction, const GivenCode& code);
    static void remove(WriteTransaction& transaction, const std::string& name);
    /// Those that expired before `instant`.
    static void forget(WriteTransaction& transaction, Instant instant);
};

}  // namespace loa

#pragma once
#include <cstdint>
#include <string>

#include "scheduler/domain/actor.h"
#include "scheduler/domain/time.h"

namespace loa {

/// One line of the audit trail: who did what to what, from where, and how it was before and after. Never changed once
/// written, never removed. What it says of people is the actor alone; it holds no secret.
struct AuditEntry {
    std::int64_t number = 0;  ///< from 1, without a gap
    Instant at{};
    Actor actor;
    std::string verb;    ///< kebab-case: "save-area"
    std::string object;  ///< its kind and id: "area:thanh-binh"
    std::string before;  ///< one JSON object; empty where there was nothing
    std::string after;   ///< likewise, where there is nothing any more
    std::string hash;    ///< over the hash of the entry before and all of the above, 64 hex digits
    bool operator==(const AuditEntry&) const = default;
};

/// How far the trail went at one time: kept outside the database, so that a database cut off or written anew is found.
struct AuditHead {
    Day day;                  ///< in UTC, on which it was taken
    std::int64_t number = 0;  ///< of the newest entry; 0 where there was none
    std::string hash;         ///< of that entry
    bool restored = false;    ///< that entry says that a back-up was restored
    bool operator==(const AuditHead&) const = default;
};

/// The file of heads, beside the database.
constexpr const char* auditHeadsName = "audit-heads.log";

}  // namespace loa

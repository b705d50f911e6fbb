#pragma once
#include <string>
#include <string_view>

#include "api/wire/json.h"
#include "scheduler/domain/audit_entry.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Longer members of what an entry says before and after stand there as their hash alone.
constexpr std::size_t auditMemberBytes = 4096;

/// The hash of what comes before the first entry.
inline const std::string auditBeginning(64, '0');

/// Writes down who did what to what, in the transaction in which it is done: both are kept, or neither. Every write
/// that a person or a program asks for has its line of it. `verb` is kebab-case, `object` its kind and id
/// ("area:thanh-binh"); `before` and `after` are one JSON object each (audit_facts.h), or null where there was, or is,
/// nothing.
void audit(WriteTransaction& transaction, const Scheduler& scheduler, std::string_view verb, const std::string& object,
           const Json& before, const Json& after);

/// The same for who works without a Scheduler.
void audit(WriteTransaction& transaction, const Actor& actor, Instant at, std::string_view verb,
           const std::string& object, const Json& before, const Json& after);

/// What AuditEntry::hash must be: BLAKE2b-256 over "loa:audit:1\n", the hash of the entry before and all the entry's
/// own members, each with its length before it.
std::string auditHash(const std::string& previous, const AuditEntry& entry);

}  // namespace loa

#pragma once
#include <vector>

#include "api/wire/json.h"
#include "scheduler/domain/audit_entry.h"
#include "scheduler/operations/verify_audit.h"

namespace loa {

/// `before` and `after` as the objects they are; as text where somebody made something else of them.
Json toJson(const AuditEntry& entry);
Json toJson(const AuditVerification& verification);

}  // namespace loa

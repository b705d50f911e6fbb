#pragma once
#include <optional>
#include <string>

#include "api/enrolment/proof.h"
#include "scheduler/domain/station_identity.h"
#include "scheduler/operations/people_desk.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

constexpr std::chrono::minutes enrolmentCodeLife{15};
constexpr int enrolmentTries = 5;

/// A one-time code just made; shown once.
struct IssuedCode {
    std::string code;
    Instant expires{};
};

/// With which one box may enrol as the station, in place of the code made before. Throws Error: notFound; forbidden
/// where the actor enrols none where it stands now.
IssuedCode issueEnrolmentCode(const PeopleDesk& desk, const StationId& station);

/// Makes the box the station: it gets an identity, with its own key and a token for it alone, and the one before is
/// retired. Returns the answer of proof.h. A wrong proof counts as a try, and the fifth ends the code; so does a right
/// one for a code that was used before. Both leave an alarm in the audit trail, and so does a box that was shown
/// another CA. Throws Error(forbidden, "code-refused"), one for all of these; conflict "key-known" for a key that was
/// enrolled before.
std::string enrol(Scheduler& scheduler, const EnrolmentRequest& request);

/// Ends what the box may, at once: it was stolen, say. What comes with its identity is refused from now on. Throws
/// Error: notFound, also where there is none; forbidden where the actor does not keep the place it stands in now.
void retireIdentity(const PeopleDesk& desk, const StationId& station);

/// Notes how far the station's box has numbered its airings, by its own word.
void noteSequence(WriteTransaction& transaction, const StationId& station, std::int64_t epoch, std::int64_t last);

}  // namespace loa

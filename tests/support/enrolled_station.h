#pragma once
#include <string>

#include "api/enrolment/six_words.h"
#include "scheduler/operations/enrolment.h"
#include "tests/support/test_office.h"

namespace loa::test {

/// What a box holds that has enrolled.
struct EnrolledStation {
    SigningKey key;
    std::string token;
};

/// Both sides of an enrolment, without a network between.
inline EnrolledStation enrolled(TestOffice& office, const std::string& station) {
    auto& scheduler = office.scheduler;
    const auto code = readEnrolmentCode(issueEnrolmentCode(scheduler, StationId{station}).code);
    auto key = SigningKey::generate();
    const auto answer = enrol(scheduler, provenRequest(code, key, scheduler.officeCa));
    auto token = key.open(provenEnrolled(answer, code, key, scheduler.officeCa).sealedToken);
    return {std::move(key), std::move(token)};
}

}  // namespace loa::test

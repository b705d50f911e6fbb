#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/enrolment/code.h"
#include "api/signing/signing.h"
#include "scheduler/domain/id.h"

namespace loa {

/// What a box sends: proof of the code and of its own key, over both and over the office's CA as the box was shown it.
/// Who stands between learns neither, and has another CA, which the office does not know.
struct EnrolmentRequest {
    std::string code;   ///< EnrolmentCode::name
    std::string key;    ///< public, as text
    std::string proof;  ///< signed by the code's key and by the box's
};
EnrolmentRequest provenRequest(const EnrolmentCode& code, const SigningKey& own, std::string_view officeCa);
std::string toJson(const EnrolmentRequest& request);
/// Throws Error(malformed).
EnrolmentRequest enrolmentRequestFromJson(std::string_view text);

enum class ProofOf {
    nothing,    ///< whoever sent it does not have the code, or not the key
    anotherCa,  ///< they have both, and were shown a CA that is not ours: somebody stands between
    codeAndKey
};
/// `codeKey`: the public half of the code's key, as text.
ProofOf proofOf(const EnrolmentRequest& request, const std::string& codeKey, std::string_view officeCa);

/// What a box gets: who it is, and whom it is to believe.
struct Enrolled {
    StationId station;
    std::int64_t identity = 0;            ///< counts the boxes that this station has had, from 1
    std::vector<std::string> officeKeys;  ///< public, as text; the first one is used now
    std::string officeCa;                 ///< PEM
    std::string sealedToken;              ///< for the box's key alone
};
/// The answer as JSON: signed by the office's key, and with proof that the office has what the code was checked with.
std::string provenAnswer(const Enrolled& enrolled, const EnrolmentRequest& request, const std::string& codeKey,
                         const SigningKey& officeKey);
/// Throws Error(malformed), or Error(invalid, "not-the-office") where it proves nothing, is for another key, or names
/// another CA than the one the box was shown.
Enrolled provenEnrolled(std::string_view answer, const EnrolmentCode& code, const SigningKey& own,
                        std::string_view officeCa);

}  // namespace loa

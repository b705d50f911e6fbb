// Both sides prove the code, which both have from the same person. The box signs with a key made from it; the office,
// which keeps the public half alone and shows it to nobody, answers with a hash that takes it to make. So a database
// that was copied lets nobody enrol, and nobody without the code can pass for the office.
#include "api/enrolment/proof.h"

#include <array>

#include "api/wire/json.h"

namespace loa {
namespace {

constexpr std::size_t longestKey = 200;
constexpr std::size_t longestDocument = 16 * 1024;

std::string claimOf(const EnrolmentRequest& request, std::string_view officeCa) {
    return request.code + '\n' + request.key + '\n' + sha256Hex(officeCa);
}

std::string officeProof(const std::string& codeKey, std::string_view document) {
    return blake2bHex("loa:enrolled:1\n" + codeKey + '\n' + std::string{document});
}

Error notTheOffice(const std::string& why) {
    return {
        Fault::invalid,
        "not-the-office",
        {"Máy chủ trả lời không chứng minh được là của văn phòng. Kiểm tra địa chỉ máy chủ, xin mã mới rồi thử lại.",
         "the answer does not prove that it comes from the office: " + why}};
}

}  // namespace

EnrolmentRequest provenRequest(const EnrolmentCode& code, const SigningKey& own, std::string_view officeCa) {
    EnrolmentRequest request{code.name, own.publicText(), {}};
    request.proof = sign("enrolment", claimOf(request, officeCa), std::array{&code.key, &own});
    return request;
}

std::string toJson(const EnrolmentRequest& request) {
    return dump({{"code", request.code}, {"key", request.key}, {"proof", request.proof}});
}

EnrolmentRequest enrolmentRequestFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    EnrolmentRequest request;
    request.code = reader.text("code", longestKey);
    request.key = reader.text("key", longestKey);
    request.proof = reader.text("proof", longestDocument);
    reader.end();
    return request;
}

ProofOf proofOf(const EnrolmentRequest& request, const std::string& codeKey, std::string_view officeCa) {
    try {
        const auto claim = verify("enrolment", request.proof, {VerifyingKey::fromText(codeKey)});
        verify("enrolment", request.proof, {VerifyingKey::fromText(request.key)});
        if (claim == claimOf(request, officeCa)) return ProofOf::codeAndKey;
        return claim.starts_with(request.code + '\n' + request.key + '\n') ? ProofOf::anotherCa : ProofOf::nothing;
    } catch (const Error&) {
        return ProofOf::nothing;
    }
}

std::string provenAnswer(const Enrolled& enrolled, const EnrolmentRequest& request, const std::string& codeKey,
                         const SigningKey& officeKey) {
    const Json payload{
        {"station", enrolled.station.text()}, {"identity", enrolled.identity}, {"key", request.key},
        {"officeKeys", enrolled.officeKeys},  {"officeCa", enrolled.officeCa}, {"sealedToken", enrolled.sealedToken}};
    const auto document = sign("enrolled", dump(payload), officeKey);
    return dump({{"enrolled", document}, {"proof", officeProof(codeKey, document)}});
}

Enrolled provenEnrolled(std::string_view answer, const EnrolmentCode& code, const SigningKey& own,
                        std::string_view officeCa) {
    const Json json = parseJson(answer);
    ObjectReader reader{json, ""};
    const auto document = reader.text("enrolled", longestDocument);
    if (reader.text("proof", longestKey) != officeProof(code.key.publicText(), document))
        throw notTheOffice("it was made without the code");
    reader.end();
    const Json outer = parseJson(document);
    const Json payload = parseJson(ObjectReader{outer, "enrolled"}.text("payload", longestDocument));
    ObjectReader inner{payload, "enrolled"};
    Enrolled enrolled;
    enrolled.station = StationId{inner.text("station", 100)};
    enrolled.identity = inner.integer("identity", 1, INT64_MAX);
    const bool isForUs = inner.text("key", longestKey) == own.publicText();
    for (const auto& key : inner.array("officeKeys", 10)) enrolled.officeKeys.push_back(key.get<std::string>());
    enrolled.officeCa = inner.text("officeCa", longestDocument);
    enrolled.sealedToken = inner.text("sealedToken", longestDocument);
    inner.end();
    if (!isForUs) throw notTheOffice("it is for another key");
    if (enrolled.officeCa != officeCa) throw notTheOffice("it names another CA than the one shown before");
    if (enrolled.officeKeys.empty()) throw notTheOffice("it names no key of the office");
    verify("enrolled", document, {VerifyingKey::fromText(enrolled.officeKeys.front())});
    return enrolled;
}

}  // namespace loa

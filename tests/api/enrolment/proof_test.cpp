#include "api/enrolment/proof.h"

#include <doctest/doctest.h>

#include "api/enrolment/six_words.h"
#include "api/wire/json.h"
#include "scheduler/domain/error.h"

using namespace loa;

namespace {

const std::string ca = "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n";
const std::string othersCa = "-----BEGIN CERTIFICATE-----\ntheirs\n-----END CERTIFICATE-----\n";

/// A box and an office that have one code.
struct Meeting {
    EnrolmentCode code = readEnrolmentCode(makeEnrolmentCode());
    std::string codeKey = code.key.publicText();
    SigningKey box = SigningKey::generate();
    SigningKey office = SigningKey::generate();
    EnrolmentRequest request = provenRequest(code, box, ca);

    Enrolled enrolled() const {
        return {
            StationId{"tan-hue"}, 2, {office.publicText()}, ca, seal(VerifyingKey::fromText(request.key), "secret")};
    }
    std::string answer() const { return provenAnswer(enrolled(), request, codeKey, office); }
    std::string refusal(const std::string& text, const SigningKey& own, const std::string& shown = ca) const {
        try {
            provenEnrolled(text, code, own, shown);
            return "";
        } catch (const Error& error) {
            return error.code();
        }
    }
};

}  // namespace

TEST_CASE("enrolment proof: with the code and the key both sides believe each other, over the wire's text") {
    const Meeting meeting;
    const auto request = enrolmentRequestFromJson(toJson(meeting.request));
    CHECK(proofOf(request, meeting.codeKey, ca) == ProofOf::codeAndKey);
    const auto enrolled = provenEnrolled(meeting.answer(), meeting.code, meeting.box, ca);
    CHECK(enrolled.station == StationId{"tan-hue"});
    CHECK(enrolled.identity == 2);
    CHECK(enrolled.officeKeys == std::vector{meeting.office.publicText()});
    CHECK(enrolled.officeCa == ca);
    CHECK(meeting.box.open(enrolled.sealedToken) == "secret");
    CHECK_THROWS_AS(meeting.office.open(enrolled.sealedToken), Error);
}

TEST_CASE("enrolment proof: the code itself does not travel") {
    const auto text = makeEnrolmentCode();
    auto plain = text;
    std::erase(plain, '-');
    const auto code = readEnrolmentCode(text);
    const auto box = SigningKey::generate();
    const auto sent = toJson(provenRequest(code, box, ca));
    CHECK(sent.find(plain) == std::string::npos);
    CHECK(sent.find(plain.substr(3, 16)) == std::string::npos);
    CHECK(sent.find(code.key.publicText()) == std::string::npos);
    CHECK(sent.find(box.toText()) == std::string::npos);
}

TEST_CASE(
    "F43 enrolment proof: what was made before somebody else's CA is worth nothing, and shows that there is one") {
    const Meeting meeting;
    CHECK(proofOf(provenRequest(meeting.code, meeting.box, othersCa), meeting.codeKey, ca) == ProofOf::anotherCa);
    CHECK(meeting.refusal(meeting.answer(), meeting.box, othersCa) == "not-the-office");
}

TEST_CASE("enrolment proof: another code, another key, an exchanged key and a text that is none prove nothing") {
    const Meeting meeting;
    const auto other = readEnrolmentCode(makeEnrolmentCode());
    const auto stranger = SigningKey::generate();
    CHECK(proofOf(provenRequest(other, meeting.box, ca), meeting.codeKey, ca) == ProofOf::nothing);
    auto exchanged = meeting.request;
    exchanged.key = stranger.publicText();
    CHECK(proofOf(exchanged, meeting.codeKey, ca) == ProofOf::nothing);
    auto renamed = meeting.request;
    renamed.code = "ZZZ";
    CHECK(proofOf(renamed, meeting.codeKey, ca) == ProofOf::nothing);
    auto byCodeAlone = meeting.request;
    byCodeAlone.proof =
        sign("enrolment", parseJson(meeting.request.proof).at("payload").get<std::string>(), meeting.code.key);
    CHECK(proofOf(byCodeAlone, meeting.codeKey, ca) == ProofOf::nothing);
    auto byBoxAlone = meeting.request;
    byBoxAlone.proof =
        sign("enrolment", parseJson(meeting.request.proof).at("payload").get<std::string>(), meeting.box);
    CHECK(proofOf(byBoxAlone, meeting.codeKey, ca) == ProofOf::nothing);
    for (const char* text : {"", "{}", "x"}) {
        auto broken = meeting.request;
        broken.proof = text;
        CHECK(proofOf(broken, meeting.codeKey, ca) == ProofOf::nothing);
    }
}

TEST_CASE("enrolment proof: an office without the code, an edited answer and one for another box are not believed") {
    const Meeting meeting;
    const auto impostor = readEnrolmentCode(makeEnrolmentCode()).key.publicText();
    CHECK(meeting.refusal(provenAnswer(meeting.enrolled(), meeting.request, impostor, meeting.office), meeting.box) ==
          "not-the-office");
    auto edited = parseJson(meeting.answer());
    auto document = edited.at("enrolled").get<std::string>();
    document.replace(document.find("tan-hue"), 7, "an-hoa1");
    edited["enrolled"] = document;
    CHECK(meeting.refusal(dump(edited), meeting.box) == "not-the-office");
    CHECK(meeting.refusal(meeting.answer(), SigningKey::generate()) == "not-the-office");
    CHECK(meeting.refusal("{}", meeting.box) == "malformed-json");
}

TEST_CASE("six words: both sides of one meeting have the same, and another key gives others") {
    const auto box = SigningKey::generate().publicText();
    const auto office = SigningKey::generate().publicText();
    const auto words = sixWords(box, office);
    CHECK(std::count(words.begin(), words.end(), ' ') == 5);
    CHECK(words.find_first_not_of("abcdefghijklmnopqrstuvwxyz ") == std::string::npos);
    CHECK(sixWords(box, office) == words);
    CHECK(sixWords(SigningKey::generate().publicText(), office) != words);
    CHECK(sixWords(box, SigningKey::generate().publicText()) != words);
}

// Codes that are good for 15 minutes, five tries and one box. Why a code is refused is told to nobody who asks; it
// stands in the audit trail. A try with a code that nobody gave costs no write, so that guessing holds nothing up.
#include "scheduler/operations/enrolment.h"

#include "api/enrolment/six_words.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/tokens.h"
#include "scheduler/storage/identity_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr auto codesKept = std::chrono::hours{24};  // so that a code used a second time is still known

void requireStation(ReadTransaction& transaction, const PeopleDesk& desk, Right right, const StationId& id) {
    const auto station = StationRepository::find(transaction, id);
    const auto standing = standingNow(transaction, desk.standing);
    if (!station || !standing.sees(station->area)) throw noSuchStation(id);
    if (!standing.holdsAt(right, station->area)) throw forbidden();
}

Error codeRefused() {
    return {Fault::forbidden,
            "code-refused",
            {"Mã ghi danh không đúng, đã dùng hoặc đã hết hạn. Xin văn phòng mã mới rồi thử lại.",
             "the enrolment code is wrong, was used or has expired; ask the office for a new one"}};
}

Error keyKnown() {
    return {Fault::conflict,
            "key-known",
            {"Khóa này đã từng ghi danh. Chạy lại lệnh ghi danh để máy tạo khóa mới.",
             "this key was enrolled before; run enrol again, which makes a new one"}};
}

/// A code whose name no other has: of 32,768 names a few are taken.
std::string codeOfNewName(ReadTransaction& transaction) {
    auto code = makeEnrolmentCode();
    while (GivenCodeRepository::find(transaction, readEnrolmentCode(code).name)) code = makeEnrolmentCode();
    return code;
}

/// Ends what the box that the station has now may, if it has one.
void close(WriteTransaction& transaction, const PeopleDesk& desk, const StationId& station) {
    const auto now = desk.clock.now();
    for (const auto& token : TokenRepository::all(transaction))
        if (token.station == station) TokenRepository::revoke(transaction, token.id, now);
    auto identity = IdentityRepository::newest(transaction, station);
    if (!identity || identity->retired) return;
    const auto before = auditFacts(identity);
    identity->retired = now;
    IdentityRepository::save(transaction, *identity);
    audit(transaction, desk.actor, now, "retire-identity", auditObject(station), before, auditFacts(identity));
}

/// One request to enrol, in the transaction that decides it.
struct Try {
    WriteTransaction& transaction;
    const Scheduler& scheduler;
    const EnrolmentRequest& request;
    GivenCode code;
    PeopleDesk desk{scheduler};

    Try(WriteTransaction& writing, const Scheduler& office, const EnrolmentRequest& asked, GivenCode given)
        : transaction{writing}, scheduler{office}, request{asked}, code{std::move(given)} {
        desk.actor = {Actor::Kind::station, code.station.text(), scheduler.actor.address};
    }

    bool isOpen() const { return !code.used && code.wrongTries < enrolmentTries && now() < code.expires; }
    Instant now() const { return scheduler.clock.now(); }

    void note(std::string_view verb, const Json& facts) const {
        audit(transaction, desk.actor, now(), verb, auditObject(code.station), {}, facts);
    }

    void refuse(ProofOf proof) {
        if (proof == ProofOf::codeAndKey) {
            if (code.used) {
                note("alarm-code-reused", {{"code", code.name}});
                GivenCodeRepository::remove(transaction, code.name);
            }
            return;
        }
        if (!isOpen()) return;
        ++code.wrongTries;
        GivenCodeRepository::save(transaction, code);
        const Json facts{{"code", code.name}, {"wrongTries", code.wrongTries}};
        if (proof == ProofOf::anotherCa)
            note("alarm-office-impersonated", facts);
        else
            note(code.wrongTries < enrolmentTries ? "refuse-enrolment" : "alarm-code-guessed", facts);
    }

    std::string accept() {
        if (IdentityRepository::findByKey(transaction, request.key)) throw keyKnown();
        const auto before = IdentityRepository::newest(transaction, code.station);
        close(transaction, desk, code.station);
        const auto officeKey = scheduler.signingKey.publicText();
        StationIdentity identity;
        identity.station = code.station;
        identity.number = before ? before->number + 1 : 1;
        identity.key = request.key;
        identity.words = sixWords(request.key, officeKey);
        identity.enrolled = now();
        IdentityRepository::save(transaction, identity);
        auto made = newToken(now(), TokenKind::station, code.station.text(), std::nullopt);
        made.token.station = code.station;
        TokenRepository::save(transaction, made.token);
        code.used = now();
        GivenCodeRepository::save(transaction, code);
        audit(transaction, desk.actor, now(), "enrol-station", auditObject(code.station), {}, auditFacts(identity));
        const auto sealed = seal(VerifyingKey::fromText(request.key), made.issued.secret);
        return provenAnswer({code.station, identity.number, {officeKey}, scheduler.officeCa, sealed}, request, code.key,
                            scheduler.signingKey);
    }
};

}  // namespace

IssuedCode issueEnrolmentCode(const PeopleDesk& desk, const StationId& station) {
    return desk.database.write([&](WriteTransaction& transaction) {
        requireStation(transaction, desk, Right::enrolStations, station);
        const auto now = desk.clock.now();
        GivenCodeRepository::forget(transaction, now - codesKept);
        const auto text = codeOfNewName(transaction);
        const auto code = readEnrolmentCode(text);
        GivenCode given{code.name, station, code.key.publicText(), now + enrolmentCodeLife, 0, std::nullopt};
        GivenCodeRepository::save(transaction, given);
        audit(transaction, desk.actor, now, "issue-enrolment-code", auditObject(station), {},
              {{"code", given.name}, {"expires", formatInstant(given.expires)}});
        return IssuedCode{text, given.expires};
    });
}

std::string enrol(Scheduler& scheduler, const EnrolmentRequest& request) {
    const auto given = scheduler.database.read(
        [&](ReadTransaction& transaction) { return GivenCodeRepository::find(transaction, request.code); });
    if (!given) throw codeRefused();
    const auto proof = proofOf(request, given->key, scheduler.officeCa);
    const auto answer = scheduler.database.write([&](WriteTransaction& transaction) -> std::optional<std::string> {
        auto code = GivenCodeRepository::find(transaction, request.code);
        if (!code || code->key != given->key) return std::nullopt;  // it was replaced since
        Try one{transaction, scheduler, request, *std::move(code)};
        if (proof == ProofOf::codeAndKey && one.isOpen()) return one.accept();
        one.refuse(proof);
        return std::nullopt;
    });
    if (!answer) throw codeRefused();
    return *answer;
}

void retireIdentity(const PeopleDesk& desk, const StationId& station) {
    desk.database.write([&](WriteTransaction& transaction) {
        requireStation(transaction, desk, Right::keepPlaces, station);
        const auto identity = IdentityRepository::newest(transaction, station);
        if (!identity || identity->retired) throw noSuchIdentity(station);
        close(transaction, desk, station);
    });
}

void noteSequence(WriteTransaction& transaction, const StationId& station, std::int64_t epoch, std::int64_t last) {
    auto identity = IdentityRepository::newest(transaction, station);
    if (!identity || identity->retired || (identity->epoch == epoch && identity->lastSequence >= last)) return;
    identity->epoch = epoch;
    identity->lastSequence = last;
    IdentityRepository::save(transaction, *identity);
}

}  // namespace loa

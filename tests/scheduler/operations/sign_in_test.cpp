#include "scheduler/operations/sign_in.h"

#include <dlfcn.h>
#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

const AreaId tanHue{"tan-hue"};
const std::optional<std::string> noCode;

/// Tries from that address.
Scheduler from(TestOffice& office, const std::string& address) {
    Scheduler own = office.scheduler;
    own.actor.address = address;
    return own;
}

std::string refusal(TestOffice& office, const std::string& name, const std::string& password,
                    const std::optional<std::string>& code = noCode, const std::string& address = "10.0.0.1") {
    auto own = from(office, address);
    return refusalOf([&] { signIn(own, name, password, code); });
}

std::string codeNow(const TestOffice& office) {
    return codeAt(commonFactor, office.clock.now());
}

/// The work of each password that was looked at, in order: "$argon2id$v=19$m=65536,t=2,p=1$".
std::vector<std::string> looked;

}  // namespace

/// libsodium's own stands behind it. A clock would tell a busy machine's time, not what was done.
extern "C" int crypto_pwhash_str_verify(const char* hash, const char* password, unsigned long long size) {
    std::string work{hash};
    for (int part = 0; part < 2; ++part) work.erase(work.rfind('$'));
    looked.push_back(std::move(work));
    using Verify = int (*)(const char*, const char*, unsigned long long);
    return reinterpret_cast<Verify>(dlsym(RTLD_NEXT, "crypto_pwhash_str_verify"))(hash, password, size);
}

TEST_CASE("sign in: the right password begins a session with an id of its own, for twelve hours, F78") {
    TestOffice office;
    Callers callers{office.scheduler};
    personOf(office, "lan", {{Role::author, tanHue}});
    const auto first = signIn(office.scheduler, "lan", commonPassword, noCode);
    const auto second = signIn(office.scheduler, "lan", commonPassword, noCode);
    CHECK(first.secret != second.secret);
    CHECK(first.session.id != second.session.id);
    CHECK(callers.ofSession(first.secret)->person->id == PersonId{"lan"});
    signOut(office.scheduler, first.session.id);
    CHECK_FALSE(callers.ofSession(first.secret));
    CHECK(callers.ofSession(second.secret));
    office.clock.advance(sessionLife);
    CHECK_FALSE(callers.ofSession(second.secret));
    CHECK_FALSE(callers.ofSession("loa_session_" + std::string(64, '0')));
}

TEST_CASE("sign in: an unknown name, a disabled one and a wrong password are told the same, F77") {
    TestOffice office;
    personOf(office, "lan", {{Role::author, tanHue}});
    auto gone = personOf(office, "minh", {{Role::author, tanHue}});
    disablePerson(office.scheduler, gone.id);
    const auto words = [&](const std::string& name, const std::string& password) {
        try {
            signIn(office.scheduler, name, password, noCode);
        } catch (const Error& error) {
            return error.code() + error.words().vi + error.words().en;
        }
        return std::string{};
    };
    const auto wrong = words("lan", "x");
    CHECK(wrong.starts_with("wrong-sign-in"));
    CHECK(words("nobody", "x") == wrong);
    CHECK(words("minh", commonPassword) == wrong);
}

TEST_CASE("sign in: for an unknown name as much is hashed as for a known one, F77") {
    TestOffice office;
    personOf(office, "lan", {{Role::author, tanHue}});
    personOf(office, "duy", {{Role::approver, tanHue}});
    disablePerson(office.scheduler, personOf(office, "minh", {{Role::author, tanHue}}).id);
    const auto workFor = [&](const std::string& name, const std::string& password,
                             const std::optional<std::string>& code = noCode) {
        looked.clear();
        refusal(office, name, password, code);
        return looked;
    };
    const auto known = workFor("lan", "x");
    REQUIRE(known.size() == 1);
    CHECK(known.front() == "$argon2id$v=19$m=65536,t=2,p=1");
    CHECK(workFor("lan", commonPassword) == known);
    for (const char* name : {"nobody", "minh", "", "Lan"}) {
        CAPTURE(std::string{name});
        CHECK(workFor(name, "x") == known);
        CHECK(workFor(name, commonPassword) == known);
        CHECK(workFor(name, "x", "000000") == known);
    }
    CHECK(workFor("duy", commonPassword) == known);
    CHECK(workFor("duy", commonPassword, "000000") == known);
}

TEST_CASE("sign in: whoever needs a second factor shows a code, and none twice") {
    TestOffice office;
    personOf(office, "duy", {{Role::approver, tanHue}});
    CHECK(refusal(office, "duy", commonPassword) == "code-needed");
    CHECK(refusal(office, "duy", "x") == "wrong-sign-in");
    CHECK(refusal(office, "duy", commonPassword, "000000") == "wrong-sign-in");
    CHECK(refusal(office, "duy", commonPassword, codeNow(office)).empty());
    CHECK(refusal(office, "duy", commonPassword, codeNow(office)) == "wrong-sign-in");
    office.clock.advance(std::chrono::minutes{5});
    const auto code = codeNow(office);
    CHECK(refusal(office, "duy", "x", code) == "wrong-sign-in");
    CHECK(refusal(office, "duy", commonPassword, code) == "wrong-sign-in");
}

TEST_CASE("sign in: a duty officer under attack gets in with a code, also from an address nobody knows, F76") {
    TestOffice office;
    personOf(office, "truc", {{Role::dutyOfficer, std::nullopt}});
    personOf(office, "lan", {{Role::author, tanHue}});
    CHECK(refusal(office, "lan", commonPassword, noCode, "10.0.0.7").empty());
    int looked = 0;
    for (int i = 0; i < 40; ++i)
        for (const char* name : {"truc", "lan"})
            if (refusal(office, name, "guess", noCode, "10.1.0." + std::to_string(i)) == "wrong-sign-in") ++looked;
    CHECK(looked == 6);
    CHECK(refusal(office, "truc", commonPassword, noCode, "10.2.0.1") == "too-many-tries");
    CHECK(refusal(office, "truc", commonPassword, codeNow(office), "10.2.0.1").empty());
    CHECK(refusal(office, "lan", commonPassword, noCode, "10.2.0.1") == "too-many-tries");
    CHECK(refusal(office, "lan", commonPassword, noCode, "10.0.0.7").empty());
}

TEST_CASE("sign in: codes are not guessed with the right password, and the owner gets in where they are known, F76") {
    TestOffice office;
    personOf(office, "truc", {{Role::dutyOfficer, std::nullopt}});
    CHECK(refusal(office, "truc", commonPassword, codeNow(office), "10.0.0.7").empty());
    office.clock.advance(std::chrono::minutes{2});
    int looked = 0;
    for (int i = 0; i < 200; ++i)
        if (refusal(office, "truc", commonPassword, "000000", "10.1.0." + std::to_string(i)) == "wrong-sign-in")
            ++looked;
    CHECK(looked <= 10);
    CHECK(refusal(office, "truc", commonPassword, codeNow(office), "10.2.0.1") == "too-many-tries");
    CHECK(refusal(office, "truc", commonPassword, codeNow(office), "10.0.0.7").empty());
    office.clock.advance(std::chrono::minutes{1});
    CHECK(refusal(office, "truc", commonPassword, codeNow(office), "10.2.0.1").empty());
}

TEST_CASE(
    "sign in: a browser that signed somebody in is open to them whoever guesses, also at their own address, F76") {
    TestOffice office;
    personOf(office, "lan", {{Role::author, tanHue}});
    personOf(office, "truc", {{Role::dutyOfficer, std::nullopt}});
    const auto tryIn = [&](const char* name, const std::optional<std::string>& browser, const std::string& code = "") {
        return refusalOf([&] {
            signIn(office.scheduler, name, commonPassword, code.empty() ? noCode : std::optional{code}, browser);
        });
    };
    const auto browser = signIn(office.scheduler, "lan", commonPassword, noCode).browser;
    const auto codes = signIn(office.scheduler, "truc", commonPassword, codeNow(office)).browser;
    CHECK(browser.starts_with("loa_browser_"));
    CHECK(browser.size() == 12 + 64);
    office.clock.advance(std::chrono::minutes{5});
    for (const char* name : {"lan", "truc"})
        for (const char* address : {"", "10.9.9.9"})  // theirs, and a stranger's
            for (int i = 0; i < 30; ++i) {
                refusal(office, name, "guess", noCode, address);
                refusal(office, name, "guess", "000000", address);
            }
    for (const auto& strange : {std::optional<std::string>{}, std::optional{codes}, std::optional{std::string{}},
                                std::optional{sha256Hex(browser)}, std::optional{browser + "0"}})
        CHECK(tryIn("lan", strange) == "too-many-tries");
    CHECK(tryIn("truc", browser, codeNow(office)) == "too-many-tries");
    for (int i = 0; i < 10; ++i) CHECK(tryIn("lan", browser).empty());
    CHECK(tryIn("truc", codes, codeNow(office)).empty());
}

TEST_CASE(
    "sign in: a browser's cookie signs nobody in, is the same for all who sign in by it, and is never a planted one") {
    TestOffice office;
    personOf(office, "lan", {{Role::author, tanHue}});
    personOf(office, "minh", {{Role::author, tanHue}});
    Callers callers{office.scheduler};
    const auto by = [&](const char* name, const std::optional<std::string>& browser) {
        return signIn(office.scheduler, name, commonPassword, noCode, browser).browser;
    };
    const auto browser = by("lan", std::nullopt);
    CHECK_FALSE(callers.ofSession(browser));
    CHECK_FALSE(callers.ofToken(browser));
    CHECK(refusalOf([&] { signIn(office.scheduler, "lan", "x", noCode, browser); }) == "wrong-sign-in");
    CHECK(by("lan", browser) == browser);
    CHECK(by("minh", browser) == browser);
    CHECK(by("lan", std::nullopt) != browser);
    const auto planted = "loa_browser_" + std::string(64, 'a');
    CHECK(by("lan", planted) != planted);
    CHECK(nameOfBrowser(office.scheduler, browser) == sha256Hex(browser).substr(0, 16));
    for (const auto& unknown : {planted, std::string{}, sha256Hex(browser)})
        CHECK_FALSE(nameOfBrowser(office.scheduler, unknown));
}

TEST_CASE("sign in: a wrong try and one without its code make no browser known") {
    TestOffice office;
    personOf(office, "duy", {{Role::approver, tanHue}});
    const auto browser = signIn(office.scheduler, "duy", commonPassword, codeNow(office)).browser;
    resetPerson(office.scheduler, PersonId{"duy"});
    CHECK_FALSE(nameOfBrowser(office.scheduler, browser));
    const auto duy = personOf(office, "duy", {{Role::approver, tanHue}});
    CHECK(refusalOf([&] { signIn(office.scheduler, "duy", "x", codeNow(office), browser); }) == "wrong-sign-in");
    CHECK(refusalOf([&] { signIn(office.scheduler, "duy", commonPassword, noCode, browser); }) == "code-needed");
    CHECK_FALSE(nameOfBrowser(office.scheduler, browser));
}

TEST_CASE("sign in: browsers are forgotten with a reset and with a disabled account, the ninth, and after 400 days") {
    TestOffice office;
    const auto person = [&](const char* id) { return personOf(office, id, {{Role::author, tanHue}}).id; };
    const auto by = [&](const PersonId& id) {
        return signIn(office.scheduler, id.text(), commonPassword, noCode).browser;
    };
    const auto isKnown = [&](const std::string& browser) {
        return nameOfBrowser(office.scheduler, browser).has_value();
    };
    const auto lan = person("lan");
    const auto first = by(lan);
    resetPerson(office.scheduler, lan);
    CHECK_FALSE(isKnown(first));
    const auto minh = person("minh");
    const auto second = by(minh);
    disablePerson(office.scheduler, minh);
    CHECK_FALSE(isKnown(second));
    const auto hoa = person("hoa");
    std::vector<std::string> all;
    for (int i = 0; i < mostBrowsers; ++i) {
        all.push_back(by(hoa));
        office.clock.advance(Milliseconds{1});
    }
    signIn(office.scheduler, "hoa", commonPassword, noCode, all.front());
    for (const auto& browser : all) CHECK(isKnown(browser));
    office.clock.advance(Milliseconds{1});
    all.push_back(by(hoa));
    CHECK_FALSE(isKnown(all.at(1)));
    for (const auto& browser : {all.at(0), all.at(2), all.back()}) CHECK(isKnown(browser));
    office.clock.advance(browserLife + Milliseconds{1});
    by(person("nga"));
    CHECK_FALSE(isKnown(all.back()));
}

TEST_CASE("sign in: who is signed in is not kept from their own account by guesses from the same office, F76") {
    TestOffice office;
    const auto lan = personOf(office, "lan", {{Role::author, tanHue}});
    const auto signedIn = signIn(office.scheduler, "lan", commonPassword, noCode);
    while (refusalOf([&] { signIn(office.scheduler, "lan", "guess", noCode); }) == "wrong-sign-in") continue;
    CHECK(refusalOf([&] { confirmSession(office.scheduler, signedIn.session.id, commonPassword, noCode); }).empty());
    CHECK(refusalOf([&] {
              changePassword(office.scheduler, signedIn.session.id, commonPassword, "một mật khẩu khác");
          }).empty());
}

TEST_CASE("sign in: a household's next IPv6 address is known as the last one was") {
    TestOffice office;
    personOf(office, "lan", {{Role::author, tanHue}});
    CHECK(refusal(office, "lan", commonPassword, noCode, "2001:db8:1:2::7").empty());
    for (int i = 0; i < 20; ++i) refusal(office, "lan", "guess", noCode, "10.1.0." + std::to_string(i));
    CHECK(refusal(office, "lan", commonPassword, noCode, "2001:db8:1:3::8") == "too-many-tries");
    CHECK(refusal(office, "lan", commonPassword, noCode, "2001:db8:1:2::8").empty());
}

TEST_CASE("sign in: a session is confirmed with the password, and the code where there is one") {
    TestOffice office;
    Callers callers{office.scheduler};
    personOf(office, "duy", {{Role::approver, tanHue}});
    const auto signedIn = signIn(office.scheduler, "duy", commonPassword, codeNow(office));
    office.clock.advance(std::chrono::minutes{20});
    CHECK(callers.ofSession(signedIn.secret)->session->confirmed == signedIn.session.created);
    const auto confirm = [&](const std::string& password, const std::optional<std::string>& code) {
        return refusalOf([&] { confirmSession(office.scheduler, signedIn.session.id, password, code); });
    };
    CHECK(confirm("x", codeNow(office)) == "wrong-sign-in");
    office.clock.advance(std::chrono::minutes{1});
    CHECK(confirm(commonPassword, noCode) == "code-needed");
    CHECK(confirm(commonPassword, codeNow(office)).empty());
    CHECK(callers.ofSession(signedIn.secret)->session->confirmed == office.clock.now());
    signOut(office.scheduler, signedIn.session.id);
    CHECK(confirm(commonPassword, codeNow(office)) == "session-ended");
}

TEST_CASE("sign in: a new password confirms nothing, for no code was asked for") {
    TestOffice office;
    personOf(office, "duy", {{Role::approver, tanHue}});
    const auto signedIn = signIn(office.scheduler, "duy", commonPassword, codeNow(office));
    office.clock.advance(std::chrono::minutes{20});
    const auto changed = changePassword(office.scheduler, signedIn.session.id, commonPassword, "một mật khẩu khác");
    CHECK(changed.session.confirmed == signedIn.session.confirmed);
}

TEST_CASE("sign in: a second factor ends what came in without one, and takes the password given just before") {
    TestOffice office;
    Callers callers{office.scheduler};
    personOf(office, "lan", {{Role::author, tanHue}});
    const auto stolen = signIn(office.scheduler, "lan", commonPassword, noCode);
    office.clock.advance(std::chrono::minutes{16});
    CHECK(refusalOf([&] { beginSecondFactor(office.scheduler, stolen.session.id); }) == "confirmation-needed");
    const auto mine = signIn(office.scheduler, "lan", commonPassword, noCode);
    const auto secret = beginSecondFactor(office.scheduler, mine.session.id);
    const auto signedIn = confirmSecondFactor(office.scheduler, mine.session.id, codeAt(secret, office.clock.now()));
    CHECK(callers.ofSession(signedIn.secret));
    CHECK_FALSE(callers.ofSession(mine.secret));
    CHECK_FALSE(callers.ofSession(stolen.secret));
}

TEST_CASE("sign in: a new password ends everything that was signed in, and begins a session of its own, F78") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto lan = personOf(office, "lan", {{Role::author, tanHue}});
    const auto other = sessionOf(office, lan.id);
    const auto token = issuePersonalToken(office.scheduler, lan.id, "máy", {Right::seePlan}, std::nullopt).secret;
    const auto mine = signIn(office.scheduler, "lan", commonPassword, noCode);
    const auto change = [&](const std::string& old, const std::string& chosen) {
        return refusalOf([&] { changePassword(office.scheduler, mine.session.id, old, chosen); });
    };
    CHECK(change(commonPassword, "ngắn") == "password-too-short");
    CHECK(change(commonPassword, commonPassword) == "same-password");
    CHECK(change("x", "một mật khẩu khác") == "wrong-sign-in");
    const auto changed = changePassword(office.scheduler, mine.session.id, commonPassword, "một mật khẩu khác");
    CHECK(callers.ofSession(changed.secret));
    for (const auto& ended : {other, mine.secret}) CHECK_FALSE(callers.ofSession(ended));
    CHECK_FALSE(callers.ofToken(token));
    CHECK(refusal(office, "lan", commonPassword) == "wrong-sign-in");
}

TEST_CASE("sign in: without the second factor they need, approvers, duty officers and admins can only enrol one") {
    TestOffice office;
    Callers callers{office.scheduler};
    for (const auto role : {Role::approver, Role::dutyOfficer, Role::admin}) {
        CAPTURE(toText(role));
        auto person = personOf(office, "p", {{role, tanHue}});
        person.secondFactor.reset();
        person.lastCodeStep = 0;
        office.database.write([&](WriteTransaction& transaction) { PersonRepository::save(transaction, person); });
        auto session = signIn(office.scheduler, "p", commonPassword, noCode);
        const auto standing = [&] { return callers.ofSession(session.secret)->standing; };
        for (const auto& [right, word] : choiceWords<Right>)
            CHECK(standing().holds(right) == (right == Right::ownAccount));
        const auto secret = beginSecondFactor(office.scheduler, session.session.id);
        CHECK_FALSE(standing().holds(Right::seePlan));
        CHECK(refusalOf([&] { confirmSecondFactor(office.scheduler, session.session.id, "12345"); }) == "wrong-code");
        session = confirmSecondFactor(office.scheduler, session.session.id, codeAt(secret, office.clock.now()));
        CHECK(standing().holdsAt(Right::seePlan, tanHue));
        CHECK(refusalOf([&] { beginSecondFactor(office.scheduler, session.session.id); }) == "has-second-factor");
        CHECK(refusal(office, "p", commonPassword) == "code-needed");
        CHECK(refusal(office, "p", commonPassword, codeAt(secret, office.clock.now())) == "wrong-sign-in");
        office.clock.advance(std::chrono::minutes{2});
        CHECK(refusal(office, "p", commonPassword, codeAt(secret, office.clock.now())).empty());
        office.clock.advance(std::chrono::minutes{2});
    }
}

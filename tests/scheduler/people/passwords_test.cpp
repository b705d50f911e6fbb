#include "scheduler/people/passwords.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

std::string refusal(const std::string& password) {
    try {
        checkPassword(password, "nguyen-thi-lan");
        return "";
    } catch (const Error& error) {
        return error.code();
    }
}

}  // namespace

TEST_CASE("passwords: what is stored is Argon2id with its limits, and only the same password matches it") {
    Passwords passwords;
    const auto hash = passwords.hash("bốn từ bất kỳ");
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(passwords.matches("bốn từ bất kỳ", hash));
    CHECK_FALSE(passwords.matches("bốn từ bất kỳ ", hash));
    CHECK_FALSE(passwords.matches("", hash));
    CHECK(passwords.hash("bốn từ bất kỳ") != hash);
}

TEST_CASE("passwords: nobody's password is none, whatever it is") {
    Passwords passwords;
    CHECK_FALSE(passwords.matches("bốn từ bất kỳ", ""));
    CHECK_FALSE(passwords.matches("", ""));
}

TEST_CASE("passwords: short, long and plain ones are refused by name; a few words of one's own are not") {
    CHECK(refusal("mười một kt") == "password-too-short");
    CHECK(refusal("mười hai ký.").empty());
    CHECK(refusal(std::string(1024, 'x') + 'y') == "password-too-long");
    CHECK(refusal(std::string(1023, 'x') + 'y').empty());
    CHECK(refusal(std::string(20, 'x')) == "password-too-plain");
    CHECK(refusal("nguyen-thi-lan") == "password-too-plain");
    std::set<std::string> made;
    for (int i = 0; i < 100; ++i) {
        made.insert(newPassword());
        CHECK(refusal(*made.begin()).empty());
    }
    CHECK(made.size() == 100);
}

TEST_CASE("passwords: two are worked on at once, a third waits for its turn") {
    AtOnce<2, 6> turns;
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::atomic<bool> hasMet{false};
    const auto work = [&] {
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
        if (now == 2) hasMet = true;
        while (!hasMet) std::this_thread::yield();  // until there are two
        --inside;
        return 0;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back([&] { turns.run(work); });
    for (auto& thread : threads) thread.join();
    CHECK(most == 2);
}

TEST_CASE("passwords: beyond those that wait, one is told so at once") {
    AtOnce<1, 0> turns;
    const auto one = [] { return 1; };
    bool hasRun = true;
    turns.run([&] {
        hasRun = turns.run(one).has_value();
        return 0;
    });
    CHECK_FALSE(hasRun);
    CHECK(turns.run(one) == 1);
}

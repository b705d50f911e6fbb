#include "scheduler/people/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace loa {
namespace {

// A name: of strangers at most 3 at once and 2 a minute, and the same again at all addresses together where it is
// known, so that no account is tried more than 10 times in a minute by browsers that are not its own. An address:
// enough for an office that comes to work.
const Leak freshName{3, std::chrono::seconds{30}};
const Leak freshKnown{3, std::chrono::seconds{30}};
const Leak freshAddress{30, std::chrono::seconds{5}};
// Three codes hold at any moment: at this pace, and with the right password, one is guessed in a third of a year.
const Leak freshCode{10, std::chrono::seconds{30}};

constexpr std::size_t tidyAbove = 4096;

bool isStrangers(const SignInTry& attempt) {
    return attempt.own.empty() && !attempt.isKnown;
}

}  // namespace

Milliseconds Leak::wait(Milliseconds now) const {
    return std::max(Milliseconds{0}, std::max(free_, now) + each_ - now - atOnce_ * each_);
}

void Leak::take(Milliseconds now) {
    free_ = std::max(free_, now) + each_;
}

void Leak::giveBack(Milliseconds now) {
    free_ = std::max(free_ - each_, now);
}

Throttle::Source Throttle::sourceOf(const SignInTry& attempt) {
    if (isStrangers(attempt)) return {attempt.name, "a stranger"};
    return {attempt.name, attempt.own.empty() ? "a known address" : attempt.own};
}

Milliseconds Throttle::takeCode(const SignInTry& attempt, Milliseconds now) {
    if (size() > tidyAbove) forgetEmpty(now);
    auto& codes = codes_.try_emplace(sourceOf(attempt), freshCode).first->second;
    const auto wait = codes.wait(now);
    if (wait == Milliseconds{0}) codes.take(now);
    return wait;
}

Milliseconds Throttle::take(const SignInTry& attempt, Milliseconds now) {
    if (attempt.hasCode) return Milliseconds{0};
    if (size() > tidyAbove) forgetEmpty(now);
    if (!isStrangers(attempt)) {
        auto& known = known_.try_emplace(sourceOf(attempt), freshKnown).first->second;
        const auto wait = known.wait(now);
        if (wait == Milliseconds{0}) known.take(now);
        return wait;
    }
    auto& name = names_.try_emplace(attempt.name, freshName).first->second;
    auto& address = addresses_.try_emplace(countedAddress(attempt.address), freshAddress).first->second;
    const auto wait = std::max({name.wait(now), address.wait(now), all_.wait(now)});
    if (wait > Milliseconds{0}) return wait;
    name.take(now);
    address.take(now);
    all_.take(now);
    return Milliseconds{0};
}

void Throttle::succeeded(const SignInTry& attempt, Milliseconds now) {
    const auto giveBack = [&](auto& leaks, const auto& key) {
        if (const auto found = leaks.find(key); found != leaks.end()) found->second.giveBack(now);
    };
    if (attempt.hasCode) return giveBack(codes_, sourceOf(attempt));
    if (!isStrangers(attempt)) return giveBack(known_, sourceOf(attempt));
    giveBack(names_, attempt.name);
    giveBack(addresses_, countedAddress(attempt.address));
    all_.giveBack(now);
}

void Throttle::forgetEmpty(Milliseconds now) {
    const auto isEmpty = [now](const auto& entry) { return entry.second.isEmpty(now); };
    std::erase_if(names_, isEmpty);
    std::erase_if(addresses_, isEmpty);
    std::erase_if(known_, isEmpty);
    std::erase_if(codes_, isEmpty);
}

std::string countedAddress(const std::string& address) {
    constexpr std::size_t networkBytes = 8;
    in6_addr bytes{};
    if (inet_pton(AF_INET6, address.c_str(), &bytes) != 1) return address;
    if (IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
    std::memset(bytes.s6_addr + networkBytes, 0, sizeof bytes.s6_addr - networkBytes);
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, &bytes, text.data(), text.size());
    return std::string{text.data()} + "/64";
}

}  // namespace loa

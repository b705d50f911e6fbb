// Of each budget only one instant is kept: when it is whole again. What is whole needs no memory. Called by the worker
// threads of all listeners; a call takes a look-up in a map, and once a second at most, when there is no room, a sweep.
#include "api/http/rates.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

namespace loa {

namespace {

using namespace std::chrono_literals;

constexpr auto sweepEvery = 1s;
constexpr auto newsEvery = 1min;

const Budget& budgetOf(const Budgets& budgets, Counted counted) {
    switch (counted) {
        case Counted::read:
            return budgets.reads;
        case Counted::write:
            return budgets.writes;
        case Counted::signIn:
            return budgets.signIns;
        case Counted::report:
            return budgets.reports;
        case Counted::enrolment:
            return budgets.enrolments;
        case Counted::refused:
            return budgets.refusals;
    }
    return budgets.refusals;
}

}  // namespace

Rates::Rates(const Budgets& budgets, std::size_t callersLimit) : budgets_{budgets}, callersLimit_{callersLimit} {}

std::optional<Rates::Refusal> Rates::take(Counted counted, const CountedCaller& caller, Time now) {
    const auto& budget = budgetOf(budgets_, counted);
    const std::lock_guard lock{mutex_};
    auto& spent = spentBy({counted, caller}, now);
    const auto until = std::max(spent.until, now) + budget.every;
    const auto wait = until - now - budget.burst * budget.every;
    if (wait <= Time::duration::zero()) {
        spent.until = until;
        return std::nullopt;
    }
    const bool isNews = spent.toldAt == Time{} || now - spent.toldAt >= newsEvery;
    if (isNews) spent.toldAt = now;
    return Refusal{std::chrono::ceil<Milliseconds>(wait), isNews};
}

Rates::Spent& Rates::spentBy(const Key& key, Time now) {
    auto& room = key.caller.known ? known_ : unknown_;
    if (const auto found = room.spent.find(key); found != room.spent.end()) return found->second;
    if (room.spent.size() >= callersLimit_ && now - room.sweptAt >= sweepEvery) {
        room.sweptAt = now;
        std::erase_if(room.spent, [&](const auto& entry) { return entry.second.until <= now; });
    }
    if (room.spent.size() < callersLimit_) return room.spent[key];
    return room.spent[{key.counted, {key.caller.known, ""}}];
}

std::size_t Rates::callers() const {
    const std::lock_guard lock{mutex_};
    return known_.spent.size() + unknown_.spent.size();
}

std::string networkOf(const std::string& address) {
    in6_addr bytes{};
    if (inet_pton(AF_INET6, address.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
    std::fill(std::begin(bytes.s6_addr) + 8, std::end(bytes.s6_addr), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, &bytes, text.data(), text.size());
    return std::string{text.data()} + "/64";
}

}  // namespace loa

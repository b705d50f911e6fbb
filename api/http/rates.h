#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/domain/time.h"

namespace loa {

/// How often one caller may do one kind of thing: so many at once, and one more with each `every` that passes.
struct Budget {
    int burst = 1;
    std::chrono::microseconds every{1'000'000};
};

/// What a request counts as.
enum class Counted {
    read,
    write,
    signIn,  ///< gives out a token or a code
    report,  ///< what a station says of itself
    enrolment,
    refused  ///< got no further than 401, 403, 404 or 405
};

/// The budgets of one caller.
struct Budgets {
    Budget reads{1'000, std::chrono::milliseconds{10}};
    Budget writes{200, std::chrono::milliseconds{50}};
    Budget signIns{100, std::chrono::milliseconds{100}};
    Budget reports{100, std::chrono::milliseconds{100}};
    Budget enrolments{20, std::chrono::seconds{3}};
    Budget refusals{100, std::chrono::milliseconds{200}};
};

/// Who is counted: a principal by its name, or, where nobody is signed in, an address (networkOf).
struct CountedCaller {
    bool known = false;
    std::string name;
    auto operator<=>(const CountedCaller&) const = default;
};

/// Counts what each caller asks (a leaky bucket, GCRA). Is told the time, which never goes back; from any number of
/// threads. Remembers so many callers and no more: the known and the unknown apart, so that no flood of addresses makes
/// it forget a principal; those for whom there is no room share one budget.
class Rates {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Refusal {
        Milliseconds wait{0};  ///< until one more is granted
        bool isNews = false;   ///< the first in a minute for this caller and kind
    };

    explicit Rates(const Budgets& budgets, std::size_t callersLimit = 20'000);
    /// Takes one of what the caller has left of the kind; a refusal takes nothing.
    std::optional<Refusal> take(Counted counted, const CountedCaller& caller, Time now);
    std::size_t callers() const;  ///< remembered now, counted once for each kind

private:
    struct Key {
        Counted counted;
        CountedCaller caller;
        auto operator<=>(const Key&) const = default;
    };
    struct Spent {
        Time until;   // when all of the budget is there again
        Time toldAt;  // of the last refusal that was news
    };
    struct Room {
        std::map<Key, Spent> spent;
        Time sweptAt;
    };

    Spent& spentBy(const Key& key, Time now);

    const Budgets budgets_;
    const std::size_t callersLimit_;
    mutable std::mutex mutex_;  // guards all below
    Room known_;
    Room unknown_;
};

/// Whose an address is: an IPv6 address stands for its /64, which one subscriber has whole.
std::string networkOf(const std::string& address);

}  // namespace loa

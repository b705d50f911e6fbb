#pragma once
#include <atomic>
#include <cstddef>
#include <optional>
#include <semaphore>
#include <utility>

namespace loa {

/// Lets so many pieces of work run at once; so many more wait for their turn, and beyond them none. From any thread.
template <std::ptrdiff_t most, std::ptrdiff_t mostWaiting>
class AtOnce {
public:
    /// What `work()` gives; empty, and nothing was done, where too many wait.
    template <class Work>
    auto run(Work&& work) -> std::optional<decltype(work())> {
        const Place place{places_};
        if (place.number >= most + mostWaiting) return std::nullopt;
        const Turn turn{free_};
        return std::forward<Work>(work)();
    }

private:
    using Free = std::counting_semaphore<most>;
    struct Place {
        explicit Place(std::atomic<std::ptrdiff_t>& all) : places{all}, number{all++} {}
        ~Place() { --places; }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        std::atomic<std::ptrdiff_t>& places;
        std::ptrdiff_t number;
    };
    struct Turn {
        explicit Turn(Free& free) : free_{free} { free_.acquire(); }
        ~Turn() { free_.release(); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Free& free_;
    };
    Free free_{most};
    std::atomic<std::ptrdiff_t> places_{0};
};

}  // namespace loa

#pragma once
#include <cstddef>
#include <semaphore>
#include <utility>

namespace loa {

/// Lets so many pieces of work run at once; one more waits for its turn. From any thread.
template <std::ptrdiff_t most>
class AtOnce {
public:
    /// What `work()` gives.
    template <class Work>
    auto run(Work&& work) {
        const Turn turn{free_};
        return std::forward<Work>(work)();
    }

private:
    using Free = std::counting_semaphore<most>;
    struct Turn {
        explicit Turn(Free& free) : free_{free} { free_.acquire(); }
        ~Turn() { free_.release(); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Free& free_;
    };
    Free free_{most};
};

}  // namespace loa

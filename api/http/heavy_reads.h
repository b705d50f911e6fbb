#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>

#include "api/http/response.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Has reads that walk much made one at a time, whatever listeners they come by: so no number of them takes the
/// processor and the threads from all else. A few wait for their turn; more of them are refused at once. From any
/// number of threads.
class HeavyReads {
public:
    /// So many wait, and none of them longer than `patience`.
    explicit HeavyReads(int waitingLimit = 2, Milliseconds patience = std::chrono::seconds{5});

    /// What `make` answers, made in its turn. A stream goes on in turns: while a piece of it is sent, it is another's,
    /// so that nobody who reads slowly holds up a read. Throws Error(unavailable, "heavy-reads") where too many wait or
    /// it waited too long, and what `make` throws. Must outlive the answer.
    Response inTurn(const std::function<Response()>& make);

    int waiting() const;  ///< that have not begun
    int goingOn() const;  ///< streams that wait for their next piece

private:
    class Turn;
    bool begin();
    void goOn();
    void end();

    const int waitingLimit_;
    const Milliseconds patience_;
    mutable std::mutex mutex_;  ///< guards all below
    std::condition_variable changed_;
    bool isUnderWay_ = false;
    int waiting_ = 0;
    int goingOn_ = 0;  ///< they go before all that have not begun
};

}  // namespace loa

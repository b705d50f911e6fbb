#include "scheduler/operations/readiness.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/heartbeat.h"

namespace loa {

void beatHeart(Scheduler& scheduler) {
    scheduler.database.write(
        [&](WriteTransaction& transaction) { Heartbeat::beat(transaction, scheduler.clock.now()); });
}

void requireWritableStore(Scheduler& scheduler) {
    const auto last =
        scheduler.database.read([](ReadTransaction& transaction) { return Heartbeat::last(transaction); });
    // Either way: after the clock was set back the last beat lies ahead.
    if (std::chrono::abs(scheduler.clock.now() - last) <= heartbeatLife) return;
    throw Error{Fault::unavailable,
                "store-not-writable",
                {"Kho dữ liệu chưa ghi được. Kiểm tra dung lượng đĩa của máy chủ.",
                 "the store has taken no write for half a minute; look whether its disk is full"}};
}

}  // namespace loa

#include "scheduler/operations/readiness.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/plan_version.h"

namespace loa {

void requireWritableStore(Scheduler& scheduler) {
    try {
        scheduler.database.write([](WriteTransaction& transaction) { PlanVersion::current(transaction); });
    } catch (const std::exception& fault) {
        throw Error{Fault::unavailable,
                    "store-not-writable",
                    {"Kho dữ liệu chưa ghi được. Kiểm tra dung lượng đĩa của máy chủ.",
                     std::string{"the store takes no writes: "} + fault.what()}};
    }
}

}  // namespace loa

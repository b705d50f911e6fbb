#include "scheduler/storage/heartbeat.h"

#include "scheduler/storage/statement.h"

namespace loa {

void Heartbeat::beat(WriteTransaction& transaction, Instant now) {
    execute(transaction, "UPDATE heartbeat SET beat = $1", now);
}

Instant Heartbeat::last(ReadTransaction& transaction) {
    return std::get<0>(select<Instant>(transaction, "SELECT beat FROM heartbeat").at(0));
}

}  // namespace loa

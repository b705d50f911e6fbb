#include "player/order_delivery.h"

#include "api/wire/order_json.h"

namespace loa {
namespace {

constexpr Milliseconds soundsEach{900'000};

}  // namespace

OrderDelivery::OrderDelivery(const StationId& station, Spool& spool, Uplink& uplink)
    : spool_{spool}, uplink_{uplink}, jitter_{stationJitter(station.text())} {}

void OrderDelivery::turn(Milliseconds sinceBoot) {
    if (!sounds_.underWay() && (asked_ || sounds_.free(sinceBoot))) {
        asked_ = false;
        uplink_.fetchOrderSounds();
        sounds_.begin();
    }
    if (!mayWait_ || !reports_.free(sinceBoot)) return;
    sent_ = spool_.waitingOrderReports(maximumReportsInBatch);
    mayWait_ = !sent_.empty();
    if (sent_.empty()) return;
    std::vector<OrderReport> reports;
    for (const auto& waiting : sent_) reports.push_back(waiting.report);
    uplink_.postOrderReports(reports);
    reports_.begin();
}

void OrderDelivery::received(const OrderReportsReceived&, Milliseconds sinceBoot, Instant now) {
    try {
        spool_.acknowledgeOrderReports(sent_, now);
    } catch (...) {
        reports_.fail(sinceBoot, jitter_);  // they go out again, which does no harm
        throw;
    }
    reports_.succeed(sinceBoot, Milliseconds{0});
}

void OrderDelivery::received(const OrderSoundsFetched&, Milliseconds sinceBoot) {
    sounds_.succeed(sinceBoot, soundsEach);
}

void OrderDelivery::received(const RequestFailed& answer, Milliseconds sinceBoot) {
    auto& pace = answer.request == RequestFailed::Request::orderSounds ? sounds_ : reports_;
    pace.fail(sinceBoot, jitter_);
}

}  // namespace loa

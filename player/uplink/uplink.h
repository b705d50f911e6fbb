#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/order.h"
#include "scheduler/domain/station_status.h"

namespace loa {

struct MediaWanted {
    MediaId media;
    std::int64_t bytes = 0;
    bool urgent = false;  ///< an order waits for it: fetched beside those that are not
    bool operator==(const MediaWanted&) const = default;
};

/// Where the bytes of one file go. Used on the uplink's media thread only. Any function may throw Error.
class MediaSink {
public:
    virtual ~MediaSink() = default;
    virtual std::int64_t have() const = 0;  ///< bytes of an earlier try
    virtual void append(std::string_view bytes) = 0;
    virtual void restart() = 0;  ///< forgets what it has
    virtual void finish() = 0;   ///< all have come: checks them
};

// --- answers
// -------------------------------------------------------------------------------------------------------------

struct ManifestFetched {
    std::string document;  ///< signed; nobody has verified it yet
    std::string etag;
};
struct ManifestUnchanged {};
struct TimeTold {
    std::string document;  ///< signed; nobody has verified it yet
};
struct AiringsReceived {
    std::vector<AiringId> received;
};
struct StatusReceived {
    LackingAirings lacking;  ///< at the office
};
struct MediaArrived {
    MediaId media;
};
/// The stream of orders is open, perhaps again: there may be news that nobody told of.
struct StreamOpened {};
struct OrderArrived {
    std::string document;  ///< signed; nobody has verified it yet
};
/// There is a newer plan than the last one that was told of.
struct PlanChanged {};
struct OrderSoundsFetched {
    std::vector<OrderSound> sounds;
};
struct OrderReportsReceived {};
struct RequestFailed {
    enum class Request { manifest, airings, status, media, time, orderSounds, orderReports };
    Request request = Request::manifest;
    int status = 0;   ///< of HTTP; 0 when no answer came
    std::string why;  ///< for technicians
    MediaId media;    ///< of a media request
};
using UplinkAnswer =
    std::variant<ManifestFetched, ManifestUnchanged, TimeTold, AiringsReceived, StatusReceived, MediaArrived,
                 StreamOpened, OrderArrived, PlanChanged, OrderSoundsFetched, OrderReportsReceived, RequestFailed>;

/// What a station asks the office. Each function but `listen` returns at once, makes one try, and is answered exactly
/// once, on a thread of the uplink's, unless the uplink is destroyed before. At most one request of each kind at a
/// time; of media, one that is urgent and one that is not.
class Uplink {
public:
    virtual ~Uplink() = default;
    /// `etag` of the one that is held; empty: none.
    virtual void fetchManifest(const std::string& etag) = 0;
    /// At most maximumAiringsInBatch.
    virtual void postAirings(const std::vector<Airing>& airings) = 0;
    virtual void postStatus(const StationStatus& status) = 0;
    virtual void fetchMedia(const MediaWanted& wanted) = 0;
    /// The office's signed time; `nonce` as in FreshStatement.
    virtual void askTime(const std::string& nonce) = 0;
    /// Whether the dates of the office's certificate count from the next request on: only with a clock to hold them
    /// against. At first they do not. The pinned CA and the name always count. Not answered.
    virtual void countDates(bool count) = 0;
    /// Keeps a stream open on which the office tells of orders and newer plans, from the first call on, and for ever:
    /// StreamOpened each time it is open, then OrderArrived and PlanChanged. Whenever it is opened, what is told begins
    /// after the order with the number `after` of the last call.
    virtual void listen(std::int64_t after) = 0;
    virtual void fetchOrderSounds() = 0;
    /// At most maximumReportsInBatch.
    virtual void postOrderReports(const std::vector<OrderReport>& reports) = 0;
};

}  // namespace loa

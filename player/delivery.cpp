// When the station asks the office what. One request of each kind at a time; what fails is tried again at growing
// distances, for ever: a station never gives up. A row that the office refuses by itself must not keep back those after
// it, so a refused batch is sent again row by row, and the refused row waits for the next round.
#include "player/delivery.h"

#include <algorithm>
#include <utility>

#include "api/wire/airing_json.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

/// Two questions while the office's word lasts: one may fail.
constexpr Milliseconds timeEach = officeWordLasts / 2;
constexpr std::size_t nonceBytes = 16;

/// Figures that move all the time are no news.
bool saysTheSame(StationStatus a, const StationStatus& b) {
    a.said = b.said;
    a.onAirFrames = b.onAirFrames;
    a.lastSequence = b.lastSequence;  // its row goes to the office by itself
    return a == b;
}

/// The office has read the rows and does not want them: sending the same again is no use.
bool refusesRows(int status) {
    return status == 400 || status == 413 || status == 422;
}

}  // namespace

Delivery::Delivery(const DeliverySettings& settings, Spool& spool, Uplink& uplink)
    : settings_{settings},
      spool_{spool},
      uplink_{uplink},
      jitter_{stationJitter(settings.station.text())},
      batch_{maximumAiringsInBatch} {}

void Delivery::want(std::vector<MediaWanted> media) {
    media_ = std::move(media);
    std::erase_if(mediaPace_, [&](const auto& entry) {
        return !entry.second.underWay() && std::none_of(media_.begin(), media_.end(), [&](const MediaWanted& wanted) {
            return wanted.media == entry.first;
        });
    });
}

std::int64_t Delivery::waiting() {
    if (!waiting_) waiting_ = spool_.waitingCount();
    return *waiting_;
}

void Delivery::turn(Milliseconds sinceBoot, const StationStatus& status) {
    if (time_.free(sinceBoot)) {  // first: how long it takes counts
        timeQuestion_ = {randomHex(nonceBytes), sinceBoot};
        uplink_.askTime(timeQuestion_.nonce);
        time_.begin();
    }
    if (plan_.free(sinceBoot)) {
        uplink_.fetchManifest(etag_);
        plan_.begin();
    }
    postRows(sinceBoot);
    postStatus(sinceBoot, status);
    fetchMedia(sinceBoot);
}

void Delivery::askForPlan(Milliseconds sinceBoot) {
    if (plan_.underWay())
        planAsked_ = true;
    else
        plan_.again(sinceBoot);
}

void Delivery::mediaEnded(const MediaId& media) {
    for (auto& underWay : mediaUnderWay_)
        if (underWay == media) underWay.reset();
}

void Delivery::postRows(Milliseconds sinceBoot) {
    if (!rows_.free(sinceBoot) || waiting() == 0) return;
    auto rows = spool_.waiting(after_, batch_);
    if (rows.empty()) {  // the round is over; the refused ones begin the next
        after_ = 0;
        batch_ = maximumAiringsInBatch;
        rows_.fail(sinceBoot, jitter_);
        return;
    }
    sent_.clear();
    for (const auto& row : rows) sent_.push_back(row.id);
    uplink_.postAirings(rows);
    rows_.begin();
}

bool Delivery::lastRows(Milliseconds sinceBoot) {
    if (rows_.underWay()) return true;
    if (rows_.failures() > 0 || waiting() == 0) return false;
    rows_.again(sinceBoot);
    postRows(sinceBoot);
    return rows_.underWay();
}

void Delivery::postStatus(Milliseconds sinceBoot, const StationStatus& status) {
    if (!statusPace_.free(sinceBoot) || (sinceBoot < statusDue_ && saysTheSame(lastStatus_, status))) return;
    uplink_.postStatus(status);
    lastStatus_ = status;
    statusPace_.begin();
}

void Delivery::fetchMedia(Milliseconds sinceBoot) {
    for (const auto& wanted : media_) {
        auto& underWay = mediaUnderWay_[wanted.urgent ? 1 : 0];
        if (underWay) continue;
        auto& pace = mediaPace_[wanted.media];
        if (!pace.free(sinceBoot)) continue;
        uplink_.fetchMedia(wanted);
        pace.begin();
        underWay = wanted.media;
    }
}

void Delivery::received(const ManifestUnchanged&, Milliseconds sinceBoot) {
    planHandled(sinceBoot);
}

void Delivery::planHandled(Milliseconds sinceBoot) {
    trouble_.clear();
    plan_.succeed(sinceBoot, std::exchange(planAsked_, false) ? Milliseconds{0} : settings_.manifestPoll);
}

void Delivery::timeHandled(Milliseconds sinceBoot, bool isBelieved) {
    if (isBelieved)
        time_.succeed(sinceBoot, timeEach);
    else
        time_.fail(sinceBoot, jitter_);
}

void Delivery::timeLost(Milliseconds sinceBoot) {
    if (!time_.underWay()) time_.again(sinceBoot);
}

void Delivery::received(const AiringsReceived& answer, Milliseconds sinceBoot, Instant now) {
    trouble_.clear();
    try {
        spool_.acknowledge(answer.received, now);
    } catch (...) {
        rows_.fail(sinceBoot, jitter_);  // they go out again, which does no harm
        throw;
    }
    killPoint("player.acknowledged");
    rowsChanged();
    const bool any = std::any_of(sent_.begin(), sent_.end(), [&](const AiringId& id) {
        return std::find(answer.received.begin(), answer.received.end(), id) != answer.received.end();
    });
    if (any)
        rows_.succeed(sinceBoot, Milliseconds{0});
    else
        rows_.fail(sinceBoot, jitter_);
}

void Delivery::received(const StatusReceived& answer, Milliseconds sinceBoot) {
    trouble_.clear();
    statusPace_.succeed(sinceBoot, Milliseconds{0});
    statusDue_ = sinceBoot + settings_.statusEach;
    if (spool_.sendAgain(answer.lacking) == 0) return;
    after_ = 0;  // they are the oldest
    rowsChanged();
}

void Delivery::received(const MediaArrived& answer) {
    mediaEnded(answer.media);
    mediaPace_.erase(answer.media);
    std::erase_if(media_, [&](const MediaWanted& wanted) { return wanted.media == answer.media; });
}

void Delivery::rowsRefused(int status) {
    if (!refusesRows(status)) return;
    if (sent_.size() > 1)
        batch_ = 1;
    else if (!sent_.empty())
        after_ = sent_.front().sequence;
}

void Delivery::received(const RequestFailed& answer, Milliseconds sinceBoot) {
    trouble_ = answer.why;
    switch (answer.request) {
        case RequestFailed::Request::manifest:
            plan_.fail(sinceBoot, jitter_);
            break;
        case RequestFailed::Request::time:
            time_.fail(sinceBoot, jitter_);
            break;
        case RequestFailed::Request::status:
            statusPace_.fail(sinceBoot, jitter_);
            statusDue_ = sinceBoot;  // it has not been told
            break;
        case RequestFailed::Request::media:
            mediaEnded(answer.media);
            mediaPace_[answer.media].fail(sinceBoot, jitter_);
            break;
        case RequestFailed::Request::orderSounds:
        case RequestFailed::Request::orderReports:
            break;  // OrderDelivery's
        case RequestFailed::Request::airings:
            rowsRefused(answer.status);
            if (refusesRows(answer.status))
                rows_.again(sinceBoot);
            else
                rows_.fail(sinceBoot, jitter_);
            break;
    }
}

}  // namespace loa

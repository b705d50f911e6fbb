#pragma once
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "player/office_time.h"
#include "player/pace.h"
#include "player/spool/spool.h"
#include "player/uplink/uplink.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/station_status.h"

namespace loa {

struct DeliverySettings {
    StationId station;
    Milliseconds manifestPoll{60'000};
    Milliseconds statusEach{900'000};
};

/// Decides when to ask the office what: the plan on a timer, rows as long as there are any, status on change and on a
/// timer, missing media one after the other, the first needed first, the time twice an hour. Used by the agent's
/// thread; never waits.
class Delivery {
public:
    Delivery(const DeliverySettings& settings, Spool& spool, Uplink& uplink);

    /// The ETag of the plan that is held.
    void holds(const std::string& etag) { etag_ = etag; }
    /// Files to fetch, in the order they are needed.
    void want(std::vector<MediaWanted> media);
    /// There may be a newer plan: it is asked for with the next turn, or again after the one that is under way.
    void askForPlan(Milliseconds sinceBoot);
    /// A row was ended: the outbox is not what it was.
    void rowsChanged() { waiting_.reset(); }
    std::int64_t waiting();

    /// Makes the requests that are due. `status` is what the station would say now.
    void turn(Milliseconds sinceBoot, const StationStatus& status);
    /// Only rows, whatever their pace: for the last moment before the end. False when there is nothing left to wait
    /// for.
    bool lastRows(Milliseconds sinceBoot);

    void received(const ManifestUnchanged&, Milliseconds sinceBoot);
    /// After the plan that came was kept, or could not be.
    void planHandled(Milliseconds sinceBoot);
    /// The question that TimeTold answers.
    const TimeQuestion& timeQuestion() const { return timeQuestion_; }
    /// After the answer was believed, or could not be.
    void timeHandled(Milliseconds sinceBoot, bool isBelieved);
    /// The time is not known any more: it is asked for at once.
    void timeLost(Milliseconds sinceBoot);
    /// Throws what the store throws; the rows are then sent again.
    void received(const AiringsReceived& answer, Milliseconds sinceBoot, Instant now);
    /// Throws what the store throws; the office says it again after the next status.
    void received(const StatusReceived& answer, Milliseconds sinceBoot);
    void received(const MediaArrived& answer);
    void received(const RequestFailed& answer, Milliseconds sinceBoot);

    /// "" while the office answers, else why not, for people who look at the box.
    const std::string& trouble() const { return trouble_; }

private:
    void postRows(Milliseconds sinceBoot);
    void postStatus(Milliseconds sinceBoot, const StationStatus& status);
    void fetchMedia(Milliseconds sinceBoot);
    void rowsRefused(int status);
    void mediaEnded(const MediaId& media);

    DeliverySettings settings_;
    Spool& spool_;
    Uplink& uplink_;
    int jitter_;
    std::string etag_;
    std::string trouble_;
    Pace plan_;
    Pace time_;
    TimeQuestion timeQuestion_;
    Pace rows_;
    Pace statusPace_;
    StationStatus lastStatus_;
    Milliseconds statusDue_{0};
    std::vector<MediaWanted> media_;
    std::map<MediaId, Pace> mediaPace_;
    std::array<std::optional<MediaId>, 2> mediaUnderWay_;  ///< one that is not urgent, one that is
    bool planAsked_ = false;                               ///< since the request under way was made
    std::optional<std::int64_t> waiting_;
    std::vector<AiringId> sent_;  ///< rows under way
    std::size_t batch_;
    std::int64_t after_ = 0;  ///< rows up to here were refused one by one; they get another try later
};

}  // namespace loa

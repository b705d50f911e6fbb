#pragma once
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "api/signing/signing.h"
#include "player/clock_watch.h"
#include "player/delivery.h"
#include "player/inbox.h"
#include "player/notice/service_notice.h"
#include "player/order_delivery.h"
#include "player/playout/step.h"
#include "player/sound_link.h"
#include "player/spool/media_cache.h"
#include "player/spool/spool.h"
#include "player/uplink/uplink.h"
#include "scheduler/domain/clock.h"

namespace loa {

struct AgentSettings {
    StationId station;
    std::vector<VerifyingKey> officeKeys;
    std::string soundSocket;
    std::string bootId;  ///< of the kernel
    Milliseconds manifestPoll{60'000};
    Milliseconds statusEach{900'000};
};

/// The one thread that owns the station's state: it gives the step what happened and carries out what the step
/// commands. Sound, network and timers only reach it as messages.
class Agent {
public:
    /// Loads the plan, closes the rows that an earlier life left open. Throws Error where the store does.
    Agent(const AgentSettings& settings, const Clock& clock, Spool& spool, const MediaCache& cache, Uplink& uplink,
          Inbox<UplinkAnswer>& inbox);

    /// Lives until `stopDescriptor` is readable, or until its store is found damaged; then fades out, writes what
    /// sounded, and tries one last post, 3 s at most.
    void run(int stopDescriptor);

private:
    void lookAtClock();
    void rebaseRows();
    void loadPlan();
    void loadOrders();
    void closeOpenRows();
    void adopt(Manifest manifest);
    void noteRow(const Airing& airing, bool settled);
    void keepHouse();

    void turn(int stopDescriptor);
    void wait(int stopDescriptor, Milliseconds limit);
    void readMessages();
    void readAnswers();
    void end();
    void tellServiceManager();
    bool framesAdvance() const;
    StationStatus status();

    void handle(const ManifestFetched& answer);
    void handle(const ManifestUnchanged& answer) { delivery_.received(answer, facts_.sinceBoot); }
    void handle(const TimeTold& answer);
    void handle(const AiringsReceived& answer) { delivery_.received(answer, facts_.sinceBoot, certainNow(facts_)); }
    void handle(const StatusReceived& answer) { delivery_.received(answer, facts_.sinceBoot); }
    void handle(const MediaArrived& answer);
    void handle(const RequestFailed& answer);

    // agent_orders.cpp
    void handle(const StreamOpened&) { askForNews(); }
    void handle(const OrderArrived& answer);
    void handle(const PlanChanged&) { askForNews(); }
    void handle(const OrderSoundsFetched& answer);
    void handle(const OrderReportsReceived& answer);
    void carryOut(const KeepOrder& command);
    void carryOut(const WriteOrderReport& command);
    void carryOut(const SoundNow& command);
    void carryOut(const SoundSignal& command);
    void listen();
    void askForNews();
    void wantOrderMedia(std::vector<MediaWanted>& wanted, std::set<MediaId>& seen) const;
    std::string orderStatus() const;

    // agent_commands.cpp
    void give(const Input& input);
    void carryOut(const CueSound& command);
    void carryOut(const WriteStarted& command);
    void carryOut(const StartSound& command);
    void carryOut(const StopSound& command);
    void carryOut(const WriteCheckpoint& command);
    void carryOut(const WriteEnded& command);
    void carryOut(const WriteMissed& command);
    void carryOut(const Quarantine& command);
    void carryOut(const DropSound& command);
    void wantMedia();
    void say(const std::string& line);

    AgentSettings settings_;
    ClockWatch watch_;
    Spool& spool_;
    const MediaCache& cache_;
    Uplink& uplink_;
    Inbox<UplinkAnswer>& inbox_;
    Delivery delivery_;
    OrderDelivery orderDelivery_;
    SoundLink link_;
    ServiceNotice notice_;
    Manifest manifest_;
    Facts facts_;
    Playout playout_;
    std::deque<Input> inputs_;             ///< for the step, in order
    std::vector<OrderSound> orderSounds_;  ///< what must lie ready before any order
    std::string lastSaid_;
    Milliseconds housekeeping_{0};
};

}  // namespace loa

// The agent's loop: wait for a message or the next due instant, read what has come, let the step think, ask the office.
// Owns all state; the only thread that touches spool, playout and loa-sound's socket. Never sleeps without listening,
// and nothing thrown by a part gets past the turn it was thrown in.
#include "player/agent.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "player/verified_manifest.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

constexpr Milliseconds longestWait{1'000};
constexpr Milliseconds waitBesideOrder{100};  ///< the pauses of an order are a second long
constexpr Milliseconds fadeLimit{2'000};
constexpr Milliseconds lastPostLimit{3'000};
constexpr Milliseconds houseEach{3'600'000};
constexpr Milliseconds stallLimit{10'000};  ///< an item on air whose frames stand still for so long

bool readable(int descriptor) {
    pollfd entry{descriptor, POLLIN, 0};
    return poll(&entry, 1, 0) > 0;
}

}  // namespace

Agent::Agent(const AgentSettings& settings, const Clock& clock, Spool& spool, const MediaCache& cache, Uplink& uplink,
             Inbox<UplinkAnswer>& inbox)
    : settings_{settings},
      watch_{clock, spool, settings.bootId},
      spool_{spool},
      cache_{cache},
      uplink_{uplink},
      inbox_{inbox},
      delivery_{{settings.station, settings.manifestPoll, settings.statusEach}, spool, uplink},
      orderDelivery_{settings.station, spool, uplink},
      link_{settings.soundSocket} {
    facts_.station = settings.station;
    facts_.bootId = settings.bootId;
    facts_.ready = cache_.ready();
    lookAtClock();
    playout_ = beginPlayout(facts_);
    loadPlan();
    loadOrders();
    closeOpenRows();
    spool_.releaseRowsBefore(settings_.bootId);
    adopt(std::move(manifest_));
}

/// What follows from a change of trust is done at once: the dates of certificates count only by a clock that is
/// believed, and what was measured by one that was not gets its times.
void Agent::lookAtClock() {
    const auto verdict = watch_.look();
    const bool isChange = verdict.trust != facts_.clockTrust;
    facts_.now = watch_.reading().now;
    facts_.sinceBoot = watch_.reading().sinceBoot;
    facts_.leastNow = verdict.leastNow;
    facts_.clockTrust = verdict.trust;
    if (!isChange) return;
    say("the clock is " + std::string{toText(verdict.trust)} + ": " + verdict.why);
    uplink_.countDates(routineMaySound(verdict.trust));
    if (verdict.trust != ClockTrust::trusted) delivery_.timeLost(facts_.sinceBoot);
    rebaseRows();
}

/// Rows that waited for a clock to tell their times by.
void Agent::rebaseRows() {
    if (!routineMaySound(facts_.clockTrust)) return;
    try {
        if (spool_.rebase(facts_.now.time_since_epoch() - facts_.sinceBoot) > 0) delivery_.rowsChanged();
    } catch (const Error& error) {
        say(error.what());  // housekeeping tries again
    }
}

/// The plan of an earlier life, if it still verifies; be it in a store that had to be put aside. One that does not is
/// no plan; the office will send another.
void Agent::loadPlan() {
    manifest_.station = settings_.station;
    facts_.storeReplaced = spool_.replaced();
    if (const auto replaced = spool_.replaced())
        say("the store of before " + formatInstant(*replaced) + " was damaged and is put aside; what it had not " +
            "delivered is lost");
    auto held = spool_.manifest();
    const bool rescued = !held;
    if (rescued) held = spool_.planOfBrokenStore();
    if (!held) return;
    try {
        auto manifest = verifiedManifest(held->document, settings_.officeKeys, settings_.station);
        if (rescued) spool_.keepManifest(*held, manifest, std::min(certainNow(facts_), manifest.issued));
        manifest_ = std::move(manifest);
        delivery_.holds(held->etag);
    } catch (const Error& error) {
        say(std::string{"the plan on disk is not used: "} + error.what());
    }
}

void Agent::closeOpenRows() {
    for (const auto& open : spool_.openRows()) {
        const auto closed = closeAfterRestart(open, manifest_.thresholds);
        const bool heard = closed.result == AiringResult::aired || closed.result == AiringResult::airedLate;
        spool_.writeEnded(closed, heard);
        say("row " + std::to_string(closed.id.sequence) + " was open: " + std::string{toText(closed.result)});
    }
}

/// From here on this is the plan. Its bytes are on disk already. All of it or, when the store cannot be read, nothing.
void Agent::adopt(Manifest manifest) {
    std::map<SlotId, SlotAccount> accounts;
    std::map<SlotId, Instant> knownSince;
    for (const auto& slot : manifest.slots) {
        if (const auto record = spool_.record(slot.id)) accounts[slot.id] = {record->settled, record->plannedEnd};
        if (const auto since = spool_.knownSince(slot.id)) knownSince[slot.id] = *since;
    }
    manifest_ = std::move(manifest);
    facts_.accounts = std::move(accounts);
    facts_.knownSince = std::move(knownSince);
    if (manifest_.revision > 0) {  // without a plan nobody knows what is needed
        std::vector<MediaWanted> ofOrders;
        std::set<MediaId> named;
        wantOrderMedia(ofOrders, named);
        for (const auto& slot : manifest_.slots) named.insert(slot.media);
        cache_.keepOnly(named);
        std::erase_if(facts_.ready, [&](const MediaId& media) { return !named.contains(media); });
    }
    wantMedia();
    keepHouse();
}

/// What has to be done now and then.
void Agent::keepHouse() {
    housekeeping_ = facts_.sinceBoot + houseEach;
    facts_.quarantined = spool_.quarantined(facts_.now);
    rebaseRows();
    // A clock that is ahead of all the plan knows may be wrong, and what is removed does not come back.
    if (routineMaySound(facts_.clockTrust) && facts_.now < manifest_.window.end) spool_.prune(facts_.now);
}

/// Missing files, the first needed first, each once: for orders before all else.
void Agent::wantMedia() {
    std::vector<MediaWanted> wanted;
    std::set<MediaId> seen = facts_.ready;
    wantOrderMedia(wanted, seen);
    for (const auto& slot : manifest_.slots)
        if (slot.at.end > certainNow(facts_) && seen.insert(slot.media).second)
            wanted.push_back({slot.media, slot.bytes});
    delivery_.want(std::move(wanted));
}

void Agent::handle(const ManifestFetched& answer) {
    delivery_.planHandled(facts_.sinceBoot);
    try {
        auto manifest = verifiedManifest(answer.document, settings_.officeKeys, settings_.station);
        killPoint("player.manifestVerified");
        spool_.keepManifest({answer.document, answer.etag}, manifest, certainNow(facts_));
        killPoint("player.manifestStored");
        const bool news = manifest.revision != manifest_.revision;
        adopt(std::move(manifest));
        delivery_.holds(answer.etag);  // last: one that was not taken up is asked for again
        if (news)
            say("plan " + std::to_string(manifest_.revision) + ": " + std::to_string(manifest_.slots.size()) +
                " slots");
    } catch (const Error& error) {
        say(std::string{"the plan that came is not used: "} + error.what());
    }
}

void Agent::handle(const TimeTold& answer) {
    try {
        watch_.hear(officeTime(answer.document, settings_.officeKeys, settings_.station, delivery_.timeQuestion(),
                               facts_.sinceBoot));
        delivery_.timeHandled(facts_.sinceBoot, true);
        lookAtClock();
    } catch (const Error& error) {
        delivery_.timeHandled(facts_.sinceBoot, false);
        say(std::string{"the time that came is not believed: "} + error.what());
    }
}

void Agent::handle(const MediaArrived& answer) {
    facts_.ready.insert(answer.media);
    delivery_.received(answer);
}

void Agent::handle(const RequestFailed& answer) {
    using Request = RequestFailed::Request;
    if (answer.request == Request::orderSounds || answer.request == Request::orderReports)
        orderDelivery_.received(answer, facts_.sinceBoot);
    else
        delivery_.received(answer, facts_.sinceBoot);
}

void Agent::readMessages() {
    lookAtClock();
    for (const auto& input : link_.turn(facts_.sinceBoot)) give(input);
    readAnswers();
    give(Tick{});
}

/// An answer that cannot be made use of takes no other with it.
void Agent::readAnswers() {
    for (const auto& answer : inbox_.take()) try {
            std::visit([&](const auto& message) { handle(message); }, answer);
        } catch (const std::exception& fault) {
            say(fault.what());
        }
}

void Agent::wait(int stopDescriptor, Milliseconds limit) {
    std::array<pollfd, 3> entries{{{stopDescriptor, POLLIN, 0},
                                   {inbox_.descriptor(), POLLIN, 0},
                                   {link_.descriptor(), POLLIN, 0}}};  // a negative descriptor is ignored
    const auto due = nextDue(manifest_, facts_) - facts_.now;
    const auto least = std::clamp(std::min(limit, due), Milliseconds{1}, longestWait);
    poll(entries.data(), entries.size(), static_cast<int>(least.count()));
}

void Agent::turn(int stopDescriptor) {
    wait(stopDescriptor, playout_.order ? waitBesideOrder : longestWait);
    try {
        readMessages();
        if (facts_.sinceBoot >= housekeeping_) keepHouse();
        watch_.keep();
        orderDelivery_.turn(facts_.sinceBoot);
        delivery_.turn(facts_.sinceBoot, status());
        tellServiceManager();
    } catch (const std::exception& fault) {
        say(fault.what());  // the disk, most often; without a turn that is whole the watchdog gets no beat
    }
}

void Agent::run(int stopDescriptor) {
    give(Tick{});
    say("station " + settings_.station.text() + " runs, plan " + std::to_string(manifest_.revision) + ", " +
        std::to_string(delivery_.waiting()) + " rows to deliver");
    notice_.ready();
    while (!readable(stopDescriptor) && !spool_.broken()) turn(stopDescriptor);
    if (spool_.broken()) say("the store is damaged: ending, so that the next start puts it aside");
    notice_.stopping();
    end();
}

void Agent::end() {
    constexpr int nothing = -1;
    lookAtClock();
    const auto begun = facts_.sinceBoot;
    try {
        give(Shutdown{});
        while ((!playout_.attempts.empty() || playout_.order) && facts_.sinceBoot - begun < fadeLimit) {
            wait(nothing, Milliseconds{100});
            readMessages();
        }
        link_.drop();
        give(SoundDown{"the player ends"});
        watch_.keep(true);
        for (lookAtClock(); delivery_.lastRows(facts_.sinceBoot) && facts_.sinceBoot - begun < lastPostLimit;
             lookAtClock()) {
            wait(nothing, Milliseconds{100});
            readAnswers();
        }
    } catch (const std::exception& fault) {
        say(fault.what());
    }
    inbox_.shut();
}

StationStatus Agent::status() {
    StationStatus status;
    status.revision = manifest_.revision;
    std::set<MediaId> named;
    for (const auto& slot : manifest_.slots) named.insert(slot.media);
    status.mediaWanted = static_cast<int>(named.size());
    status.mediaReady = static_cast<int>(
        std::count_if(named.begin(), named.end(), [&](const MediaId& media) { return facts_.ready.contains(media); }));
    status.output = link_.output();
    for (const auto& attempt : playout_.attempts) {
        const auto* air = std::get_if<OnAir>(&attempt.phase);
        if (!air) continue;
        status.onAir = attempt.slot.id;
        status.onAirTitle = attempt.slot.title;
        status.onAirFrames = air->frames;
        break;
    }
    status.waitingAirings = delivery_.waiting();
    status.said = facts_.now;
    status.epoch = spool_.epoch();
    status.lastSequence = spool_.lastSequence();
    status.spoolReplaced = spool_.replaced();
    status.clockTrust = facts_.clockTrust;
    return status;
}

/// Without an output, or with a clock that was set, frames may stand still and all is as well as it can be.
bool Agent::framesAdvance() const {
    if (!playout_.outputReady) return true;
    const auto& order = playout_.order;
    if (order && order->stage == OrderAir::Stage::message && facts_.sinceBoot - order->advanced > stallLimit)
        return false;
    return std::none_of(playout_.attempts.begin(), playout_.attempts.end(), [&](const Attempt& attempt) {
        const auto* air = std::get_if<OnAir>(&attempt.phase);
        return air && !attempt.clockStepped && facts_.sinceBoot - air->advanced > stallLimit;
    });
}

void Agent::tellServiceManager() {
    const auto now = status();
    std::string line = orderStatus();
    if (line.empty()) line = now.onAir ? "on air: " + now.onAirTitle : "waiting";
    line += "; plan " + std::to_string(now.revision) + "; media " + std::to_string(now.mediaReady) + " of " +
            std::to_string(now.mediaWanted) + "; output " + now.output + "; clock " +
            std::string{toText(facts_.clockTrust)} + "; " + std::to_string(now.waitingAirings) + " rows to deliver";
    if (now.spoolReplaced) line += "; its store was damaged and replaced at " + formatInstant(*now.spoolReplaced);
    if (!delivery_.trouble().empty()) line += "; office: " + delivery_.trouble();
    notice_.status(line);
    if (framesAdvance()) notice_.alive(facts_.sinceBoot);
}

/// For the journal. The same fault each second is one line, not a thousand.
void Agent::say(const std::string& line) {
    if (line == lastSaid_) return;
    lastSaid_ = line;
    std::clog << line << std::endl;
}

}  // namespace loa

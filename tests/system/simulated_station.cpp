#include "tests/system/simulated_station.h"

#include <algorithm>

#include "scheduler/operations/accept_airings.h"

namespace loa::test {
namespace {

constexpr Level loud{-18, -2, 0};
constexpr Milliseconds uplinkEach{60'000};
constexpr Milliseconds longestOff{40'000};
constexpr std::size_t batch = 50;

std::int64_t framesIn(Milliseconds length) {
    return length.count() * frameRate / 1000;
}

}  // namespace

SimulatedStation::SimulatedStation(TestOffice& office, const StationId& station, std::filesystem::path folder,
                                   std::mt19937& random, KillCounts& kills, double killChance)
    : office_{office},
      station_{station},
      folder_{std::move(folder)},
      random_{random},
      kills_{kills},
      killChance_{killChance},
      bootAt_{office.clock.now()} {
    std::filesystem::create_directories(folder_);
}

void SimulatedStation::live() {
    if (!spool_ && office_.clock.now() < bootAt_) return;
    try {
        if (!spool_) boot();
        facts_.now = office_.clock.now();
        facts_.sinceBoot = office_.clock.sinceBoot();
        sound();
        think(Tick{});
        uplink();
    } catch (const Killed&) {
        die();
    }
}

/// As the agent does: rows an earlier life left open are closed before anything else is thought of.
void SimulatedStation::boot() {
    spool_ = std::make_unique<Spool>(folder_ / "spool.db", station_, office_.clock.now());
    manifest_ = Manifest{};
    manifest_.station = station_;
    facts_ = Facts{};
    facts_.station = station_;
    facts_.clockTrust = ClockTrust::trusted;
    facts_.bootId = "simulated";
    facts_.now = office_.clock.now();
    facts_.sinceBoot = office_.clock.sinceBoot();
    playout_ = beginPlayout(facts_);
    nextUplink_ = facts_.now;
    if (const auto held = spool_->manifest())
        manifest_ =
            manifestFromJson(verify("manifest", held->document, {VerifyingKey::fromText(office_.key.publicText())}));
    for (const auto& open : spool_->openRows()) {
        const auto closed = closeAfterRestart(open, manifest_.thresholds);
        spool_->writeEnded(closed, closed.result == AiringResult::aired || closed.result == AiringResult::airedLate);
    }
    for (const auto& slot : manifest_.slots) refresh(slot.id);
    think(SoundUp{});
    think(OutputChanged{true, ""});
}

void SimulatedStation::die() {
    for (auto& [number, item] : items_)
        if (item.sounded)
            heard_[*item.sounded].frames =
                std::min(item.frames - item.offset, framesIn(office_.clock.now() - heard_[*item.sounded].start));
    items_.clear();
    inputs_.clear();
    spool_.reset();
    bootAt_ = office_.clock.now() +
              Milliseconds{std::uniform_int_distribution<std::int64_t>{200, longestOff.count()}(random_)};
}

void SimulatedStation::maybeKill(const char* point) {
    if (std::uniform_real_distribution<>{}(random_) >= killChance_) return;
    ++kills_[point];
    throw Killed{};
}

void SimulatedStation::refresh(const SlotId& slot) {
    if (const auto record = spool_->record(slot)) facts_.accounts[slot] = {record->settled, record->plannedEnd};
    if (const auto since = spool_->knownSince(slot)) facts_.knownSince[slot] = *since;
}

void SimulatedStation::think(const Input& first) {
    inputs_.push_back(first);
    while (!inputs_.empty()) {
        const auto input = std::move(inputs_.front());
        inputs_.pop_front();
        auto result = step(std::move(playout_), input, manifest_, facts_);
        playout_ = std::move(result.next);
        for (const auto& command : result.commands) std::visit([&](const auto& order) { carryOut(order); }, command);
    }
}

Slot SimulatedStation::slotOf(ItemNumber item) const {
    for (const auto& attempt : playout_.attempts)
        if (attempt.item == item) return attempt.slot;
    return {};
}

void SimulatedStation::carryOut(const CueSound& command) {
    const auto slot = slotOf(command.item);
    items_[command.item] = {std::nullopt, slot.id, slot.at, command.frames, 0, std::nullopt};
    maybeKill("cueSent");
    inputs_.push_back(SoundCued{command.item});
}

void SimulatedStation::carryOut(const WriteStarted& command) {
    const auto id = spool_->writeStarted(command.airing);
    sequences_.push_back(id.sequence);
    maybeKill("startedRow");
    inputs_.push_back(StartedWritten{command.item, id});
}

void SimulatedStation::carryOut(const StartSound& command) {
    items_.at(command.item).at = command.at;
    maybeKill("startSent");
}

void SimulatedStation::carryOut(const StopSound& command) {
    items_.erase(command.item);
    inputs_.push_back(SoundEnded{command.item, SoundEnded::Cause::stopped, 0, facts_.now, {}, ""});
}

void SimulatedStation::carryOut(const WriteCheckpoint& command) {
    spool_->writeCheckpoint({command.id, command.since, command.startErrorMicroseconds, command.frames, command.level,
                             command.begun, command.clockTrust});
    maybeKill("checkpoint");
}

void SimulatedStation::carryOut(const WriteEnded& command) {
    spool_->writeEnded(command.airing, command.settled);
    maybeKill("endedRow");
    refresh(command.airing.slot);
    inputs_.push_back(EndedWritten{command.item});
}

void SimulatedStation::carryOut(const WriteMissed& command) {
    sequences_.push_back(spool_->writeMissed(command.airing).sequence);
    maybeKill("missedRow");
    refresh(command.airing.slot);
}

/// loa-sound in the clock's time: begins at its instant or joins late, tells each second, ends with the last frame.
void SimulatedStation::sound() {
    const auto now = facts_.now;
    std::vector<Input> said;
    for (auto& [number, item] : items_) {
        if (!item.at || now < *item.at) continue;
        if (!item.sounded) {
            item.offset = std::min(item.frames, framesIn(now - *item.at));
            item.sounded = heard_.size();
            heard_.push_back({item.slot, item.planned, now, item.offset, 0});
            said.emplace_back(SoundBegan{number, now, 0});
        }
        auto& heard = heard_[*item.sounded];
        heard.frames = std::min(item.frames - item.offset, framesIn(now - heard.start));
        if (heard.frames == item.frames - item.offset)
            said.emplace_back(SoundEnded{number, SoundEnded::Cause::finished, heard.frames, now, loud, ""});
        else
            said.emplace_back(SoundProgressed{number, heard.frames, loud});
    }
    for (const auto& input : said) {
        if (std::holds_alternative<SoundBegan>(input)) maybeKill("sounding");
        if (const auto* ended = std::get_if<SoundEnded>(&input)) items_.erase(ended->item);
        think(input);
    }
}

/// A bad link: a quarter of all requests never arrive, and of another quarter the answer is lost, so that the rows come
/// again.
void SimulatedStation::uplink() {
    if (facts_.now < nextUplink_) return;
    nextUplink_ = facts_.now + uplinkEach;
    const auto luck = std::uniform_int_distribution<>{0, 3}(random_);
    if (luck == 0) return;
    const auto published = publishManifest(office_.scheduler, station_);
    if (published.revision != manifest_.revision) {
        auto manifest = manifestFromJson(
            verify("manifest", published.document, {VerifyingKey::fromText(office_.key.publicText())}));
        spool_->keepManifest({published.document, std::to_string(published.revision)}, manifest, facts_.now);
        maybeKill("manifestStored");
        manifest_ = std::move(manifest);
        for (const auto& slot : manifest_.slots) {
            facts_.ready.insert(slot.media);
            refresh(slot.id);
        }
    }
    for (const auto& slot : manifest_.slots) facts_.ready.insert(slot.media);
    const auto rows = spool_->waiting(0, batch);
    if (rows.empty()) return;
    const auto received = acceptAirings(office_.scheduler, station_, rows);
    maybeKill("outboxSent");
    if (luck == 1) return;
    spool_->acknowledge(received, facts_.now);
    maybeKill("acknowledged");
}

Instant SimulatedStation::due() const {
    if (!spool_) return bootAt_;
    constexpr Milliseconds second{1'000};
    const bool busy = !playout_.attempts.empty() || !items_.empty();
    const auto thought = busy ? facts_.now + second : nextDue(manifest_, facts_);
    return std::max(facts_.now + Milliseconds{1}, std::min(thought, nextUplink_));
}

bool SimulatedStation::outboxEmpty() {
    return spool_ && spool_->waitingCount() == 0;
}

}  // namespace loa::test

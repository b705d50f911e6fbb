#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "player/playout/step.h"
#include "scheduler/domain/media_item.h"

namespace loa::test {

/// 05:00 in Vietnam on 2 March 2027, which is 22:00 UTC of the day before.
inline const Instant five = *parseInstant("2027-03-02T05:00:00+07:00");

inline Slot slotAt(const std::string& name, Instant start, Milliseconds length) {
    Slot slot;
    slot.event = EventId{name};
    slot.original = start;
    slot.id = makeSlotId(slot.event, start, StationId{"an-phong"}, 0);
    slot.title = name;
    slot.at = {start, start + length};
    slot.media = MediaId{std::string(64, name.empty() ? 'a' : name[0])};
    slot.bytes = 1000;
    slot.frames = length.count() * frameRate / 1000;
    return slot;
}

/// An order of the office, issued a minute before five and valid for an hour; its sound lasts ten seconds.
inline Order orderOf(OrderType type, std::int64_t number) {
    Order order;
    order.id = OrderId{std::string(31, '0') + std::to_string(number)};
    order.type = type;
    order.number = number;
    order.station = StationId{"an-phong"};
    order.issued = five - std::chrono::minutes{1};
    order.validUntil = five + std::chrono::hours{1};
    order.title = "order " + std::to_string(number);
    if (sounds(type)) order.sound = OrderSound{MediaId{std::string(64, 'e')}, 1000, 10 * frameRate};
    return order;
}

inline Order orderAbout(OrderType type, std::int64_t number, const Order& other) {
    auto order = orderOf(type, number);
    order.of = other.id;
    return order;
}

inline Manifest manifestOf(std::vector<Slot> slots, std::int64_t revision = 1) {
    Manifest manifest;
    manifest.station = StationId{"an-phong"};
    manifest.revision = revision;
    manifest.issued = five - std::chrono::hours{12};
    manifest.window = {five - std::chrono::hours{24}, five + std::chrono::hours{48}};
    manifest.zone = "Asia/Ho_Chi_Minh";
    manifest.slots = std::move(slots);
    return manifest;
}

/// A row as the spool would hold it.
struct Row {
    Airing airing;
    bool ended = false;
    bool settled = false;
};

/// A station without sound, disk or time: the player's thinking, and rows that outlive it. Commands that need an answer
/// from a disk get it at once; answers of loa-sound are the test's to give.
class StationWorld {
public:
    explicit StationWorld(Manifest plan, Instant now = five - std::chrono::minutes{1}) : manifest{std::move(plan)} {
        facts.station = manifest.station;
        facts.bootId = "boot-1";
        facts.now = now;
        facts.sinceBoot = std::chrono::minutes{10};
        facts.clockTrust = ClockTrust::trusted;
        for (const auto& slot : manifest.slots) {
            facts.ready.insert(slot.media);
            facts.knownSince[slot.id] = manifest.issued;
        }
        playout = beginPlayout(facts);
    }

    void give(const Input& input) {
        auto result = step(std::move(playout), input, manifest, facts);
        playout = std::move(result.next);
        std::vector<Input> answers;
        for (auto& command : result.commands) {
            carryOut(command, answers);
            commands.push_back(std::move(command));
        }
        for (const auto& answer : answers) give(answer);
    }

    void at(Instant now) {
        facts.sinceBoot += now - facts.now;
        facts.now = now;
        give(Tick{});
    }

    /// The wall clock is set; no time passes.
    void setClock(Instant now) {
        facts.now = now;
        give(Tick{});
    }

    void soundComes() {
        give(SoundUp{});
        give(OutputChanged{true, "ready"});
    }

    /// An order as the uplink brings it, its signature found right.
    void orderComes(const Order& order) { give(OrderCame{order, order.id.text()}); }
    /// What was reported of it, in order: "received sounding".
    std::string progressOf(const Order& order) const {
        std::string words;
        for (const auto& report : reports)
            if (report.order == order.id) words += (words.empty() ? "" : " ") + std::string{toText(report.state)};
        return words;
    }
    std::string stateOf(const Order& order) const {
        const auto words = progressOf(order);
        return words.substr(words.rfind(' ') + 1);
    }
    std::string detailOf(const Order& order) const {
        std::string detail;
        for (const auto& report : reports)
            if (report.order == order.id) detail = report.detail;
        return detail;
    }
    /// From the cue on, as a working loa-sound would: the signal, and the message as often as is asked for.
    void soundOrder(const Order& order) {
        give(SoundCued{cued()});
        const auto signal = given<SoundSignal>().back().item;
        give(SoundBegan{signal, facts.now, 0});
        give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, facts.now, loud(), ""});
        for (int time = 1; time <= order.repeats; ++time) {
            if (time > 1) give(SoundCued{cued()});
            at(facts.now + std::chrono::seconds{1});
            const auto item = given<SoundNow>().back().item;
            give(SoundBegan{item, facts.now, 0});
            at(facts.now + framesToLength(order.sound->frames));
            give(SoundEnded{item, SoundEnded::Cause::finished, order.sound->frames, facts.now, loud(), ""});
        }
    }

    /// The newest cue's number; 0 when there was none since the last call of `forget`.
    ItemNumber cued() const {
        for (auto command = commands.rbegin(); command != commands.rend(); ++command)
            if (const auto* cue = std::get_if<CueSound>(&*command)) return cue->item;
        return 0;
    }

    template <class Kind>
    std::vector<Kind> given() const {
        std::vector<Kind> found;
        for (const auto& command : commands)
            if (const auto* kind = std::get_if<Kind>(&command)) found.push_back(*kind);
        return found;
    }

    void forget() { commands.clear(); }

    /// Sounds the whole slot as a working loa-sound would, from the cue on.
    void playThrough(const Slot& slot) {
        at(slot.at.start - cueAhead(slot));
        const auto item = cued();
        give(SoundCued{item});
        at(slot.at.start - recordAhead);
        at(slot.at.start);
        give(SoundBegan{item, slot.at.start, 120});
        at(slot.at.end);
        give(SoundEnded{item, SoundEnded::Cause::finished, slot.frames, slot.at.end, loud(), ""});
    }

    /// What is left of a player that was killed: rows, files, the plan. Rows that were open are closed as at its start.
    void killAndRestart(Milliseconds away) {
        facts.now += away;
        facts.sinceBoot += away;
        for (auto& row : rows) {
            if (row.ended) continue;
            row = {closeAfterRestart(row.airing, manifest.thresholds), true, false};
            row.settled = row.airing.result == AiringResult::aired || row.airing.result == AiringResult::airedLate;
            count(row);
        }
        playout = beginPlayout(facts);
        give(Tick{});
    }

    static Level loud() { return {-18, -2, 0}; }

    Manifest manifest;
    Facts facts;
    Playout playout;
    std::vector<Command> commands;
    std::vector<Row> rows;
    std::vector<OrderReport> reports;
    bool diskWorks = true;

private:
    void count(const Row& row) {
        auto& account = facts.accounts[row.airing.slot];
        account.settled = account.settled || row.settled;
        account.plannedEnd = std::max(account.plannedEnd, row.airing.planned.end);
    }

    Airing numbered(Airing airing) const {
        airing.id.epoch = 7;
        airing.id.sequence = static_cast<std::int64_t>(rows.size()) + 1;
        return airing;
    }

    Row& row(const AiringId& id) { return rows.at(static_cast<std::size_t>(id.sequence - 1)); }

    void carryOut(const Command& command, std::vector<Input>& answers) {
        if (const auto* started = std::get_if<WriteStarted>(&command)) {
            if (!diskWorks) return answers.push_back(WriteFailed{started->item});
            rows.push_back({numbered(started->airing), false, false});
            answers.push_back(StartedWritten{started->item, rows.back().airing.id});
        } else if (const auto* ended = std::get_if<WriteEnded>(&command)) {
            if (!diskWorks) return answers.push_back(WriteFailed{ended->item});
            CHECK_FALSE(row(ended->airing.id).ended);
            row(ended->airing.id) = {ended->airing, true, ended->settled};
            count(row(ended->airing.id));
            answers.push_back(EndedWritten{ended->item});
        } else if (const auto* missed = std::get_if<WriteMissed>(&command)) {
            if (!diskWorks) return answers.push_back(WriteFailed{0});
            rows.push_back({numbered(missed->airing), true, false});
            count(rows.back());
        } else if (const auto* point = std::get_if<WriteCheckpoint>(&command)) {
            auto& open = row(point->id).airing;
            open.heard = Interval{point->since, point->since};
            open.frames = point->frames;
            open.level = point->level;
            open.sinceBoot = point->begun;
            open.clockTrust = point->clockTrust;
        } else if (const auto* keep = std::get_if<KeepOrder>(&command)) {
            if (!diskWorks) return answers.push_back(WriteFailed{0});
            facts.orders.push_back({keep->order, OrderProgress::received, facts.sinceBoot});
            facts.lastOrder = keep->order.number;
            reports.push_back({keep->order.id, OrderProgress::received, facts.now, 0, ""});
            answers.push_back(OrderKept{keep->order.id});
        } else if (const auto* written = std::get_if<WriteOrderReport>(&command)) {
            if (!diskWorks) return answers.push_back(WriteFailed{0});
            reports.push_back(written->report);
            for (auto& held : facts.orders)
                if (held.order.id == written->report.order) held.state = std::max(held.state, written->report.state);
            if (written->ended)
                std::erase_if(facts.orders,
                              [&](const HeldOrder& held) { return held.order.id == written->report.order; });
        } else if (const auto* bad = std::get_if<Quarantine>(&command)) {
            facts.quarantined[bad->media] = bad->why;
        } else if (const auto* drop = std::get_if<DropSound>(&command)) {
            answers.push_back(SoundDown{drop->why});
        }
    }
};

}  // namespace loa::test

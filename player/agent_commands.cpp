// The step's commands, carried out in order on the agent's thread. A command that fails becomes an input (WriteFailed,
// MediaUnusable, SoundDown), never an exception: the step decides what to do about it.
#include "player/agent.h"
#include "player/sealed_media.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/domain/media_item.h"

namespace loa {

void Agent::give(const Input& first) {
    inputs_.push_back(first);
    while (!inputs_.empty()) {
        const auto input = std::move(inputs_.front());
        inputs_.pop_front();
        if (std::holds_alternative<SoundBegan>(input)) killPoint("player.sounding");
        if (const auto* down = std::get_if<SoundDown>(&input); down && !playout_.shuttingDown)
            say("loa-sound is lost: " + down->why);
        auto result = step(std::move(playout_), input, manifest_, facts_);
        playout_ = std::move(result.next);
        for (const auto& command : result.commands) std::visit([&](const auto& order) { carryOut(order); }, command);
    }
}

void Agent::carryOut(const CueSound& command) {
    try {
        const auto media = sealedMedia(cache_.fileOf(command.media), command.media);
        link_.send(Cue{command.item, command.frames}, media.get());
        killPoint("player.cueSent");
    } catch (const Error& error) {
        say(error.what());
        std::error_code unknown;  // where nobody can say, the file is not there
        if (error.fault() == Fault::invalid) cache_.remove(command.media);
        if (!std::filesystem::exists(cache_.fileOf(command.media), unknown)) facts_.ready.erase(command.media);
        wantMedia();
        inputs_.push_back(MediaUnusable{command.item, error.what()});
    }
}

void Agent::carryOut(const WriteStarted& command) {
    try {
        const auto id = spool_.writeStarted(command.airing);
        killPoint("player.startedRow");
        inputs_.push_back(StartedWritten{command.item, id});
    } catch (const Error& error) {
        say(error.what());
        inputs_.push_back(WriteFailed{command.item});
    }
}

void Agent::carryOut(const StartSound& command) {
    link_.send(Start{command.item, command.at, command.gainDb});
    killPoint("player.startSent");
}

void Agent::carryOut(const StopSound& command) {
    Stop stop;
    stop.item = command.item;
    link_.send(stop);
}

void Agent::carryOut(const WriteCheckpoint& command) {
    try {
        spool_.writeCheckpoint({command.id, command.since, command.startErrorMicroseconds, command.frames,
                                command.level, command.begun, command.clockTrust});
        killPoint("player.checkpoint");
    } catch (const Error& error) {
        say(error.what());  // the next one comes in 5 s
    }
}

/// A row that is ended: the slot's account, and the outbox.
void Agent::noteRow(const Airing& airing, bool settled) {
    auto& account = facts_.accounts[airing.slot];
    account.settled = account.settled || settled;
    account.plannedEnd = std::max(account.plannedEnd, airing.planned.end);
    delivery_.rowsChanged();
}

void Agent::carryOut(const WriteEnded& command) {
    const auto& airing = command.airing;
    try {
        spool_.writeEnded(airing, command.settled);
        killPoint("player.endedRow");
        noteRow(airing, command.settled);
        if (airing.clockTrust == ClockTrust::untrusted) rebaseRows();
        say("'" + airing.title + "': " + std::string{toText(airing.result)} + ", " +
            std::string{toText(airing.reason)} + ", row " + std::to_string(airing.id.sequence) + ", " +
            std::to_string(airing.frames / frameRate) + " s");
        inputs_.push_back(EndedWritten{command.item});
    } catch (const Error& error) {
        say(error.what());
        if (error.fault() != Fault::conflict) return inputs_.push_back(WriteFailed{command.item});
        noteRow(airing, command.settled);  // it is ended already: asking again would never end
        inputs_.push_back(EndedWritten{command.item});
    }
}

void Agent::carryOut(const WriteMissed& command) {
    try {
        const auto id = spool_.writeMissed(command.airing);
        killPoint("player.endedRow");
        noteRow(command.airing, false);
        say("'" + command.airing.title + "': missed, " + std::string{toText(command.airing.reason)} + ", row " +
            std::to_string(id.sequence));
    } catch (const Error& error) {
        say(error.what());
        if (error.fault() != Fault::conflict) return inputs_.push_back(WriteFailed{0});
        noteRow(command.airing, false);  // it has its row
    }
}

void Agent::carryOut(const Quarantine& command) {
    facts_.quarantined[command.media] = command.why;
    say("media " + command.media.text() + " is in quarantine: " + std::string{toText(command.why)});
    try {
        spool_.quarantine(command.media, command.why, facts_.now);
    } catch (const Error& error) {
        say(error.what());  // it stays in quarantine as long as this player lives
    }
}

void Agent::carryOut(const DropSound& command) {
    link_.drop();
    inputs_.push_back(SoundDown{command.why});
}

}  // namespace loa

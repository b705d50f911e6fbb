// The rows of what sounded and the outbox. Part of Spool; runs on its owner's thread. A row is inserted when its
// attempt begins, completed once, and never changed after that but for the acknowledgement.
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include "player/spool/spool.h"
#include "player/spool/spool_database.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;
using MaybeNumber = Poco::Nullable<Poco::Int64>;

/// An airing as columns. Poco binds by reference, so they all must live until the statement has run.
struct Columns {
    explicit Columns(const Airing& airing)
        : sequence{airing.id.sequence},
          slot{airing.slot.text()},
          title{airing.title},
          media{airing.media.text()},
          revision{airing.revision},
          plannedStart{epochMilliseconds(airing.planned.start)},
          plannedEnd{epochMilliseconds(airing.planned.end)},
          plannedFrames{airing.plannedFrames},
          result{toText(airing.result)},
          reason{toText(airing.reason)},
          detail{airing.detail},
          startError{airing.startErrorMicroseconds},
          frames{airing.frames},
          level{airing.level},
          bootId{airing.bootId},
          sinceBoot{airing.sinceBoot.count()},
          rebased{airing.rebased ? 1 : 0} {
        if (airing.heard) {
            heardStart = epochMilliseconds(airing.heard->start);
            heardEnd = epochMilliseconds(airing.heard->end);
        }
        if (airing.clockTrust) clockTrust = std::string{toText(*airing.clockTrust)};
        held = airing.heard && airing.clockTrust == ClockTrust::untrusted && !airing.rebased && !bootId.empty() ? 1 : 0;
    }
    std::int64_t sequence;
    std::string slot, title, media;
    std::int64_t revision, plannedStart, plannedEnd, plannedFrames;
    std::string result, reason, detail;
    MaybeNumber heardStart, heardEnd;
    std::int64_t startError, frames;
    Level level;
    std::string bootId;
    std::int64_t sinceBoot;
    Poco::Nullable<std::string> clockTrust;
    int rebased, held = 0;
};

std::int64_t takeSequence(Poco::Data::Session& session) {
    std::int64_t sequence = 0;
    session << "SELECT next_sequence FROM store", into(sequence), now;
    session << "UPDATE store SET next_sequence = next_sequence + 1", now;
    return sequence;
}

void refuseSettled(Poco::Data::Session& session, std::string slot) {
    int settled = 0;
    session << "SELECT COUNT(*) FROM airing WHERE slot = $1 AND settled = 1", use(slot), into(settled), now;
    if (settled > 0)
        throw Error(Fault::conflict, "slot-settled",
                    {"Lượt phát " + slot + " đã phát xong, không phát lại.", "slot " + slot + " is settled"});
}

Airing airingOf(const Poco::Data::RecordSet& rows, std::size_t row, const StationId& station, std::int64_t epoch) {
    const auto number = [&](const char* name) { return rows.value(name, row).convert<std::int64_t>(); };
    const auto text = [&](const char* name) { return rows.value(name, row).convert<std::string>(); };
    const auto real = [&](const char* name) { return rows.value(name, row).convert<double>(); };
    Airing airing;
    airing.id = {station, epoch, number("sequence")};
    airing.slot = SlotId{text("slot")};
    airing.title = text("title");
    airing.media = MediaId{text("media")};
    airing.revision = number("revision");
    airing.planned = {fromEpochMilliseconds(number("planned_start")), fromEpochMilliseconds(number("planned_end"))};
    airing.plannedFrames = number("planned_frames");
    airing.result = choiceFromText<AiringResult>(text("result")).value_or(AiringResult::missed);
    airing.reason = choiceFromText<MissReason>(text("reason")).value_or(MissReason::none);
    airing.detail = text("detail");
    if (!rows.value("heard_start", row).isEmpty())
        airing.heard =
            Interval{fromEpochMilliseconds(number("heard_start")), fromEpochMilliseconds(number("heard_end"))};
    airing.startErrorMicroseconds = number("start_error_us");
    airing.frames = number("frames");
    airing.level = {real("rms_dbfs"), real("peak_dbfs"), real("silent_share")};
    airing.bootId = text("boot_id");
    airing.sinceBoot = Milliseconds{number("since_boot")};
    if (!rows.value("clock_trust", row).isEmpty()) airing.clockTrust = choiceFromText<ClockTrust>(text("clock_trust"));
    airing.rebased = number("rebased") != 0;
    return airing;
}

}  // namespace

AiringId Spool::insert(const Airing& airing, bool started) {
    AiringId id{station_, epoch_, 0};
    database_->write([&](Poco::Data::Session& session) {
        refuseSettled(session, airing.slot.text());
        Columns row{airing};
        id.sequence = row.sequence = takeSequence(session);
        int begun = started ? 1 : 0;
        int ended = started ? 0 : 1;
        session << "INSERT INTO airing (sequence, slot, title, media, revision, planned_start, planned_end, "
                   "planned_frames, "
                   "result, reason, detail, heard_start, heard_end, start_error_us, frames, rms_dbfs, peak_dbfs, "
                   "silent_share, boot_id, since_boot, started, ended, settled, clock_trust, rebased, held) VALUES "
                   "($1, $2, $3, $4, $5, $6, $7, "
                   "$8, $9, "
                   "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0, $23, $24, $25)",
            use(row.sequence), use(row.slot), use(row.title), use(row.media), use(row.revision), use(row.plannedStart),
            use(row.plannedEnd), use(row.plannedFrames), use(row.result), use(row.reason), use(row.detail),
            use(row.heardStart), use(row.heardEnd), use(row.startError), use(row.frames), use(row.level.rmsDbfs),
            use(row.level.peakDbfs), use(row.level.silentShare), use(row.bootId), use(row.sinceBoot), use(begun),
            use(ended), use(row.clockTrust), use(row.rebased), use(row.held), now;
    });
    lastSequence_ = id.sequence;
    return id;
}

AiringId Spool::writeStarted(const Airing& airing) {
    return insert(airing, true);
}

AiringId Spool::writeMissed(const Airing& airing) {
    return insert(airing, false);
}

void Spool::writeEnded(const Airing& airing, bool settled) {
    database_->write([&](Poco::Data::Session& session) {
        Columns row{airing};
        int done = settled ? 1 : 0;
        Poco::Data::Statement update{session};
        update << "UPDATE airing SET result = $1, reason = $2, detail = $3, heard_start = $4, heard_end = $5, "
                  "start_error_us = $6, frames = $7, rms_dbfs = $8, peak_dbfs = $9, silent_share = $10, boot_id = $11, "
                  "since_boot = $12, ended = 1, settled = $13, clock_trust = $14, rebased = $15, held = $16 WHERE "
                  "sequence = $17 "
                  "AND ended = 0",
            use(row.result), use(row.reason), use(row.detail), use(row.heardStart), use(row.heardEnd),
            use(row.startError), use(row.frames), use(row.level.rmsDbfs), use(row.level.peakDbfs),
            use(row.level.silentShare), use(row.bootId), use(row.sinceBoot), use(done), use(row.clockTrust),
            use(row.rebased), use(row.held), use(row.sequence);
        if (update.execute() != 1)
            throw Error(Fault::conflict, "no-open-row",
                        {"Không có lượt phát nào đang mở mang số " + std::to_string(row.sequence) + ".",
                         "no open row " + std::to_string(row.sequence)});
    });
}

void Spool::writeCheckpoint(const Checkpoint& checkpoint) {
    database_->write([&](Poco::Data::Session& session) {
        auto since = epochMilliseconds(checkpoint.since);
        auto error = checkpoint.startErrorMicroseconds;
        auto frames = checkpoint.frames;
        auto level = checkpoint.level;
        auto sequence = checkpoint.id.sequence;
        auto until = since;
        auto begun = checkpoint.begun.count();
        Poco::Nullable<std::string> trust;
        if (checkpoint.clockTrust) trust = std::string{toText(*checkpoint.clockTrust)};
        session
            << "UPDATE airing SET heard_start = $1, heard_end = $2, start_error_us = $3, frames = $4, rms_dbfs = $5, "
               "peak_dbfs = $6, silent_share = $7, since_boot = $8, clock_trust = $9 WHERE sequence = $10 AND ended = "
               "0",
            use(since), use(until), use(error), use(frames), use(level.rmsDbfs), use(level.peakDbfs),
            use(level.silentShare), use(begun), use(trust), use(sequence), now;
    });
}

std::vector<Airing> Spool::select(const std::string& where, std::int64_t afterSequence, std::size_t limit) {
    std::vector<Airing> airings;
    database_->read([&](Poco::Data::Session& session) {
        Poco::Data::Statement statement{session};
        auto most = static_cast<std::int64_t>(limit);
        statement << "SELECT * FROM airing WHERE sequence > $1 AND " + where + " ORDER BY sequence LIMIT $2",
            use(afterSequence), use(most);
        statement.execute();
        const Poco::Data::RecordSet rows{statement};
        for (std::size_t row = 0; row < rows.rowCount(); ++row)
            airings.push_back(airingOf(rows, row, station_, epoch_));
    });
    return airings;
}

std::vector<Airing> Spool::openRows() {
    return select("ended = 0", 0, 1000);
}

std::vector<Airing> Spool::waiting(std::int64_t afterSequence, std::size_t limit) {
    return select("ended = 1 AND held = 0 AND acknowledged IS NULL", afterSequence, limit);
}

std::int64_t Spool::waitingCount() {
    std::int64_t count = 0;
    database_->read([&](Poco::Data::Session& session) {
        session << "SELECT COUNT(*) FROM airing WHERE ended = 1 AND held = 0 AND acknowledged IS NULL", into(count),
            now;
    });
    return count;
}

std::size_t Spool::rebase(Milliseconds wallMinusBoot) {
    std::size_t count = 0;
    database_->write([&](Poco::Data::Session& session) {
        auto startFrom = wallMinusBoot.count();
        auto endFrom = startFrom;
        Poco::Data::Statement update{session};
        update << "UPDATE airing SET heard_start = since_boot + $1, heard_end = since_boot + $2 + heard_end - "
                  "heard_start, rebased = 1, held = 0 WHERE held = 1 AND ended = 1",
            use(startFrom), use(endFrom);
        count = update.execute();
    });
    return count;
}

void Spool::releaseRowsBefore(const std::string& bootId) {
    database_->write([&](Poco::Data::Session& session) {
        auto boot = bootId;
        session << "UPDATE airing SET held = 0 WHERE held = 1 AND boot_id <> $1", use(boot), now;
    });
}

std::optional<SlotRecord> Spool::record(const SlotId& slot) {
    int rows = 0;
    MaybeNumber settled;
    MaybeNumber plannedEnd;
    database_->read([&](Poco::Data::Session& session) {
        auto id = slot.text();
        session << "SELECT COUNT(*), MAX(settled), MAX(planned_end) FROM airing WHERE slot = $1 AND ended = 1", use(id),
            into(rows), into(settled), into(plannedEnd), now;
    });
    if (rows == 0) return std::nullopt;
    return SlotRecord{settled.value() != 0, fromEpochMilliseconds(plannedEnd.value())};
}

std::size_t Spool::sendAgain(const LackingAirings& lacking) {
    std::size_t count = 0;
    if (lacking.epoch != epoch_ || lacking.ranges.empty()) return count;
    database_->write([&](Poco::Data::Session& session) {
        for (const auto& range : lacking.ranges) {
            auto first = range.first;
            auto last = range.last;
            Poco::Data::Statement update{session};
            update << "UPDATE airing SET acknowledged = NULL WHERE sequence >= $1 AND sequence <= $2 AND acknowledged "
                      "IS NOT NULL",
                use(first), use(last);
            count += update.execute();
        }
    });
    return count;
}

void Spool::acknowledge(std::span<const AiringId> received, Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        auto at = epochMilliseconds(time);
        for (const auto& id : received) {
            if (id.station != station_ || id.epoch != epoch_) continue;
            auto sequence = id.sequence;
            session << "UPDATE airing SET acknowledged = $1 WHERE sequence = $2 AND ended = 1 AND acknowledged IS NULL",
                use(at), use(sequence), now;
        }
    });
}

}  // namespace loa

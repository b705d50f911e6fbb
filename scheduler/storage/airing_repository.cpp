// Airings as stations sent them. Rows are added and never changed.
#include "scheduler/storage/airing_repository.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

const std::string columns =
    "airing.station, epoch, sequence, airing.slot, airing.title, airing.media, revision, planned_start, planned_end, "
    "planned_frames, result, reason, detail, heard_start, heard_end, start_error, airing.frames, rms_dbfs, peak_dbfs, "
    "silent_share, boot, since_boot, clock_trust, rebased";
const std::string inOrder = " ORDER BY station, planned_start, epoch, sequence";

template <class... Values>
std::vector<Airing> airings(ReadTransaction& transaction, const std::string& sql, const Values&... values) {
    return each<Airing>(
        select<StationId, std::int64_t, std::int64_t, SlotId, std::string, MediaId, std::int64_t, Instant, Instant,
               std::int64_t, AiringResult, MissReason, std::string, std::optional<Instant>, std::optional<Instant>,
               std::int64_t, std::int64_t, double, double, double, std::string, Milliseconds, std::optional<ClockTrust>,
               int>(transaction, sql, values...),
        [](auto station, auto epoch, auto sequence, auto slot, auto title, auto media, auto revision, auto plannedStart,
           auto plannedEnd, auto plannedFrames, auto result, auto reason, auto detail, auto heardStart, auto heardEnd,
           auto startError, auto frames, auto rms, auto peak, auto silentShare, auto boot, auto sinceBoot,
           auto clockTrust, auto rebased) {
            std::optional<Interval> heard;
            if (heardStart && heardEnd) heard = Interval{*heardStart, *heardEnd};
            return Airing{AiringId{std::move(station), epoch, sequence},
                          std::move(slot),
                          std::move(title),
                          std::move(media),
                          revision,
                          Interval{plannedStart, plannedEnd},
                          plannedFrames,
                          result,
                          reason,
                          std::move(detail),
                          heard,
                          startError,
                          frames,
                          Level{rms, peak, silentShare},
                          std::move(boot),
                          sinceBoot,
                          clockTrust,
                          rebased != 0};
        });
}

}  // namespace

std::optional<Airing> AiringRepository::find(ReadTransaction& transaction, const AiringId& id) {
    return first(airings(transaction,
                         "SELECT " + columns + " FROM airing WHERE station = $1 AND epoch = $2 AND sequence = $3",
                         id.station, id.epoch, id.sequence));
}

std::vector<Airing> AiringRepository::plannedIn(ReadTransaction& transaction, const StationId& station,
                                                Interval planned) {
    return airings(transaction,
                   "SELECT " + columns +
                       " FROM airing WHERE station = $1 AND planned_start >= $2 AND planned_start < $3" + inOrder,
                   station, planned.start, planned.end);
}

// Both halves start from an index: CROSS JOIN keeps SQLite from going through all airings of a station instead.
std::vector<Airing> AiringRepository::concerning(ReadTransaction& transaction, const StationId& station,
                                                 Interval window) {
    return airings(transaction,
                   "SELECT " + columns +
                       " FROM slot CROSS JOIN airing WHERE slot.station = $1 AND starts >= $2 AND starts < $3 "
                       "AND airing.station = slot.station AND airing.slot = slot.id UNION ALL SELECT " +
                       columns +
                       " FROM airing WHERE station = $4 AND planned_start >= $5 AND planned_start < $6 AND NOT EXISTS "
                       "(SELECT 1 FROM slot WHERE slot.station = airing.station AND slot.id = airing.slot)" +
                       inOrder,
                   station, window.start, window.end, station, window.start, window.end);
}

std::vector<Airing> AiringRepository::concerning(ReadTransaction& transaction, Interval window) {
    return airings(transaction,
                   "SELECT " + columns +
                       " FROM slot CROSS JOIN airing WHERE starts >= $1 AND starts < $2 "
                       "AND airing.station = slot.station AND airing.slot = slot.id UNION ALL SELECT " +
                       columns +
                       " FROM airing WHERE planned_start >= $3 AND planned_start < $4 AND NOT EXISTS "
                       "(SELECT 1 FROM slot WHERE slot.station = airing.station AND slot.id = airing.slot)" +
                       inOrder,
                   window.start, window.end, window.start, window.end);
}

LackingAirings AiringRepository::lacking(ReadTransaction& transaction, const StationId& station, std::int64_t epoch,
                                         std::int64_t lastSequence) {
    LackingAirings lacking{epoch, {}};
    // Nothing lacks, most of the time: then the index alone is counted.
    const auto [held, highest] =
        select<std::int64_t, std::int64_t>(transaction,
                                           "SELECT COUNT(*), COALESCE(MAX(sequence), 0) FROM airing WHERE station = $1 "
                                           "AND epoch = $2 AND sequence <= $3",
                                           station, epoch, lastSequence)
            .at(0);
    if (held == lastSequence) return lacking;
    if (held < highest)
        for (const auto& [before, after] : select<std::int64_t, std::int64_t>(
                 transaction,
                 "SELECT before, sequence FROM (SELECT sequence, COALESCE(LAG(sequence) OVER (ORDER BY sequence), 0) "
                 "AS before FROM airing WHERE station = $1 AND epoch = $2 AND sequence <= $3) AS held "
                 "WHERE sequence > before + 1 ORDER BY sequence LIMIT $4",
                 station, epoch, lastSequence, static_cast<std::int64_t>(lackingRangesLimit)))
            lacking.ranges.push_back({before + 1, after - 1});
    if (highest < lastSequence && lacking.ranges.size() < lackingRangesLimit)
        lacking.ranges.push_back({highest + 1, lastSequence});
    return lacking;
}

bool AiringRepository::add(WriteTransaction& transaction, const Airing& airing) {
    std::optional<Instant> heardStart, heardEnd;
    if (airing.heard) {
        heardStart = airing.heard->start;
        heardEnd = airing.heard->end;
    }
    static const std::string sql =
        "INSERT INTO airing (station, epoch, sequence, slot, title, media, revision, planned_start, planned_end, "
        "planned_frames, result, reason, detail, heard_start, heard_end, start_error, frames, rms_dbfs, peak_dbfs, "
        "silent_share, boot, since_boot, clock_trust, rebased) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ON CONFLICT (station, epoch, sequence) DO "
        "NOTHING";
    const auto added =
        execute(transaction, sql, airing.id.station, airing.id.epoch, airing.id.sequence, airing.slot, airing.title,
                airing.media, airing.revision, airing.planned.start, airing.planned.end, airing.plannedFrames,
                airing.result, airing.reason, airing.detail, heardStart, heardEnd, airing.startErrorMicroseconds,
                airing.frames, airing.level.rmsDbfs, airing.level.peakDbfs, airing.level.silentShare, airing.bootId,
                airing.sinceBoot, airing.clockTrust, airing.rebased ? 1 : 0);
    if (added > 0) return true;
    holds(transaction, airing);
    return false;
}

bool AiringRepository::holds(ReadTransaction& transaction, const Airing& airing) {
    const auto held = find(transaction, airing.id);
    if (!held) return false;
    if (*held == airing) return true;
    refuseDifferent(airing.id);
}

void AiringRepository::refuseDifferent(const AiringId& id) {
    const auto number = std::to_string(id.sequence);
    throw Error(Fault::conflict, "airing-differs",
                {"Lần phát số " + number + " của trạm " + id.station.text() +
                     " đã có với nội dung khác. Giữ bản đầu; kiểm tra xem trạm có bị chép sang máy khác không.",
                 "Airing " + number + " of station " + id.station.text() +
                     " is there already and says something else. The first one stays; check whether the station was "
                     "copied to another machine."});
}

}  // namespace loa

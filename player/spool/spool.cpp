// The plan, the quarantine and the store's own identity. Rows and outbox: airing_rows.cpp. Runs on the owner's thread;
// reads no clock.
#include "player/spool/spool.h"

#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <sodium.h>

#include "player/spool/broken_store.h"
#include "player/spool/spool_database.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;

constexpr auto keptAfterReceipt = std::chrono::hours{24 * 400};
constexpr auto quarantineTime = std::chrono::hours{24};

/// 53 bits, so that every JSON reader keeps it exactly; never 0.
std::int64_t newEpoch() {
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return static_cast<std::int64_t>(number >> 11) | 1;
}

[[noreturn]] void goesBack(std::int64_t held, std::int64_t offered) {
    throw Error(
        Fault::conflict, "revision-back",
        {"Máy chủ gửi lịch cũ hơn (bản " + std::to_string(offered) + ", trạm đang giữ bản " + std::to_string(held) +
             "). Trạm giữ lịch mới hơn.",
         "the plan offered is revision " + std::to_string(offered) + ", held is revision " + std::to_string(held)});
}

}  // namespace

Spool::Spool(const std::filesystem::path& file, const StationId& station, Instant time)
    : file_{file}, station_{station} {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium does not start"};
    database_ = std::make_unique<SpoolDatabase>(file, time);
    database_->write([&](Poco::Data::Session& session) {
        std::vector<std::string> stations;
        std::vector<std::int64_t> epochs;
        std::vector<std::int64_t> nextSequences;
        std::vector<Poco::Nullable<Poco::Int64>> replacements;
        session << "SELECT station, epoch, next_sequence, replaced FROM store", into(stations), into(epochs),
            into(nextSequences), into(replacements), now;
        if (stations.empty()) {
            epoch_ = newEpoch();
            auto name = station.text();
            Poco::Nullable<Poco::Int64> replaced;
            replaced_ = lastPutAside(file);
            if (replaced_) replaced = epochMilliseconds(*replaced_);
            session << "INSERT INTO store (station, epoch, next_sequence, replaced) VALUES ($1, $2, 1, $3)", use(name),
                use(epoch_), use(replaced), now;
            return;
        }
        epoch_ = epochs.front();
        lastSequence_ = nextSequences.front() - 1;
        if (!replacements.front().isNull()) replaced_ = fromEpochMilliseconds(replacements.front().value());
        if (stations.front() != station.text())
            throw Error(Fault::conflict, "spool-of-another-station",
                        {"Kho dữ liệu " + file.string() + " là của trạm " + stations.front() +
                             ". Chọn stateDirectory khác cho trạm " + station.text() + ".",
                         "the store " + file.string() + " belongs to station " + stations.front()});
    });
}

Spool::~Spool() = default;

bool Spool::broken() const noexcept {
    return database_->broken();
}

std::optional<HeldManifest> Spool::manifest() {
    std::vector<std::string> documents;
    std::vector<std::string> etags;
    database_->read([&](Poco::Data::Session& session) {
        session << "SELECT document, etag FROM manifest", into(documents), into(etags), now;
    });
    if (documents.empty()) return std::nullopt;
    return HeldManifest{documents.front(), etags.front()};
}

std::optional<HeldManifest> Spool::planOfBrokenStore() const {
    if (!replaced_) return std::nullopt;
    return planPutAside(file_);
}

void Spool::keepManifest(const HeldManifest& held, const Manifest& manifest, Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        std::vector<std::int64_t> revisions;
        std::vector<std::string> documents;
        session << "SELECT revision, document FROM manifest", into(revisions), into(documents), now;
        auto revision = manifest.revision;
        if (!revisions.empty() &&
            (revisions.front() > revision || (revisions.front() == revision && documents.front() != held.document)))
            goesBack(revisions.front(), revision);
        auto document = held.document;
        auto etag = held.etag;
        session << "INSERT INTO manifest (only_one, revision, document, etag) VALUES (1, $1, $2, $3) ON CONFLICT "
                   "(only_one) "
                   "DO UPDATE SET revision = excluded.revision, document = excluded.document, etag = excluded.etag",
            use(revision), use(document), use(etag), now;
        auto since = epochMilliseconds(time);
        for (const auto& slot : manifest.slots) {
            auto id = slot.id.text();
            auto start = epochMilliseconds(slot.at.start);
            auto end = epochMilliseconds(slot.at.end);
            session << "INSERT INTO known_slot (slot, planned_start, planned_end, since) VALUES ($1, $2, $3, $4) "
                       "ON CONFLICT (slot) DO UPDATE SET planned_start = excluded.planned_start, planned_end = "
                       "excluded.planned_end, since = excluded.since WHERE known_slot.planned_start <> "
                       "excluded.planned_start OR known_slot.planned_end <> excluded.planned_end",
                use(id), use(start), use(end), use(since), now;
        }
    });
}

std::optional<Instant> Spool::knownSince(const SlotId& slot) {
    std::vector<std::int64_t> since;
    database_->read([&](Poco::Data::Session& session) {
        auto id = slot.text();
        session << "SELECT since FROM known_slot WHERE slot = $1", use(id), into(since), now;
    });
    if (since.empty()) return std::nullopt;
    return fromEpochMilliseconds(since.front());
}

void Spool::prune(Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        auto before = epochMilliseconds(time - keptAfterReceipt);
        session << "DELETE FROM airing WHERE acknowledged < $1", use(before), now;
        session << "DELETE FROM known_slot WHERE planned_end < $1", use(before), now;
        session << "DELETE FROM order_report WHERE acknowledged < $1", use(before), now;
        session << "DELETE FROM station_order WHERE received < $1 AND ended = 1 AND number < (SELECT MAX(number) FROM "
                   "station_order)",
            use(before), now;
    });
}

std::optional<GoodTime> Spool::goodTime() {
    std::vector<std::int64_t> times;
    std::vector<std::int64_t> sinceBoot;
    std::vector<std::string> boots;
    database_->read([&](Poco::Data::Session& session) {
        session << "SELECT time, since_boot, boot_id FROM good_time", into(times), into(sinceBoot), into(boots), now;
    });
    if (times.empty()) return std::nullopt;
    return GoodTime{fromEpochMilliseconds(times.front()), Milliseconds{sinceBoot.front()}, boots.front()};
}

void Spool::keepGoodTime(const GoodTime& good) {
    database_->write([&](Poco::Data::Session& session) {
        auto time = epochMilliseconds(good.time);
        auto sinceBoot = good.sinceBoot.count();
        auto boot = good.bootId;
        session << "INSERT INTO good_time (only_one, time, since_boot, boot_id) VALUES (1, $1, $2, $3) ON CONFLICT "
                   "(only_one) DO UPDATE SET time = excluded.time, since_boot = excluded.since_boot, boot_id = "
                   "excluded.boot_id",
            use(time), use(sinceBoot), use(boot), now;
    });
}

void Spool::quarantine(const MediaId& media, MissReason why, Instant time) {
    database_->write([&](Poco::Data::Session& session) {
        auto id = media.text();
        auto reason = std::string{toText(why)};
        auto since = epochMilliseconds(time);
        session << "INSERT INTO quarantine (media, reason, since) VALUES ($1, $2, $3) ON CONFLICT (media) "
                   "DO UPDATE SET reason = excluded.reason, since = excluded.since",
            use(id), use(reason), use(since), now;
    });
}

std::map<MediaId, MissReason> Spool::quarantined(Instant time) {
    std::vector<std::string> media;
    std::vector<std::string> reasons;
    database_->read([&](Poco::Data::Session& session) {
        auto from = epochMilliseconds(time - quarantineTime);
        auto to = epochMilliseconds(time + quarantineTime);  // a since in the future comes from a clock that was wrong
        session << "SELECT media, reason FROM quarantine WHERE since > $1 AND since < $2", use(from), use(to),
            into(media), into(reasons), now;
    });
    std::map<MediaId, MissReason> found;
    for (std::size_t i = 0; i < media.size(); ++i)
        found[MediaId{media[i]}] = choiceFromText<MissReason>(reasons[i]).value_or(MissReason::mediaDamaged);
    return found;
}

}  // namespace loa

#pragma once
#include <optional>
#include <string>

#include "api/signing/signing.h"
#include "api/wire/manifest_json.h"
#include "scheduler/calendar/named_media.h"
#include "scheduler/domain/error.h"
#include "scheduler/operations/audit_heads.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/feed_shelf.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/places.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/operations/served_parts.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/review_repository.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/told_lines.h"

namespace loa::test {

inline Instant at(const char* text) {
    return parseInstant(text).value();
}

/// A whole office on a real database file, with a clock the test sets and no listener: district "thanh-binh" with the
/// communes "tan-hue" and "an-phong", each with a station of its id.
struct TestOffice {
    TemporaryDirectory directory;
    ManualClock clock;
    SigningKey key = SigningKey::generate();
    Database database;
    AiringJournal journal{database};
    ManifestShelf shelf;
    MediaDesk media;
    PlanChanges planChanges;
    FeedShelf feeds;
    ServedParts served;
    Door door;
    ToldLines toldLines;
    Scheduler scheduler;

    explicit TestOffice(Instant now = at("2027-02-28T10:00:00Z"),
                        const std::filesystem::path& ingestProgram = "/bin/false")
        : clock{now},
          database{directory.path() / "loa.db", now},
          media{database, clock, {.directory = directory.path() / "media", .ingestProgram = ingestProgram}},
          scheduler{database,
                    journal,
                    clock,
                    key,
                    shelf,
                    media,
                    planChanges,
                    feeds,
                    served,
                    door,
                    toldLines,
                    "Asia/Ho_Chi_Minh",
                    std::chrono::hours{48}} {
        scheduler.auditHeads = directory.path() / auditHeadsName;
        addArea("thanh-binh", std::nullopt);
        for (const char* commune : {"tan-hue", "an-phong"}) {
            addArea(commune, "thanh-binh");
            addStation(commune, commune);
        }
    }

    void addArea(const std::string& id, const std::optional<std::string>& parent) {
        Area area{AreaId{id}, "địa bàn " + id, std::nullopt, std::nullopt, std::nullopt};
        if (parent) area.parent = AreaId{*parent};
        saveArea(scheduler, area);
    }

    void addStation(const std::string& id, const std::string& area) {
        saveStation(scheduler,
                    {StationId{id}, "trạm " + id, AreaId{area}, "Asia/Ho_Chi_Minh", std::nullopt, std::nullopt});
    }

    /// Facts of a media item of that length; no file behind it.
    MediaItem addMedia(char digit, std::int64_t seconds) {
        MediaItem item;
        item.id = MediaId{std::string(64, digit)};
        item.title = "Tổng đài 1022";
        item.bytes = 6000 * seconds;
        item.frames = frameRate * seconds;
        item.originalSha256 = item.id;
        item.created = clock.now();
        database.write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
        return item;
    }

    /// A VEVENT with the media 'a' at the district, unless `lines` say otherwise.
    static std::string calendar(const std::string& uid, const std::string& lines,
                                const std::string& target = "urn:loa:area:thanh-binh") {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
               "\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Tổng đài 1022\r\nATTACH:urn:loa:media:" + std::string(64, 'a') +
               "\r\nATTENDEE;CUTYPE=RESOURCE:" + target + "\r\n" + lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    /// Approves what the office has, as an approver who has heard it all and wrote none of it.
    void approveAll() {
        auto own = scheduler;
        own.actor = {Actor::Kind::person, "approver", "192.0.2.1"};
        std::vector<EventId> waiting;
        database.write([&](WriteTransaction& transaction) {
            for (const auto& stored : EventRepository::all(transaction)) {
                const auto& id = stored.event.id;
                const auto state = ReviewRepository::find(transaction, id).state;
                const auto sounds = namedMedia(stored.event);
                if (state == DraftState::approved || sounds.empty()) continue;
                for (const auto& each : sounds) {
                    ReviewRepository::noteServed(transaction, own.actor.name, each, clock.now());
                    ReviewRepository::noteReported(transaction, own.actor.name, each, clock.now());
                }
                if (state != DraftState::submitted)
                    ReviewRepository::save(transaction, id, {DraftState::submitted, "", "writer", clock.now(), ""});
                waiting.push_back(id);
            }
        });
        for (const auto& id : waiting) takeReviewStep(own, ReviewStep::approve, {id}, "", reviewsOf(own, {id}).tag);
    }

    /// Everything approved, and every station told.
    void publishAll() {
        approveAll();
        publishManifests(scheduler);
    }

    /// With everything the office has approved.
    Manifest manifest(const std::string& station) {
        approveAll();
        const auto published = publishManifest(scheduler, StationId{station});
        return manifestFromJson(verify("manifest", published.document, {VerifyingKey::fromText(key.publicText())}));
    }
};

}  // namespace loa::test

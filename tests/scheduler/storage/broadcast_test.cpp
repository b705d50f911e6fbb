#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/statement.h"
#include "tests/scheduler/storage/backend.h"
#include "tests/scheduler/storage/values.h"

using namespace loa;
using namespace loa::test;

namespace {

using namespace std::chrono;

StoredManifest revision(std::int64_t number) {
    return {StationId{"s1"},
            number,
            atNoon + minutes{number},
            {atNoon, atNoon + days{7}},
            "hash " + std::to_string(number),
            "{\"revision\": " + std::to_string(number) + "}"};
}

Manifest manifest(std::int64_t number, Interval window, std::vector<Slot> slots) {
    Manifest value;
    value.station = StationId{"s1"};
    value.revision = number;
    value.issued = atNoon + minutes{number};
    value.window = window;
    value.slots = std::move(slots);
    return value;
}

void publish(Database& database, const Manifest& published) {
    database.write([&](WriteTransaction& transaction) { SlotRepository::publish(transaction, published); });
}

std::optional<PublishedSlot> held(Database& database, const Slot& of) {
    return database.read(
        [&](ReadTransaction& transaction) { return SlotRepository::find(transaction, StationId{"s1"}, of.id); });
}

void add(Database& database, const Airing& added) {
    database.write([&](WriteTransaction& transaction) { AiringRepository::add(transaction, added); });
}

}  // namespace

TEST_CASE_TEMPLATE("manifest repository: revisions only go forward; old ones keep their row but not their text",
                   Backend, Sqlite) {
    Backend backend;
    const auto save = [&](const StoredManifest& saved) {
        return errorCode([&] {
            backend.database().write(
                [&](WriteTransaction& transaction) { ManifestRepository::save(transaction, saved); });
        });
    };
    for (std::int64_t number = 1; number <= 5; ++number) CHECK(save(revision(number)) == "");
    CHECK(save(revision(5)) == "revision-not-newer");
    CHECK(save(revision(0)) == "revision-not-newer");
    StoredManifest elsewhere = revision(1);
    elsewhere.station = StationId{"s2"};
    CHECK(save(elsewhere) == "");
    backend.database().read([&](ReadTransaction& transaction) {
        const StationId station{"s1"};
        CHECK(ManifestRepository::newest(transaction, station) == revision(5));
        using Row = std::tuple<std::int64_t, std::optional<std::string>>;
        const auto rows = select<std::int64_t, std::optional<std::string>>(
            transaction, "SELECT revision, document FROM manifest WHERE station = $1 ORDER BY revision", station);
        CHECK(rows == std::vector<Row>{{1, std::nullopt},
                                       {2, std::nullopt},
                                       {3, revision(3).document},
                                       {4, revision(4).document},
                                       {5, revision(5).document}});
        CHECK(ManifestRepository::newest(transaction, StationId{"s2"}) == elsewhere);
        CHECK_FALSE(ManifestRepository::newest(transaction, StationId{"s3"}));
    });
}

TEST_CASE_TEMPLATE("slot repository: a published slot is kept whole, with the revisions it stood in", Backend, Sqlite) {
    Backend backend;
    const Interval window{atNoon, atNoon + days{7}};
    Slot kept = slot("s1", "e", atNoon + hours{1});
    kept.gainDb = -6;
    publish(backend.database(), manifest(1, window, {kept}));
    kept.title = "Tên mới";
    publish(backend.database(), manifest(2, window, {kept}));
    const auto found = held(backend.database(), kept);
    REQUIRE(found);
    CHECK(found->slot == kept);
    CHECK(found->firstRevision == 1);
    CHECK(found->lastRevision == 2);
    CHECK_FALSE(found->withdrawn);
}

TEST_CASE_TEMPLATE("slot repository: what a later revision lacks is withdrawn, what lies before its window is not",
                   Backend, Sqlite) {
    Backend backend;
    const Slot past = slot("s1", "past", atNoon);
    const Slot dropped = slot("s1", "dropped", atNoon + hours{2});
    const Slot stays = slot("s1", "stays", atNoon + hours{3});
    publish(backend.database(), manifest(1, {atNoon, atNoon + days{7}}, {past, dropped, stays}));
    publish(backend.database(), manifest(2, {atNoon + hours{1}, atNoon + days{8}}, {stays}));
    CHECK_FALSE(held(backend.database(), past)->withdrawn);
    CHECK(held(backend.database(), dropped)->withdrawn == atNoon + minutes{2});
    CHECK_FALSE(held(backend.database(), stays)->withdrawn);
    publish(backend.database(), manifest(3, {atNoon + hours{1}, atNoon + days{8}}, {stays}));
    CHECK(held(backend.database(), dropped)->withdrawn == atNoon + minutes{2});
    publish(backend.database(), manifest(4, {atNoon + hours{1}, atNoon + days{8}}, {dropped, stays}));
    CHECK_FALSE(held(backend.database(), dropped)->withdrawn);
}

TEST_CASE_TEMPLATE("slot repository: slots are found by where they start, in order", Backend, Sqlite) {
    Backend backend;
    const Slot late = slot("s1", "late", atNoon + hours{2});
    const Slot early = slot("s1", "early", atNoon + hours{1});
    publish(backend.database(), manifest(1, {atNoon, atNoon + days{7}}, {late, early}));
    backend.database().read([&](ReadTransaction& transaction) {
        const auto found = SlotRepository::startingIn(transaction, StationId{"s1"}, {early.at.start, late.at.end});
        REQUIRE(found.size() == 2);
        CHECK(found[0].slot == early);
        CHECK(SlotRepository::startingIn(transaction, {early.at.start, late.at.start}).size() == 1);
        CHECK(SlotRepository::startingIn(transaction, StationId{"s2"}, {early.at.start, late.at.end}).empty());
    });
}

TEST_CASE_TEMPLATE("airing repository: an airing is kept to the last digit, also without sound", Backend, Sqlite) {
    Backend backend;
    const Airing full = airing("s1", 1, atNoon);
    Airing empty = airing("s1", 2, atNoon);
    empty.heard = std::nullopt;
    empty.frames = 0;
    empty.result = AiringResult::missed;
    empty.reason = MissReason::clockUntrusted;
    const Airing after = airing("s1", 3, atNoon);
    for (const Airing& each : {full, empty, after}) add(backend.database(), each);
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(AiringRepository::find(transaction, full.id) == full);
        CHECK(AiringRepository::plannedIn(transaction, StationId{"s1"}, {atNoon, atNoon + Milliseconds{1}}) ==
              std::vector{full, empty, after});
        CHECK(AiringRepository::plannedIn(transaction, StationId{"s1"}, {atNoon - hours{1}, atNoon}).empty());
    });
}

TEST_CASE_TEMPLATE("airing repository: sent again nothing changes; sent with other content it is refused", Backend,
                   Sqlite) {
    Backend backend;
    Airing sent = airing("s1", 1, atNoon);
    const auto adding = [&] {
        return backend.database().write(
            [&](WriteTransaction& transaction) { return AiringRepository::add(transaction, sent); });
    };
    CHECK(adding());
    CHECK_FALSE(adding());
    sent.frames += 1;
    CHECK(errorCode(adding) == "airing-differs");
    CHECK(backend.database().read([&](ReadTransaction& transaction) {
        return AiringRepository::find(transaction, sent.id);
    }) == airing("s1", 1, atNoon));
}

TEST_CASE_TEMPLATE("airing repository: a report gets the airings of its slots, wherever they were planned when played",
                   Backend, Sqlite) {
    Backend backend;
    const Interval today{atNoon, atNoon + days{1}};
    Slot moved = slot("s1", "1022@loa", atNoon - days{1});
    moved.at = {atNoon + hours{1}, atNoon + hours{1} + seconds{40}};
    publish(backend.database(), manifest(1, {atNoon - days{2}, atNoon + days{7}}, {moved}));
    const Airing playedYesterday = airing("s1", 1, atNoon - days{1});
    REQUIRE(playedYesterday.slot == moved.id);
    const Airing ofNobodysSlot = airing("s1", 2, atNoon + hours{3});
    const Airing tomorrow = airing("s1", 3, today.end);
    for (const Airing& each : {playedYesterday, ofNobodysSlot, tomorrow}) add(backend.database(), each);
    backend.database().read([&](ReadTransaction& transaction) {
        const std::vector expected{playedYesterday, ofNobodysSlot};
        CHECK(AiringRepository::concerning(transaction, StationId{"s1"}, today) == expected);
        CHECK(AiringRepository::concerning(transaction, today) == expected);
        CHECK(AiringRepository::concerning(transaction, StationId{"s2"}, today).empty());
        CHECK(AiringRepository::concerning(transaction, {atNoon - days{1}, atNoon}).empty());
    });
}

// Feeds and origins of imports, as the database keeps them.
#include "scheduler/storage/event_origin_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/feed_repository.h"
#include "scheduler/storage/plan_version.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

std::vector<Feed> allFeeds(Database& database) {
    return database.read([](ReadTransaction& transaction) { return FeedRepository::all(transaction); });
}

Feed feed(const std::string& id, FeedTarget target) {
    return {FeedId{id}, std::move(target), "Lịch phát " + id, atNoon, std::nullopt, std::nullopt};
}

}  // namespace

TEST_CASE("feeds: each kind of target comes back, found by the hash of its address alone, after a restart too") {
    Sqlite sqlite;
    const std::vector<Feed> feeds{feed("1", StationId{"tan-hue"}), feed("2", AreaId{"thanh-binh"}),
                                  feed("3", CampaignId{"1022"})};
    sqlite.database().write([&](WriteTransaction& transaction) {
        for (const auto& each : feeds) FeedRepository::add(transaction, each, "hash of " + each.id.text());
    });
    sqlite.reopen();
    CHECK(allFeeds(sqlite.database()) == feeds);
    sqlite.database().read([&](ReadTransaction& transaction) {
        CHECK(FeedRepository::findByHash(transaction, "hash of 2") == feeds[1]);
        CHECK_FALSE(FeedRepository::findByHash(transaction, "2"));
    });
}

TEST_CASE("feeds: one is revoked once, and its last use is kept") {
    Sqlite sqlite;
    const auto later = atNoon + std::chrono::hours{1};
    sqlite.database().write([&](WriteTransaction& transaction) {
        FeedRepository::add(transaction, feed("1", StationId{"tan-hue"}), "hash");
        FeedRepository::touch(transaction, FeedId{"1"}, atNoon);
        CHECK(FeedRepository::revoke(transaction, FeedId{"1"}, later));
        CHECK_FALSE(FeedRepository::revoke(transaction, FeedId{"1"}, later + std::chrono::hours{1}));
        CHECK_FALSE(FeedRepository::revoke(transaction, FeedId{"2"}, later));
    });
    const auto kept = allFeeds(sqlite.database()).at(0);
    CHECK(kept.lastUsed == atNoon);
    CHECK(kept.revoked == later);
}

TEST_CASE("event origins: the last import counts, and they go with their event; the plan's version stays") {
    Sqlite sqlite;
    const auto eventsOf = [&](const std::string& origin) {
        return sqlite.database().read(
            [&](ReadTransaction& transaction) { return EventOriginRepository::eventsOf(transaction, origin); });
    };
    sqlite.database().write([&](WriteTransaction& transaction) {
        for (const char* id : {"a", "b", "c"}) {
            Event event;
            event.id = EventId{id};
            EventRepository::save(transaction, event, atNoon);
        }
        const auto version = PlanVersion::current(transaction);
        for (const char* id : {"a", "b", "c"}) EventOriginRepository::save(transaction, EventId{id}, "xã");
        EventOriginRepository::save(transaction, EventId{"c"}, "huyện");
        CHECK(PlanVersion::current(transaction) == version);
    });
    CHECK(eventsOf("xã") == std::vector{EventId{"a"}, EventId{"b"}});
    CHECK(eventsOf("huyện") == std::vector{EventId{"c"}});
    sqlite.database().write([](WriteTransaction& transaction) {
        EventRepository::save(transaction, EventRepository::find(transaction, EventId{"a"})->event, atNoon);
        EventRepository::remove(transaction, EventId{"b"});
    });
    CHECK(eventsOf("xã") == std::vector{EventId{"a"}});
}

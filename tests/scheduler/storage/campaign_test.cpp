#include <doctest/doctest.h>

#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono;

namespace {

MediaItem announcement(const std::string& id) {
    MediaItem item;
    item.id = MediaId{id};
    item.title = "Tin " + id;
    item.frames = frameRate * 45;
    return item;
}

Campaign campaign(const std::string& id, Day first) {
    Campaign value;
    value.id = CampaignId{id};
    value.title = "Tuyên truyền 1022";
    value.messageClass = MessageClass::priority;
    value.targets = {AreaId{"thanh-binh"}, StationId{"tan-hue"}};
    value.owner = AreaId{"thanh-binh"};
    value.announcements = {announcement("b"), announcement("a")};
    value.first = first;
    value.last = sys_days{first} + days{29};
    value.airingsPerDay = 3;
    value.smallestGap = hours{2};
    value.share = 0.25;
    value.dayparts = {"sáng", "chiều"};
    return value;
}

}  // namespace

TEST_CASE_TEMPLATE("campaign repository: what was asked is found again, the latest first, and changed as a whole",
                   Backend, Sqlite) {
    Backend backend;
    auto& database = backend.database();
    const auto march = campaign("thang-3", year{2027} / 3 / 1);
    auto april = campaign("thang-4", year{2027} / 4 / 1);
    database.write([&](WriteTransaction& transaction) {
        for (const auto& item : march.announcements) MediaRepository::save(transaction, item);
        CampaignRepository::save(transaction, march);
        CampaignRepository::save(transaction, april);
    });
    const auto all = [&] {
        return database.read([](ReadTransaction& transaction) { return CampaignRepository::all(transaction); });
    };
    CHECK(all() == std::vector{april, march});
    april.announcements.pop_back();
    april.dayparts.clear();
    april.owner.reset();
    database.write([&](WriteTransaction& transaction) {
        CampaignRepository::save(transaction, april);
        CHECK(CampaignRepository::remove(transaction, march.id));
        CHECK_FALSE(CampaignRepository::remove(transaction, march.id));
    });
    CHECK(all() == std::vector{april});
}

TEST_CASE_TEMPLATE("event repository: a campaign's events are found by it, and never forgotten", Backend, Sqlite) {
    Backend backend;
    auto& database = backend.database();
    const auto save = [&](const std::string& id, std::optional<CampaignId> of) {
        Event event;
        event.id = EventId{id};
        event.campaign = std::move(of);
        event.targets = {StationId{"tan-hue"}};
        database.write([&](WriteTransaction& transaction) { EventRepository::save(transaction, event, Instant{}); });
    };
    save("a@loa", CampaignId{"thang-3"});
    save("b@loa", CampaignId{"thang-4"});
    save("c@loa", std::nullopt);
    const auto found = database.read(
        [](ReadTransaction& transaction) { return EventRepository::ofCampaign(transaction, CampaignId{"thang-3"}); });
    REQUIRE(found.size() == 1);
    CHECK(found[0].event.id == EventId{"a@loa"});
    CHECK(found[0].event.targets == std::vector<Target>{StationId{"tan-hue"}});
    const auto everAiring = database.write([&](WriteTransaction& transaction) {
        EventRepository::remove(transaction, EventId{"a@loa"});
        return CampaignRepository::everAiring(transaction, CampaignId{"thang-3"});
    });
    CHECK(everAiring == std::set{EventId{"a@loa"}});
}

#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/station_repository.h"
#include "scheduler/storage/station_status_repository.h"
#include "scheduler/storage/token_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

using namespace std::chrono;

Area area(const std::string& id, std::optional<std::string> parent = std::nullopt) {
    std::optional<AreaId> above;
    if (parent) above = AreaId{*parent};
    return {AreaId{id}, "tên " + id, above, std::nullopt, std::nullopt};
}

Station station(const std::string& id, const std::string& in) {
    return {StationId{id}, "Trạm " + id, AreaId{in}, "Asia/Ho_Chi_Minh",
            std::nullopt,  std::nullopt, -3,         Milliseconds{120}};
}

/// dong-thap > thanh-binh > {an-phong, tan-hue}, with a station in each commune and one in the district.
void plant(Database& database) {
    database.write([](WriteTransaction& transaction) {
        AreaRepository::save(transaction, area("dong-thap"));
        AreaRepository::save(transaction, area("thanh-binh", "dong-thap"));
        AreaRepository::save(transaction, area("tan-hue", "thanh-binh"));
        AreaRepository::save(transaction, area("an-phong", "thanh-binh"));
        StationRepository::save(transaction, station("s-huyen", "thanh-binh"));
        StationRepository::save(transaction, station("s-an-phong", "an-phong"));
        StationRepository::save(transaction, station("s-tan-hue", "tan-hue"));
    });
}

template <class Value>
std::vector<std::string> ids(const std::vector<Value>& values) {
    std::vector<std::string> texts;
    for (const Value& value : values) texts.push_back(value.id.text());
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("area repository: a saved area is found again, with validity and letters as they were", Backend,
                   Sqlite) {
    Backend backend;
    Area saved = area("thanh-binh");
    saved.name = "huyện Thanh Bình “cũ” 'A'";
    saved.validFrom = Day{year{1983}, month{1}, day{5}};
    saved.validTo = Day{year{2025}, month{6}, day{30}};
    backend.database().write([&](WriteTransaction& transaction) { AreaRepository::save(transaction, saved); });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(AreaRepository::find(transaction, saved.id) == saved);
        CHECK_FALSE(AreaRepository::find(transaction, AreaId{"elsewhere"}));
    });
    saved.validTo = std::nullopt;
    backend.database().write([&](WriteTransaction& transaction) { AreaRepository::save(transaction, saved); });
    backend.database().read(
        [&](ReadTransaction& transaction) { CHECK(AreaRepository::all(transaction) == std::vector<Area>{saved}); });
}

TEST_CASE_TEMPLATE("area repository: the tree answers everything below an area, in order", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    backend.database().read([](ReadTransaction& transaction) {
        CHECK(ids(AreaRepository::descendants(transaction, AreaId{"thanh-binh"})) ==
              Texts{"an-phong", "tan-hue", "thanh-binh"});
        CHECK(AreaRepository::descendants(transaction, AreaId{"elsewhere"}).empty());
    });
}

TEST_CASE_TEMPLATE("area repository: a circle, an unknown parent and removing what is in use are refused", Backend,
                   Sqlite) {
    Backend backend;
    plant(backend.database());
    const auto saving = [&](const Area& changed) {
        return errorCode([&] {
            backend.database().write(
                [&](WriteTransaction& transaction) { AreaRepository::save(transaction, changed); });
        });
    };
    const auto removing = [&](const std::string& id) {
        return errorCode([&] {
            backend.database().write(
                [&](WriteTransaction& transaction) { AreaRepository::remove(transaction, AreaId{id}); });
        });
    };
    CHECK(saving(area("dong-thap", "tan-hue")) == "area-cycle");
    CHECK(saving(area("tan-hue", "tan-hue")) == "area-cycle");
    CHECK(saving(area("new", "new")) == "unknown-area");
    CHECK(saving(area("new", "nowhere")) == "unknown-area");
    CHECK(removing("thanh-binh") == "area-in-use");
    CHECK(removing("tan-hue") == "area-in-use");
    CHECK(removing("nowhere") == "");
}

TEST_CASE_TEMPLATE("station repository: stations are found one by one and by any area above them", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    backend.database().read([](ReadTransaction& transaction) {
        CHECK(StationRepository::find(transaction, StationId{"s-tan-hue"}) == station("s-tan-hue", "tan-hue"));
        CHECK(ids(StationRepository::all(transaction)) == Texts{"s-an-phong", "s-huyen", "s-tan-hue"});
        CHECK(ids(StationRepository::byArea(transaction, AreaId{"dong-thap"})) ==
              Texts{"s-an-phong", "s-huyen", "s-tan-hue"});
        CHECK(ids(StationRepository::byArea(transaction, AreaId{"tan-hue"})) == Texts{"s-tan-hue"});
    });
    CHECK(errorCode([&] {
              backend.database().write([](WriteTransaction& transaction) {
                  StationRepository::save(transaction, station("lost", "nowhere"));
              });
          }) == "unknown-area");
}

TEST_CASE_TEMPLATE("station repository: removing a station takes its token and its status along", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    const Token token{TokenId{"t1"}, TokenKind::station, "máy ở Tân Huề", "aa11",      StationId{"s-tan-hue"},
                      atNoon,        std::nullopt,       std::nullopt,    std::nullopt};
    const ReceivedStatus status{StationId{"s-tan-hue"},
                                StationStatus{7, 3, 4, "ready", SlotId{"slot"}, "1022 là gì", 48000, 2, atNoon},
                                atNoon + Milliseconds{40}};
    backend.database().write([&](WriteTransaction& transaction) {
        TokenRepository::save(transaction, token);
        StationStatusRepository::save(transaction, status);
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(TokenRepository::findByHash(transaction, "aa11") == token);
        CHECK(StationStatusRepository::find(transaction, status.station) == status);
    });
    backend.database().write(
        [](WriteTransaction& transaction) { StationRepository::remove(transaction, StationId{"s-tan-hue"}); });
    backend.database().read([](ReadTransaction& transaction) {
        CHECK_FALSE(TokenRepository::findByHash(transaction, "aa11"));
        CHECK_FALSE(StationStatusRepository::find(transaction, StationId{"s-tan-hue"}));
    });
}

TEST_CASE_TEMPLATE("station status repository: only what was said last is kept", Backend, Sqlite) {
    Backend backend;
    plant(backend.database());
    ReceivedStatus status{StationId{"s-huyen"}, StationStatus{}, atNoon};
    status.status.output = "lost";
    backend.database().write(
        [&](WriteTransaction& transaction) { StationStatusRepository::save(transaction, status); });
    status.status.output = "ready";
    status.status.onAir = SlotId{"a"};
    status.status.clockTrust = ClockTrust::holdover;
    backend.database().write(
        [&](WriteTransaction& transaction) { StationStatusRepository::save(transaction, status); });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(StationStatusRepository::find(transaction, status.station) == status);
    });
}

TEST_CASE_TEMPLATE("token repository: use and revocation are noted, and no two tokens share a hash", Backend, Sqlite) {
    Backend backend;
    Token token{TokenId{"o1"}, TokenKind::person, "văn phòng",  "beef",      std::nullopt,
                atNoon,        std::nullopt,      std::nullopt, std::nullopt};
    const auto save = [&](const Token& saved) {
        backend.database().write([&](WriteTransaction& transaction) { TokenRepository::save(transaction, saved); });
    };
    save(token);
    CHECK(token.usable(atNoon));
    backend.database().write([&](WriteTransaction& transaction) {
        TokenRepository::touch(transaction, token.id, atNoon + seconds{1});
        TokenRepository::revoke(transaction, token.id, atNoon + seconds{2});
        TokenRepository::revoke(transaction, token.id, atNoon + seconds{9});
    });
    const auto held = backend.database().read(
        [&](ReadTransaction& transaction) { return TokenRepository::find(transaction, token.id); });
    REQUIRE(held);
    CHECK(held->lastUsed == atNoon + seconds{1});
    CHECK(held->revoked == atNoon + seconds{2});
    token.id = TokenId{"o2"};
    CHECK(errorCode([&] { save(token); }) == "token-exists");
}

TEST_CASE_TEMPLATE("token repository: a statement that a rule of the table refused works again the next time", Backend,
                   Sqlite) {
    Backend backend;
    plant(backend.database());
    Token token{TokenId{"t"}, TokenKind::station, "", "aa", StationId{"nowhere"}, atNoon, {}, {}, {}};
    const auto save = [&] {
        backend.database().write([&](WriteTransaction& transaction) { TokenRepository::save(transaction, token); });
    };
    CHECK_THROWS(save());
    token.station = StationId{"s-tan-hue"};
    save();
    CHECK(backend.database().read(
              [&](ReadTransaction& transaction) { return TokenRepository::find(transaction, token.id); }) == token);
}

TEST_CASE_TEMPLATE("plan version: every change of an area or a station moves it, reading does not", Backend, Sqlite) {
    Backend backend;
    const auto version = [&] {
        return backend.database().read([](ReadTransaction& transaction) { return PlanVersion::current(transaction); });
    };
    const auto before = version();
    plant(backend.database());
    const auto planted = version();
    CHECK(planted == before + 7);
    CHECK(version() == planted);
    backend.database().write(
        [](WriteTransaction& transaction) { StationRepository::remove(transaction, StationId{"s-tan-hue"}); });
    CHECK(version() == planted + 1);
}

// The service manager's stand-in itself, tried on the smallest service: what it believes, and that it bites.
#include "tests/support/service_manager.h"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>

using namespace loa;
using namespace std::chrono_literals;

namespace {

ServiceUnit service(const std::string& manner = "") {
    ServiceUnit unit;
    unit.command = {std::string{std::getenv("LOA_BIN_DIR")} + "/notifying_service", manner};
    return unit;
}

bool endedBy(int waitStatus, int signal) {
    return WIFSIGNALED(waitStatus) && WTERMSIG(waitStatus) == signal;
}

}  // namespace

TEST_CASE("service manager: a service that beats is left alone, and says what it does") {
    auto unit = service();
    unit.watchdog = 6s;
    ServiceManager manager{unit};
    REQUIRE(manager.waitUntil([](const auto& record) { return record.ready && record.beats >= 2; }, 60s));
    CHECK(manager.record().statuses.size() == 1);
    CHECK(manager.record().statuses.front().starts_with("running as"));
    CHECK(manager.stop() == 0);
    const auto record = manager.record();
    CHECK(record.starts == 1);
    CHECK(record.stoppings == 1);
    CHECK(record.missedBeats == 0);
}

TEST_CASE("service manager: a frozen service misses its beat, is aborted and started again (F09, R-WD)") {
    auto unit = service();
    unit.watchdog = 2s;
    ServiceManager manager{unit};
    REQUIRE(manager.waitUntil([](const auto& record) { return record.ready; }, 60s));
    REQUIRE(manager.signal(SIGSTOP));
    REQUIRE(manager.waitUntil([](const auto& record) { return record.readies >= 2; }, 60s));
    const auto record = manager.record();
    CHECK(record.missedBeats >= 1);
    CHECK(record.starts >= 2);
    REQUIRE_FALSE(record.endings.empty());
    CHECK(endedBy(record.endings.front(), SIGABRT));
}

TEST_CASE("service manager: a killed service is started again, until it is told to stop") {
    ServiceManager manager{service()};
    for (int start = 1; start <= 3; ++start) {
        REQUIRE(manager.waitUntil([&](const auto& record) { return record.readies == start && record.ready; }, 60s));
        REQUIRE(manager.signal(SIGKILL));
    }
    REQUIRE(manager.waitUntil([](const auto& record) { return record.readies == 4; }, 60s));
    CHECK(manager.stop() == 0);
    CHECK(manager.record().endings.size() == 4);
    CHECK_FALSE(manager.record().running);
}

TEST_CASE("service manager: without a restart a service that ended stays ended") {
    auto unit = service();
    unit.restart = false;
    ServiceManager manager{unit};
    REQUIRE(manager.waitUntil([](const auto& record) { return record.ready; }, 60s));
    REQUIRE(manager.signal(SIGTERM));
    REQUIRE(manager.waitUntil([](const auto& record) { return !record.running; }, 60s));
    CHECK(manager.stop() == 0);
    CHECK(manager.record().starts == 1);
}

TEST_CASE("service manager: another process than the main one is not believed") {
    ServiceManager manager{service("child")};
    REQUIRE(manager.waitUntil([](const auto& record) { return !record.strangers.empty(); }, 60s));
    CHECK(manager.record().strangers.front() == "READY=1");
    CHECK_FALSE(manager.record().ready);
}

TEST_CASE("service manager: a service that never says it is ready is never ready, nor watched") {
    auto unit = service("deaf");
    unit.watchdog = 300ms;
    ServiceManager manager{unit};
    REQUIRE(manager.waitUntil([](const auto& record) { return record.beats >= 5; }, 60s));
    CHECK_FALSE(manager.record().ready);
    CHECK(manager.record().missedBeats == 0);
}

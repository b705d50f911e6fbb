#include "config/private_process.h"

#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <fstream>

#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;

TEST_CASE("F104 private process: it leaves no core file and lets nobody look into its memory") {
    keepMemoryPrivate();
    rlimit core{1, 1};
    REQUIRE(getrlimit(RLIMIT_CORE, &core) == 0);
    CHECK(core.rlim_cur == 0);
    CHECK(core.rlim_max == 0);
    CHECK(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);  // the leak check of this test looks into itself
}

TEST_CASE("F104 private process: a secret that anybody can read is refused, and said how to mend") {
    test::TemporaryDirectory directory;
    const auto secret = directory.path() / "station.token";
    std::ofstream{secret} << "secret";
    const auto modeIs = [&](unsigned mode) { std::filesystem::permissions(secret, std::filesystem::perms{mode}); };
    for (const unsigned mode : {0400U, 0600U, 0440U, 0640U}) {
        modeIs(mode);
        CHECK_NOTHROW(requirePrivate(secret));
    }
    for (const unsigned mode : {0604U, 0444U, 0666U, 0602U}) {
        modeIs(mode);
        CHECK_THROWS_WITH_AS(requirePrivate(secret), doctest::Contains("chmod o-rwx"), Error);
    }
    CHECK_THROWS_AS(requirePrivate(directory.path() / "none"), Error);
}

TEST_CASE("private process: it may open as many files as it wants, up to what the system allows") {
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit low{64, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &low);
    CHECK(allowOpenFiles(200) == 200);
    CHECK(allowOpenFiles(100) == 200);
    setrlimit(RLIMIT_NOFILE, &before);
}

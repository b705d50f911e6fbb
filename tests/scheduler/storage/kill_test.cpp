#include <fstream>

#include "tests/scheduler/storage/backend.h"
#include "tests/scheduler/storage/victim.h"

using namespace loa;
using namespace loa::test;

namespace {

std::string linesOf(const std::filesystem::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::size_t airingsCount(const std::filesystem::path& file) {
    Database database{file, Instant{}};
    return database.read([](ReadTransaction& transaction) {
        return AiringRepository::concerning(transaction, {Instant{}, Instant::max()}).size();
    });
}

}  // namespace

TEST_CASE("F22 killed around a commit: what was acknowledged is there, and the next start needs no help") {
    for (const std::string point :
         {"storage.commit", "storage.committed", "storage.airingsWritten", "storage.airingsCommitted"})
        for (const int time : {1, 2, 7, 40}) {
            CAPTURE(point);
            CAPTURE(time);
            test::TemporaryDirectory folder;
            Victim victim{folder.path() / "loa.db", "full", point + ':' + std::to_string(time),
                          folder.path() / "fired"};
            CHECK(victim.ended() == SIGKILL);
            CHECK(linesOf(folder.path() / "fired") == point + '\n');
            CHECK(damage(folder.path() / "loa.db", victim.acknowledged()) == "");
        }
}

TEST_CASE("F22 killed right before the first commit: nothing of it is there; right after: all of it") {
    test::TemporaryDirectory folder;
    CHECK(Victim{folder.path() / "before.db", "full", "storage.commit:1"}.ended() == SIGKILL);
    CHECK(airingsCount(folder.path() / "before.db") == 0);
    CHECK(Victim{folder.path() / "after.db", "full", "storage.committed:1"}.ended() == SIGKILL);
    CHECK(airingsCount(folder.path() / "after.db") >= 2);
}

TEST_CASE("F22 killed at any moment: what was acknowledged is there") {
    for (std::size_t lines = 1; lines < 400; lines += 57) {
        CAPTURE(lines);
        test::TemporaryDirectory folder;
        Victim victim{folder.path() / "loa.db", "full"};
        REQUIRE(victim.says(lines));
        CHECK(victim.killed() == SIGKILL);
        CHECK(damage(folder.path() / "loa.db", victim.acknowledged()) == "");
    }
}

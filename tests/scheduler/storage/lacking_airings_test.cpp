#include "scheduler/storage/airing_repository.h"
#include "tests/scheduler/storage/backend.h"
#include "tests/scheduler/storage/values.h"

using namespace loa;
using namespace loa::test;

namespace {

const StationId station{"an-phong"};
const auto epoch = airing("an-phong", 1, Instant{}).id.epoch;

std::vector<SequenceRange> lacking(Database& database, std::int64_t lastSequence) {
    return database.read([&](ReadTransaction& transaction) {
        const auto found = AiringRepository::lacking(transaction, station, epoch, lastSequence);
        CHECK(found.epoch == epoch);
        return found.ranges;
    });
}

void add(Database& database, const std::string& of, const std::vector<std::int64_t>& sequences) {
    database.write([&](WriteTransaction& transaction) {
        for (const auto sequence : sequences)
            AiringRepository::add(transaction, airing(of, sequence, plannedAt(sequence)));
    });
}

}  // namespace

TEST_CASE_TEMPLATE("airings: what is lacking of a station's numbers is each gap and the end", Backend, Sqlite) {
    Backend backend;
    auto& database = backend.database();
    CHECK(lacking(database, 0).empty());
    CHECK(lacking(database, 3) == std::vector<SequenceRange>{{1, 3}});
    add(database, "an-phong", {1, 2, 5, 9});
    add(database, "tan-hue", {3, 4});
    CHECK(lacking(database, 2).empty());
    CHECK(lacking(database, 5) == std::vector<SequenceRange>{{3, 4}});
    CHECK(lacking(database, 12) == std::vector<SequenceRange>{{3, 4}, {6, 8}, {10, 12}});
    add(database, "an-phong", {3, 4, 6, 7, 8});
    CHECK(lacking(database, 9).empty());
    CHECK(lacking(database, 7).empty());
}

TEST_CASE_TEMPLATE("airings: of more gaps than an answer takes, the oldest are told", Backend, Sqlite) {
    Backend backend;
    auto& database = backend.database();
    std::vector<std::int64_t> even;
    for (std::int64_t sequence = 2; sequence <= 400; sequence += 2) even.push_back(sequence);
    add(database, "an-phong", even);
    const auto ranges = lacking(database, 500);
    REQUIRE(ranges.size() == lackingRangesLimit);
    CHECK(ranges.front() == SequenceRange{1, 1});
    CHECK(ranges.back() == SequenceRange{199, 199});
}

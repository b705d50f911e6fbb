#include "scheduler/operations/kept.h"

#include <doctest/doctest.h>

using namespace loa;

TEST_CASE("kept: a value is found by its name while the state is the one it came from") {
    Kept<int, std::string> kept{10};
    kept.keep(7, "a", "at 7");
    CHECK(kept.find(7, "a") == "at 7");
    CHECK_FALSE(kept.find(7, "b"));
    CHECK_FALSE(kept.find(8, "a"));
    kept.keep(8, "b", "at 8");
    CHECK_FALSE(kept.find(8, "a"));
    CHECK_FALSE(kept.find(7, "a"));
    CHECK(kept.find(8, "b") == "at 8");
}

TEST_CASE("kept: no more bytes than the limit are held, names included; a new state makes room again") {
    Kept<int, std::string> kept{10, 8};
    for (int i = 0; i < 3; ++i) kept.keep(1, "a", "12", 2);
    kept.keep(1, "b", "12345", 5);
    kept.keep(1, "c", "1234", 4);
    kept.keep(1, "d", "", 0);
    CHECK(kept.find(1, "a") == "12");
    CHECK_FALSE(kept.find(1, "b"));
    CHECK(kept.find(1, "c") == "1234");
    CHECK_FALSE(kept.find(1, "d"));
    kept.keep(2, "b", "1234567", 7);
    CHECK(kept.find(2, "b") == "1234567");
    kept.keep(3, "large", "1234", 4);
    CHECK_FALSE(kept.find(3, "large"));
}

TEST_CASE("kept: no more than the limit is held") {
    Kept<int, int> kept{2};
    for (int i = 0; i < 5; ++i) kept.keep(1, std::to_string(i), i);
    CHECK(kept.find(1, "1") == 1);
    CHECK_FALSE(kept.find(1, "2"));
}

#include "player/spool/media_cache.h"

#include <doctest/doctest.h>

#include <fstream>

#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

namespace {

// printf 'xin chào' | sha256sum
const MediaId hello{"8aaecd06d85c7f743d3545e7b865f3053c647591f95919c1c0b003046d4757aa"};
const std::string helloBytes = "xin chào";
const auto helloLength = static_cast<std::int64_t>(helloBytes.size());

}  // namespace

TEST_CASE("media cache: a file is ready when its bytes are those its name says, not before") {
    const TemporaryDirectory directory;
    const MediaCache cache{directory.path() / "media"};
    MediaPart part{cache, hello, helloLength};
    part.append(helloBytes.substr(0, 4));
    CHECK(cache.ready().empty());
    part.append(helloBytes.substr(4));
    CHECK(cache.ready().empty());
    part.finish();
    CHECK(cache.ready() == std::set{hello});
    CHECK_FALSE(std::filesystem::exists(cache.partOf(hello)));
}

TEST_CASE("media cache: F04 a download goes on where the power went") {
    const TemporaryDirectory directory;
    const MediaCache cache{directory.path() / "media"};
    MediaPart{cache, hello, helloLength}.append(helloBytes.substr(0, 5));
    MediaPart part{cache, hello, helloLength};
    CHECK(part.have() == 5);
    CHECK(cache.ready().empty());
    part.append(helloBytes.substr(5));
    part.finish();
    CHECK(cache.ready() == std::set{hello});
}

TEST_CASE("media cache: wrong bytes are thrown away, and so is what is too long or too short") {
    const TemporaryDirectory directory;
    const MediaCache cache{directory.path() / "media"};
    {
        MediaPart part{cache, hello, helloLength};
        part.append(std::string(helloBytes.size(), '?'));
        CHECK_THROWS_AS(part.finish(), Error);
    }
    CHECK_FALSE(std::filesystem::exists(cache.partOf(hello)));
    {
        MediaPart part{cache, hello, helloLength};
        CHECK_THROWS_AS(part.append(helloBytes + "!"), Error);
        part.append(helloBytes.substr(1));
        CHECK_THROWS_AS(part.finish(), Error);
    }
    CHECK(cache.ready().empty());
}

TEST_CASE("media cache: what no plan names is removed, foreign files are left alone") {
    const TemporaryDirectory directory;
    const MediaCache cache{directory.path() / "media"};
    const MediaId old{std::string(64, 'a')};
    for (const auto& file :
         {cache.fileOf(hello), cache.fileOf(old), cache.partOf(old), directory.path() / "media" / "note.txt"})
        std::ofstream{file} << "x";
    cache.keepOnly({hello});
    CHECK(cache.ready() == std::set{hello});
    CHECK_FALSE(std::filesystem::exists(cache.partOf(old)));
    CHECK(std::filesystem::exists(directory.path() / "media" / "note.txt"));
    cache.remove(hello);
    CHECK(cache.ready().empty());
}

#include "scheduler/media/media_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "scheduler/media/sha256.h"
#include "scheduler/media/uploads.h"
#include "tests/scheduler/media/ingest_house.h"

using namespace loa;

namespace {

const UploadId uploadId{"0123456789abcdef"};

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return "";
}

}  // namespace

TEST_CASE("media store: a file is found under the SHA-256 of its bytes, in a folder of its first two digits") {
    IngestHouse house;
    const auto id = house.store.keepCanonical(house.incoming("abc"));
    CHECK(id.text() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
    const auto found = house.store.findCanonical(id);
    REQUIRE(found);
    CHECK(found->bytes == 3);
    CHECK(found->path == house.store.root() / "canonical" / "ba" / (id.text() + ".opus"));
    CHECK_FALSE(house.store.findOriginal(id));
    {
        const auto original = house.incoming("abc");
        CHECK(house.store.keepOriginal(original.path()) == id);
        CHECK(house.store.keepOriginal(original.path()) == id);  // again: the same
        CHECK(contentOf(original.path()) == "abc");
    }
    CHECK(house.store.findOriginal(id)->path == house.store.root() / "original" / "ba" / id.text());
    CHECK(house.store.keepCanonical(house.incoming("abc")) == id);  // again: the same
    CHECK(house.files() == 2);
}

TEST_CASE("media store: names from outside reach no file") {
    IngestHouse house;
    const auto id = house.store.keepCanonical(house.incoming("abc")).text();
    for (const auto& name : {std::string{}, std::string{"../../etc/passwd"}, id.substr(0, 63), id + "0",
                             "B" + id.substr(1), "../" + id.substr(3)}) {
        CAPTURE(name);
        CHECK_FALSE(house.store.findCanonical(MediaId{name}));
        CHECK_FALSE(house.store.findOriginal(MediaId{name}));
    }
}

TEST_CASE("media store: a file on its way in goes when it is not kept, and with the next start after a crash") {
    IngestHouse house;
    { const auto file = house.incoming("abc"); }
    CHECK(house.files() == 0);
    house.incoming("left by a crash").keep();
    CHECK(house.files() == 1);
    const MediaStore again{house.store.root()};
    CHECK(house.files() == 0);
}

TEST_CASE("uploads: bytes are appended where the last ended, over restarts, and stay until they are removed") {
    IngestHouse house;
    {
        Uploads uploads{house.store, {}};
        CHECK(uploads.received(uploadId) == 0);
        CHECK(uploads.append(uploadId, 0, "abc") == 3);
    }
    MediaStore store{house.store.root()};
    Uploads uploads{store, {}};
    CHECK(uploads.received(uploadId) == 3);
    CHECK(codeOf([&] { uploads.append(uploadId, 0, "abc"); }) == "upload-offset");
    CHECK(codeOf([&] { uploads.append(uploadId, 4, "abc"); }) == "upload-offset");
    CHECK(uploads.append(uploadId, 3, "def") == 6);
    CHECK(contentOf(uploads.file(uploadId)) == "abcdef");
    CHECK(uploads.all() == std::vector{uploadId});
    CHECK(uploads.remove(uploadId));
    CHECK(uploads.received(uploadId) == 0);
    CHECK(uploads.all().empty());
    CHECK(house.files() == 0);
}

TEST_CASE("uploads: the size limit holds for what is announced and for what comes") {
    IngestHouse house;
    Uploads uploads{house.store, {.bytes = 10}};
    CHECK(codeOf([&] { uploads.checkSize(11); }) == "media-too-large");
    CHECK(codeOf([&] { uploads.checkSize(0); }) == "media-empty");
    CHECK(codeOf([&] { uploads.checkSize(10); }) == "");
    CHECK(uploads.append(uploadId, 0, "12345678") == 8);
    CHECK(codeOf([&] { uploads.append(uploadId, 8, "901"); }) == "media-too-large");
    CHECK(uploads.received(uploadId) == 8);
    CHECK(uploads.remove(uploadId));
    CHECK_FALSE(uploads.remove(uploadId));
}

TEST_CASE("uploads: an id that is not hex is no upload, and a FIFO or a link in its place is not followed") {
    IngestHouse house;
    Uploads uploads{house.store, {}};
    for (const std::string id :
         {"", "../../../etc/passwd", "0123456789abcde", "0123456789abcdeg", "0123456789abcdef/"}) {
        CAPTURE(id);
        CHECK(codeOf([&] { uploads.append(UploadId{id}, 0, "a"); }) == "no-such-upload");
        CHECK(codeOf([&] { uploads.remove(UploadId{id}); }) == "no-such-upload");
    }
    const auto place = house.store.root() / "uploads" / (uploadId.text() + ".part");
    REQUIRE(mkfifo(place.c_str(), 0600) == 0);
    CHECK(codeOf([&] { uploads.append(uploadId, 0, "a"); }) == "media-disk");
    CHECK(uploads.received(uploadId) == 0);
    std::filesystem::remove(place);
    std::filesystem::create_symlink("/etc/passwd", place);
    CHECK(codeOf([&] { uploads.append(uploadId, 0, "a"); }) == "media-disk");
}

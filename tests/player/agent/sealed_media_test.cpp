#include "player/sealed_media.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "api/signing/signing.h"
#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("sealed media: the copy has the file's bytes and can be changed by nobody") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "file";
    const std::string bytes(300'000, 'x');
    std::ofstream{file} << bytes;
    const auto copy = sealedMedia(file, MediaId{sha256Hex(bytes)});
    std::ofstream{file} << "changed meanwhile";
    std::string read(bytes.size() + 1, ' ');
    CHECK(pread(copy.get(), read.data(), read.size(), 0) == static_cast<ssize_t>(bytes.size()));
    read.resize(bytes.size());
    CHECK(read == bytes);
    CHECK(pwrite(copy.get(), "y", 1, 0) == -1);
    CHECK(ftruncate(copy.get(), 0) == -1);
    CHECK((fcntl(copy.get(), F_GET_SEALS) & F_SEAL_SEAL) != 0);
}

TEST_CASE("sealed media: other bytes than the name says, an empty file and a missing one are refused") {
    const TemporaryDirectory directory;
    const MediaId name{sha256Hex("right")};
    const auto codeOf = [&](const char* file) {
        try {
            sealedMedia(directory.path() / file, name);
        } catch (const Error& error) {
            return error.code();
        }
        return std::string{"accepted"};
    };
    std::ofstream{directory.path() / "wrong"} << "wrong";
    std::ofstream{directory.path() / "empty"} << "";
    CHECK(codeOf("wrong") == "media-wrong-hash");
    CHECK(codeOf("empty") == "media-wrong-hash");
    CHECK(codeOf("missing") == "media-unreadable");
}

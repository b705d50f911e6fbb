#include "player/wire/sound_socket.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

struct Place {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("loa-wire-" + std::to_string(getpid()));
    std::string socket = folder / "sound.socket";
    Place() { std::filesystem::create_directories(folder); }
    ~Place() { std::filesystem::remove_all(folder); }
};

Fault connectFault(const std::string& path) {
    try {
        SoundSocket::connect(path);
    } catch (const Error& error) {
        return error.fault();
    }
    return Fault::notFound;
}

}  // namespace

TEST_CASE("sound socket: packets arrive whole, in order, and a descriptor goes along") {
    Place place;
    SoundListener listener{place.socket};
    auto player = SoundSocket::connect(place.socket);
    auto sound = listener.accept(1000);
    REQUIRE(sound);

    const Descriptor file{open("/dev/null", O_RDONLY | O_CLOEXEC)};
    player.send("first", file.get());
    player.send("second");
    const auto first = sound->receive(1000);
    const auto second = sound->receive(1000);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->text == "first");
    CHECK(first->descriptor.valid());
    CHECK(fcntl(first->descriptor.get(), F_GETFD) == FD_CLOEXEC);
    CHECK(second->text == "second");
    CHECK_FALSE(second->descriptor.valid());
    CHECK_FALSE(sound->receive(0));
}

TEST_CASE("sound socket: what the other end said before it went is read, also when it left something unread") {
    Place place;
    SoundListener listener{place.socket};
    auto player = SoundSocket::connect(place.socket);
    auto sound = listener.accept(1000);
    REQUIRE(sound);
    player.send("never read");
    sound->send("the last word");
    sound.reset();
    const auto last = player.receive(1000);
    REQUIRE(last);
    CHECK(last->text == "the last word");
    CHECK_THROWS_AS(player.receive(1000), Error);
}

TEST_CASE("sound socket: a closed other end is unavailable, not an endless wait") {
    Place place;
    SoundListener listener{place.socket};
    auto player = SoundSocket::connect(place.socket);
    auto sound = listener.accept(1000);
    REQUIRE(sound);
    sound.reset();
    CHECK_THROWS_AS(player.receive(1000), Error);
    CHECK_THROWS_AS(player.send("x"), Error);
}

TEST_CASE("sound socket: an end that never reads is given up on") {
    Place place;
    SoundListener listener{place.socket};
    auto player = SoundSocket::connect(place.socket);
    const auto sound = listener.accept(1000);
    REQUIRE(sound);
    const std::string packet(60000, 'x');
    const auto flood = [&] {
        for (int i = 0; i < 1000; ++i) player.send(packet);
    };
    CHECK_THROWS_AS(flood(), Error);
}

TEST_CASE("sound socket: a packet over the limit ends the connection") {
    Place place;
    SoundListener listener{place.socket};
    auto player = SoundSocket::connect(place.socket);
    auto sound = listener.accept(1000);
    REQUIRE(sound);
    player.send(std::string(70000, 'x'));
    CHECK_THROWS_AS(sound->receive(1000), Error);
}

TEST_CASE("sound listener: a stale socket file is replaced, a living one and a plain file are not") {
    Place place;
    {
        SoundListener first{place.socket};
        CHECK_THROWS_AS(SoundListener{place.socket}, Error);
        struct stat found {};
        REQUIRE(stat(place.socket.c_str(), &found) == 0);
        CHECK((found.st_mode & 07777) == 0660);
        std::filesystem::rename(place.socket, place.socket + ".kept");
    }
    std::filesystem::rename(place.socket + ".kept", place.socket);
    CHECK(connectFault(place.socket) == Fault::unavailable);
    {
        SoundListener second{place.socket};
        CHECK_NOTHROW(SoundSocket::connect(place.socket));
    }
    CHECK_FALSE(std::filesystem::exists(place.socket));

    std::ofstream(place.socket) << "mine";
    CHECK_THROWS_AS(SoundListener{place.socket}, Error);
    CHECK(std::filesystem::file_size(place.socket) == 4);
}

TEST_CASE("sound socket: a path that does not fit is refused with words") {
    CHECK(connectFault("/tmp/" + std::string(120, 'x')) == Fault::invalid);
    CHECK(connectFault("/tmp/loa-nobody-listens-here.socket") == Fault::unavailable);
}

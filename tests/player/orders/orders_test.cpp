// Orders at a station's real programs, real sound, and a process beside them that listens.
#include "tests/player/orders/ordered_box.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr double toneLoud = 0.05;  // what a sine as loud as speech reaches; silence does not
constexpr Milliseconds betweenSounds{700};

double milliseconds(Instant at) {
    return static_cast<double>(epochMilliseconds(at));
}

bool heardBetween(const Recording& recording, Instant from, Instant to) {
    return recording.peak(Channel::left, from, to) > toneLoud;
}

}  // namespace

TEST_CASE("I5 an emergency is heard within 5 s over what is on, which is joined where it is by then and gave way") {
    OrderedBox box;
    const auto routine = box.makeSound(20);
    const auto alarm = box.makeSound(2);
    box.lieReady(alarm);
    const auto start = box.now() + 13s;
    box.plan(routine, start);
    Recording recording{box.server, box.directory.path()};
    REQUIRE(waitUntil([&] { return box.now() > start + 3s; }, 60s));
    const auto order = box.make(OrderType::emergency, alarm);
    box.send(order);
    const auto sounding = box.await(order, OrderProgress::sounding);
    CHECK(sounding.at - order.issued <= 5s);
    MESSAGE("order to signal: ", (sounding.at - order.issued).count(), " ms");
    const auto sounded = box.await(order, OrderProgress::sounded);
    CHECK(sounded.frames == alarm.frames);
    REQUIRE(waitUntil([&] { return box.airings().size() == 2; }, 60s));
    recording.finish(start + 22s);
    CHECK(box.airings()[0].result == AiringResult::preempted);
    CHECK(box.airings()[0].detail.find("order 1 'Xả lũ'") != std::string::npos);
    CHECK(box.airings()[1].reason == MissReason::preempted);
    const auto sounds = recording.sounds(Channel::left, betweenSounds, toneLoud);
    REQUIRE_FALSE(sounds.empty());
    CHECK(std::abs(recording.millisecondsAt(sounds.front().from) - milliseconds(start)) < 100);
    CHECK(std::abs(recording.millisecondsAt(sounds.back().to) - milliseconds(start + 20s)) < 100);
    CHECK(heardBetween(recording, sounding.at + 100ms, sounding.at + 1900ms));
}

TEST_CASE("F70 a mute: what is on is silent within 2 s; it outlives kill -9; a later emergency breaks it, once") {
    OrderedBox box;
    const auto routine = box.makeSound(30);
    const auto alarm = box.makeSound(2);
    box.lieReady(alarm);
    const auto start = box.now() + 13s;
    box.plan(routine, start);
    Recording recording{box.server, box.directory.path()};
    REQUIRE(waitUntil([&] { return box.now() > start + 2s; }, 60s));
    const auto mute = box.make(OrderType::mute);
    box.send(mute);
    const auto held = box.await(mute, OrderProgress::sounding);
    CHECK(held.at - mute.issued <= 2s);
    box.player().signal(SIGKILL);
    REQUIRE(box.player().waitUntil([](const ServiceRecord& record) { return record.readies == 2; }, 60s));
    REQUIRE(waitUntil([&] { return box.now() > held.at + 8s; }, 60s));
    const auto order = box.make(OrderType::emergency, alarm);
    box.send(order);
    const auto sounding = box.await(order, OrderProgress::sounding);
    const auto sounded = box.await(order, OrderProgress::sounded);
    REQUIRE(waitUntil([&] { return box.now() > sounded.at + 2s; }, 60s));
    recording.finish(sounded.at + 1900ms);
    CHECK(heardBetween(recording, start + 500ms, start + 1500ms));
    CHECK_FALSE(heardBetween(recording, held.at + 500ms, sounding.at - 500ms));
    CHECK(heardBetween(recording, sounding.at + 2500ms, sounded.at - 500ms));
    CHECK_FALSE(heardBetween(recording, sounded.at + 500ms, sounded.at + 1900ms));
}

TEST_CASE("F06 a power cut in the middle of an emergency: both programs killed, then it is heard whole") {
    OrderedBox box;
    const auto alarm = box.makeSound(5);
    box.lieReady(alarm);
    Recording recording{box.server, box.directory.path()};
    const auto order = box.make(OrderType::emergency, alarm);
    box.send(order);
    const auto first = box.await(order, OrderProgress::sounding);
    REQUIRE(waitUntil([&] { return box.now() > first.at + 4s; }, 60s));
    box.player().signal(SIGKILL);
    box.sound().signal(SIGKILL);
    const auto sounded = box.await(order, OrderProgress::sounded);
    CHECK(sounded.frames == alarm.frames);
    recording.finish(sounded.at);
    std::int64_t longest = 0;
    for (const auto& sound : recording.sounds(Channel::left, betweenSounds, toneLoud))
        longest = std::max(longest, sound.frames());
    CHECK(longest >= alarm.frames + 2 * frameRate - frameRate / 2);  // the signal and all of the message
}

TEST_CASE("F39 an emergency while the link comes and goes is heard; one cancelled meanwhile never is") {
    OrderedBox box;
    const auto alarm = box.makeSound(2);
    box.lieReady(alarm);
    box.hangUpStream();
    const auto order = box.make(OrderType::emergency, alarm);
    box.send(order);  // to nobody, or to whoever is back already
    const auto sounding = box.await(order, OrderProgress::sounding);
    CHECK(sounding.at - order.issued <= 10s);
    box.await(order, OrderProgress::sounded);
    box.hangUpStream();
    const auto never = box.make(OrderType::emergency, box.makeSound(3));
    auto cancel = box.make(OrderType::cancel);
    cancel.of = never.id;
    box.send(cancel);
    box.await(cancel, OrderProgress::sounding);
    box.send(never);
    box.await(never, OrderProgress::refused);
    CHECK_FALSE(box.report(never, OrderProgress::sounding));
}

TEST_CASE("F72 a drill is heard as one and said to be one") {
    OrderedBox box;
    const auto alarm = box.makeSound(2);
    const auto drill = box.make(OrderType::drill, alarm);  // what it sounds is not there yet
    box.send(drill);
    box.await(drill, OrderProgress::fetching);
    box.await(drill, OrderProgress::sounded);
    const auto statuses = box.player().record().statuses;
    CHECK(std::any_of(statuses.begin(), statuses.end(),
                      [](const std::string& line) { return line.starts_with("drill: Xả lũ"); }));
}

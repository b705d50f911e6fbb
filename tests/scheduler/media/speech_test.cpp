#include "scheduler/media/speech.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/scheduler/media/ingest_house.h"
#include "tests/support/broken_media.h"

using namespace loa;

namespace {

constexpr const char* announcement =
    "UBND huyện Thanh Bình thông báo: từ ngày 26/3/2020, Tổng đài 1022 tiếp nhận và giải đáp thắc mắc của người dân về "
    "TTHC, 24 giờ mỗi ngày. Gọi 1022 hoặc xem 1022.dongthap.gov.vn.";

std::string codeOf(IngestHouse& house, const SpeechSettings& settings, std::string_view text) {
    try {
        synthesize(house.store, settings, text);
    } catch (const Error& error) {
        return error.code();
    }
    return "";
}

// An engine of our own, as a shell script.
struct StandInEngine {
    test::TemporaryDirectory folder;
    SpeechSettings settings;
    explicit StandInEngine(const std::string& does) {
        settings.program = folder.path() / "engine";
        settings.arguments = {"{voice}", "{speed}", folder.path()};
        std::ofstream{settings.program} << "#!/bin/sh\n" << does << "\n";
        chmod(settings.program.c_str(), 0700);
    }
};

}  // namespace

TEST_CASE("speech: Vietnamese text becomes sound that ingest takes and levels, and the same text the same file") {
    IngestHouse house;
    const SpeechSettings settings;
    const auto spoken = [&] {
        return ingest(house.store, house.settings, synthesize(house.store, settings, announcement).path());
    };
    const auto first = spoken();
    CHECK(first.length() > std::chrono::seconds{8});
    CHECK(first.length() < std::chrono::seconds{30});
    CHECK(isLevelled(first));
    CHECK(first.truePeakDbtp <= -1.5);
    CHECK(spoken().id == first.id);
}

TEST_CASE("speech: a voice that speaks English is noticed by its length, one that is not there by its failure") {
    IngestHouse house;
    SpeechSettings settings;
    settings.voice = "en";
    CHECK(codeOf(house, settings, announcement) == "speech-implausible");
    settings.voice = "vietnamese";
    CHECK(codeOf(house, settings, announcement) == "speech-failed");
    CHECK(house.files() == 0);
}

TEST_CASE("speech: a faster voice speaks shorter") {
    IngestHouse house;
    SpeechSettings settings;
    const auto usual = synthesize(house.store, settings, announcement).bytes();
    settings.wordsPerMinute = 250;
    CHECK(synthesize(house.store, settings, announcement).bytes() < usual * 3 / 4);
}

TEST_CASE("speech: nothing to say, too much to say and settings that are none are refused before anything runs") {
    IngestHouse house;
    SpeechSettings settings;
    settings.program = "/nonexistent/engine";
    CHECK(codeOf(house, settings, " ... \n") == "speech-empty");
    std::string longest;
    for (std::size_t i = 0; i < longestSpeech; ++i) longest += "ạ";
    CHECK(codeOf(house, settings, longest) == "speech-unavailable");
    CHECK(codeOf(house, settings, longest + 'a') == "speech-too-long");
    CHECK(codeOf(house, settings, "một") == "speech-unavailable");
    settings.voice = "-f/etc/passwd";
    CHECK(codeOf(house, settings, "một") == "speech-voice");
    settings = {};
    settings.wordsPerMinute = 5000;
    CHECK(codeOf(house, settings, "một") == "speech-voice");
}

TEST_CASE("speech: another engine is given the spoken form, its voice and its speed") {
    IngestHouse house;
    StandInEngine engine{"echo \"$1 $2\" > $3/asked; read text; echo \"$text\" > $3/text; /bin/cat $3/sound"};
    std::ofstream{engine.folder.path() / "sound", std::ios::binary} << wavFile(burstTone(2, 0.3, 22050), 22050);
    const auto sound = synthesize(house.store, engine.settings, "Gọi 1022 ngay");
    CHECK(contentOf(engine.folder.path() / "asked") == "vi-vn-x-south 150\n");
    CHECK(contentOf(engine.folder.path() / "text") == "Gọi một không hai hai ngay\n");
    CHECK(contentOf(sound.path()) == wavFile(burstTone(2, 0.3, 22050), 22050));
}

TEST_CASE("speech: an engine that fails, hangs, says nothing, too little or no WAV is refused, and nothing is left") {
    IngestHouse house;
    const auto descriptors = openDescriptors();
    CHECK(codeOf(house, StandInEngine{"exit 1"}.settings, "một") == "speech-failed");
    CHECK(codeOf(house, StandInEngine{"exit 0"}.settings, "một") == "speech-failed");
    CHECK(codeOf(house, StandInEngine{"echo this is no sound"}.settings, "một") == "speech-failed");
    StandInEngine hangs{"/bin/sleep 1000"};
    hangs.settings.deadline = std::chrono::milliseconds{300};
    CHECK(codeOf(house, hangs.settings, "một") == "speech-failed");
    StandInEngine brief{"/bin/cat $3/sound"};
    std::ofstream{brief.folder.path() / "sound", std::ios::binary} << wavFile(burstTone(0.5));
    CHECK(codeOf(house, brief.settings, announcement) == "speech-implausible");
    CHECK(house.files() == 0);
    CHECK(openDescriptors() == descriptors);
    CHECK_FALSE(hasChildren());
}

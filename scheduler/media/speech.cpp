// Speaks text by a child program that is never linked in (espeak-ng is GPL-3) and whose sound is not believed: a wrong
// voice speaks English. Blocks the calling thread; writes only into the store's incoming folder.
#include "scheduler/media/speech.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "scheduler/domain/error.h"
#include "scheduler/media/child_program.h"
#include "scheduler/media/disk.h"
#include "scheduler/media/spoken_pieces.h"
#include "scheduler/media/wav_header.h"

namespace loa {
namespace {

constexpr std::int64_t soundBytesLimit = 200'000'000;

Error refused(Fault fault, const char* code, const char* vi, const char* en) {
    return {fault, code, {vi, en}};
}

void checkSettings(const SpeechSettings& settings) {
    const auto& voice = settings.voice;
    const bool isName = !voice.empty() && voice[0] != '-' && std::all_of(voice.begin(), voice.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    });
    if (!isName || settings.wordsPerMinute < 80 || settings.wordsPerMinute > 400) {
        throw refused(Fault::invalid, "speech-voice",
                      "Không có giọng đọc hoặc tốc độ đọc này. Chọn giọng khác, tốc độ từ 80 đến 400.",
                      "There is no such voice or speed. Choose another voice, and a speed from 80 to 400.");
    }
}

Error speechFailed() {
    return refused(Fault::invalid, "speech-failed",
                   "Giọng đọc không tạo được âm thanh. Báo quản trị kiểm tra bộ đọc và giọng đọc.",
                   "The voice made no sound. Ask the server's keeper to look at its speech program and voice.");
}

std::vector<std::string> argumentsFor(const SpeechSettings& settings) {
    auto arguments = settings.arguments;
    for (auto& argument : arguments) {
        if (argument == "{voice}") argument = settings.voice;
        if (argument == "{speed}") argument = std::to_string(settings.wordsPerMinute);
    }
    return arguments;
}

// The text as a file in memory: the child reads it at its own pace and nobody waits for anybody.
Descriptor asFile(std::string_view text) {
    Descriptor file{memfd_create("loa-speech", MFD_CLOEXEC)};
    if (!file.valid()) throw diskError();
    writeAllAt(file.get(), text, 0);
    return file;
}

std::int64_t countWords(std::string_view text) {
    const SpokenPieces pieces{text};
    std::int64_t count = 0;
    for (std::size_t at = 0; at < pieces.size(); ++at) count += pieces.isWord(at) || pieces.isDigits(at);
    return count;
}

// A Vietnamese word is one syllable: measured 44 seconds by words a minute and word for espeak-ng's Vietnamese voices,
// 156 where an English voice spells out what it cannot read. Other engines differ by less than half.
void checkLength(const SpeechSettings& settings, const IncomingFile& sound, std::int64_t words) {
    std::string head(4096, '\0');
    const auto count = pread(sound.descriptor(), head.data(), head.size(), 0);
    if (count < 0) throw diskError();
    head.resize(static_cast<std::size_t>(count));
    double seconds = 0;
    try {
        const auto wav = readWavHeader(head);
        const auto bytes = std::max<std::int64_t>(0, sound.bytes() - wav.dataOffset);
        seconds = static_cast<double>(bytes / wav.bytesPerFrame) / wav.rate;
    } catch (const Error&) {
        throw speechFailed();
    }
    const double each = static_cast<double>(words) / settings.wordsPerMinute;
    constexpr double least = 12, most = 100, pausesSeconds = 5;
    if (seconds < least * each || seconds > most * each + pausesSeconds) {
        throw refused(Fault::invalid, "speech-implausible",
                      "Bản đọc dài ngắn khác thường so với bài. Chọn giọng đọc khác.",
                      "The speech is far too short or long for its text. Choose another voice.");
    }
}

}  // namespace

void requireSpeakable(std::string_view text) {
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    if (static_cast<std::size_t>(characters) > longestSpeech)
        throw refused(Fault::tooLarge, "speech-too-long", "Bài dài quá 8.000 chữ cái. Chia thành nhiều bài ngắn hơn.",
                      "The text is longer than 8,000 characters. Divide it into shorter ones.");
    if (countWords(spokenForm(text)) == 0)
        throw refused(Fault::invalid, "speech-empty", "Bài chưa có chữ nào để đọc. Nhập nội dung rồi tạo lại.",
                      "There is no word to speak. Enter a text and try again.");
}

IncomingFile synthesize(MediaStore& store, const SpeechSettings& settings, std::string_view text) {
    requireSpeakable(text);
    checkSettings(settings);
    const auto said = spokenForm(text);
    auto sound = store.receive();
    const auto input = asFile(said + "\n");
    ChildProgram program;
    program.program = settings.program;
    program.arguments = argumentsFor(settings);
    program.descriptors = {{input.get(), 0}, {sound.descriptor(), 1}};
    program.fileBytes = soundBytesLimit;
    program.deadline = settings.deadline;
    program.stopDescriptor = settings.stopDescriptor;
    const auto ending = runChild(program);
    if (ending == ChildEnding::notStarted) {
        throw refused(Fault::unavailable, "speech-unavailable",
                      "Máy chủ chưa có bộ đọc. Báo quản trị cài gói espeak-ng.",
                      "The server has no speech program. Ask its keeper to install espeak-ng.");
    }
    try {
        if (ending != ChildEnding::finished) throw speechFailed();
        checkLength(settings, sound, countWords(said));
    } catch (const Error&) {
        requireRoom(sound.descriptor());  // it may have failed for that
        throw;
    }
    return sound;
}

}  // namespace loa

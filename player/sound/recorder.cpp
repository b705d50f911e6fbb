// See recorder.h. The recording thread alone touches files; the queue holds at most ten seconds of blocks, what comes
// beyond that is left out of the recording.
#include "player/sound/recorder.h"

#include <algorithm>

#include "player/sound/wav_file.h"

namespace loa {
namespace {

constexpr std::size_t longestQueue = 1000;

std::string nameOf(ItemId item, FineInstant at) {
    // formatInstant of the whole second without its marks, then the milliseconds: yyyymmddThhmmss.mmmZ.
    const auto rounded = std::chrono::round<Milliseconds>(at);
    const auto second = std::chrono::floor<std::chrono::seconds>(rounded);
    auto text = formatInstant(second);
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
    const auto fraction = std::to_string(1000 + (rounded - second).count());
    return text + "." + fraction.substr(1) + "Z-" + std::to_string(item) + ".wav";
}

}  // namespace

Recorder::Recorder(std::filesystem::path folder) : folder_{std::move(folder)}, thread_{[this] { run(); }} {}

Recorder::~Recorder() {
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void Recorder::add(ItemId item, FineInstant at, std::span<const float> samples) {
    if (!samples.empty()) put({item, at, {samples.begin(), samples.end()}});
}

void Recorder::end(ItemId item) {
    put({item, {}, {}});
}

void Recorder::put(Piece piece) {
    {
        const std::scoped_lock lock{mutex_};
        if (queue_.size() >= longestQueue && !piece.samples.empty()) return;
        queue_.push_back(std::move(piece));
    }
    arrived_.notify_one();
}

void Recorder::run() {
    std::map<ItemId, WavFile> files;
    for (;;) {
        Piece piece;
        {
            std::unique_lock lock{mutex_};
            arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            piece = std::move(queue_.front());
            queue_.pop_front();
        }
        if (piece.samples.empty())
            files.erase(piece.item);
        else
            files.try_emplace(piece.item, folder_ / nameOf(piece.item, piece.at)).first->second.append(piece.samples);
    }
}

}  // namespace loa

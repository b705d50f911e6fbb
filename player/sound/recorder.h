#pragma once
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "player/sound/fine_time.h"
#include "player/wire/sound_messages.h"

namespace loa {

/// Writes each item that sounds, as it reaches the sink, to <folder>/<yyyymmddThhmmss.mmmZ>-<item>.wav (mono, 16 bit).
/// The caller only fills a queue; a disk that is full or slow costs the recording, never the sound.
class Recorder {
public:
    explicit Recorder(std::filesystem::path folder);
    ~Recorder();
    /// The next samples of an item; `at` is when they sound and names the file when they are its first. Never waits.
    void add(ItemId item, FineInstant at, std::span<const float> samples);
    void end(ItemId item);

private:
    struct Piece {
        ItemId item = 0;
        FineInstant at;
        std::vector<float> samples;  ///< none: the item has ended
    };
    void put(Piece piece);
    void run();

    const std::filesystem::path folder_;
    std::mutex mutex_;  ///< guards the three below
    std::condition_variable arrived_;
    std::deque<Piece> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa

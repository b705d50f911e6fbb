// loa-sound as a test's child, and a player reduced to what tests need. Waits on the socket, never on time alone.
#include "tests/support/sound_companion.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "scheduler/domain/error.h"
#include "tests/support/undisturbed.h"
#include "tests/support/wait_until.h"

namespace loa {

Descriptor sealedMemory(const std::string& bytes) {
    Descriptor memory{memfd_create("media", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!memory.valid() || write(memory.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        throw std::runtime_error("memfd");
    return memory;
}

SoundCompanion::SoundCompanion(std::filesystem::path folder, const std::string& sink,
                               std::vector<std::string> moreArguments, std::chrono::milliseconds watchdog)
    : folder_{std::move(folder)} {
    std::filesystem::create_directories(folder_);
    ServiceUnit unit;
    std::vector<std::string> command{std::string{std::getenv("LOA_BIN_DIR")} + "/loa-sound", "--socket",
                                     folder_ / "sound.sock", "--sink", sink};
    command.insert(command.end(), moreArguments.begin(), moreArguments.end());
    unit.command = undisturbed(command);
    unit.output = folder_ / "loa-sound.log";
    unit.watchdog = watchdog;
    unit.restart = true;
    process_ = std::make_unique<ServiceManager>(unit);
    connect();
}

/// Connected is who was told the state of the output: a process that is just being killed may take a connection too.
void SoundCompanion::connect() {
    received_.clear();
    const auto tryOnce = [&] {
        try {
            socket_ = SoundSocket::connect(folder_ / "sound.sock");
            const auto greeting = socket_->receive(5000);
            if (greeting) received_.push_back(fromSoundFromPacket(greeting->text));
            return greeting.has_value();
        } catch (const Error&) {
            return false;
        }
    };
    if (!waitUntil(tryOnce, std::chrono::seconds{20}))
        throw std::runtime_error("loa-sound does not listen; see " + (folder_ / "loa-sound.log").string());
}

void SoundCompanion::cue(ItemId item, const std::string& media, std::int64_t frames) {
    cue(item, sealedMemory(media), frames);
}

void SoundCompanion::cue(ItemId item, const Descriptor& memory, std::int64_t frames) {
    socket_->send(toPacket(ToSound{Cue{item, frames}}), memory.get());
}

void SoundCompanion::cueAndWait(ItemId item, const std::string& media, std::int64_t frames) {
    cue(item, media, frames);
    await<Cued>(item);
}

FromSound SoundCompanion::awaitMessage(std::chrono::seconds limit,
                                       const std::function<bool(const FromSound&)>& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        const auto found = std::find_if(received_.begin(), received_.end(), wanted);
        if (found != received_.end()) {
            auto message = *found;
            received_.erase(found);
            return message;
        }
        if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("loa-sound does not say it");
        if (const auto packet = socket_->receive(100)) received_.push_back(fromSoundFromPacket(packet->text));
    }
}

void SoundCompanion::awaitOutput(OutputState::State state, std::chrono::seconds limit) {
    const auto isIt = [&](const FromSound& message) {
        const auto* output = std::get_if<OutputState>(&message);
        return output && output->state == state;
    };
    awaitMessage(limit, isIt);
    std::erase_if(received_, [](const FromSound& message) { return std::holds_alternative<OutputState>(message); });
}

std::vector<Progress> SoundCompanion::progressOf(ItemId item) const {
    std::vector<Progress> found;
    for (const auto& message : received_)
        if (const auto* progress = std::get_if<Progress>(&message); progress && progress->item == item)
            found.push_back(*progress);
    return found;
}

}  // namespace loa

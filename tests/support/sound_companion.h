#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "player/wire/sound_messages.h"
#include "player/wire/sound_socket.h"
#include "tests/support/service_manager.h"

namespace loa {

/// The bytes in a sealed memfd, as the player hands them over.
Descriptor sealedMemory(const std::string& bytes);

/// The built loa-sound as a process, under the service manager's stand-in, and the player's end of its socket.
class SoundCompanion {
public:
    /// Starts it in `folder` (made if need be) and waits until it is ready and connected.
    SoundCompanion(std::filesystem::path folder, const std::string& sink, std::vector<std::string> moreArguments = {},
                   std::chrono::milliseconds watchdog = std::chrono::milliseconds{0});

    void cue(ItemId item, const std::string& media, std::int64_t frames);
    void cue(ItemId item, const Descriptor& memory, std::int64_t frames);
    void send(const ToSound& message) { socket_->send(toPacket(message)); }
    /// Cues and waits until it is cued; throws when it is refused.
    void cueAndWait(ItemId item, const std::string& media, std::int64_t frames);

    /// Waits for the first message of that kind, about that item, not asked for before. Throws when `limit` passes.
    template <class Message>
    Message await(ItemId item, std::chrono::seconds limit = std::chrono::seconds{30}) {
        return std::get<Message>(awaitMessage(limit, [&](const FromSound& message) {
            const auto* wanted = std::get_if<Message>(&message);
            return wanted && wanted->item == item;
        }));
    }
    void awaitOutput(OutputState::State state, std::chrono::seconds limit = std::chrono::seconds{30});
    /// Everything about that item that has come and was not asked for.
    std::vector<Progress> progressOf(ItemId item) const;

    void disconnect() { socket_.reset(); }
    void connect();
    ServiceManager& process() { return *process_; }

private:
    FromSound awaitMessage(std::chrono::seconds limit, const std::function<bool(const FromSound&)>& wanted);

    std::filesystem::path folder_;
    std::unique_ptr<ServiceManager> process_;
    std::optional<SoundSocket> socket_;
    std::vector<FromSound> received_;
};

}  // namespace loa

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "player/playout/playout.h"
#include "player/wire/sound_messages.h"
#include "player/wire/sound_socket.h"

namespace loa {

/// The agent's connection to loa-sound: made anew each second while it is down, dropped when loa-sound is silent for 5
/// s. Never throws; whatever goes wrong is a SoundDown among the inputs. Used by the agent's thread.
class SoundLink {
public:
    explicit SoundLink(std::string path) : path_{std::move(path)} {}

    /// -1 while there is none.
    int descriptor() const noexcept { return socket_ ? socket_->descriptor() : -1; }
    /// "absent", "opening", "ready" or "lost".
    const std::string& output() const noexcept { return output_; }

    /// Connects when it is time to, reads what has come, and notices silence.
    std::vector<Input> turn(Milliseconds sinceBoot);
    /// When it cannot be sent, the next turn reads what is left to read and says SoundDown.
    void send(const ToSound& message, int descriptorToPass = -1);
    void drop();

private:
    void connect(Milliseconds sinceBoot, std::vector<Input>& inputs);
    void receive(Milliseconds sinceBoot, std::vector<Input>& inputs);

    std::string path_;
    std::optional<SoundSocket> socket_;
    std::string output_ = "absent";
    bool deaf_ = false;  ///< something could not be sent
    Milliseconds nextTry_{0};
    Milliseconds heard_{0};
    std::optional<Milliseconds> suspected_;  ///< since when 5 s of silence are known
};

}  // namespace loa

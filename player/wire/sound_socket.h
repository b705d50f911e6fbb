#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "scheduler/domain/descriptor.h"

namespace loa {

/// One packet and, with a Cue, the descriptor that came with it.
struct Packet {
    std::string text;
    Descriptor descriptor;
};

/// One end of the SOCK_SEQPACKET connection. Not shared between threads without a lock of the owner's.
class SoundSocket {
public:
    /// Connects; throws Error(unavailable) when nobody listens.
    static SoundSocket connect(const std::string& path);
    explicit SoundSocket(Descriptor connected);
    int descriptor() const noexcept { return socket_.get(); }
    /// Never blocks for longer than a second; throws Error(unavailable) when the other end is gone or does not read.
    void send(std::string_view packet, int descriptorToPass = -1);
    /// The next packet, waiting at most `timeoutMilliseconds` (0: not at all); empty when none came. Throws
    /// Error(unavailable) when the other end is gone.
    std::optional<Packet> receive(int timeoutMilliseconds);

private:
    Descriptor socket_;
};

/// The listening end, for loa-sound. Replaces a stale socket file; the file is 0660.
class SoundListener {
public:
    explicit SoundListener(const std::string& path);
    ~SoundListener();
    std::optional<SoundSocket> accept(int timeoutMilliseconds);
    int descriptor() const noexcept { return socket_.get(); }

private:
    std::string path_;
    Descriptor socket_;
};

}  // namespace loa

#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace loa {

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int get() const noexcept { return fd_; }
    bool valid() const noexcept { return fd_ >= 0; }
    int release() noexcept;

private:
    int fd_ = -1;
};

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

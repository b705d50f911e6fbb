// The local SOCK_SEQPACKET connection between loa-player and loa-sound: whole packets, descriptors in SCM_RIGHTS. All
// descriptors are non-blocking and closed on exec; waiting is poll() with a limit, so neither program can hold up the
// other. Never interprets a packet.
#include "player/wire/sound_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr std::size_t largestPacketBytes = 64 * 1024;
constexpr int sendLimitMilliseconds = 1000;

[[noreturn]] void unavailable(const std::string& what) {
    throw Error(Fault::unavailable, "sound-unavailable",
                {"Mất liên lạc giữa loa-player và loa-sound (" + what + "). Chương trình sẽ tự nối lại.",
                 "loa-player and loa-sound lost each other (" + what + "). They reconnect by themselves."});
}

std::string withReason(const std::string& what) {
    return what + ": " + std::strerror(errno);
}

sockaddr_un addressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        throw Error(Fault::invalid, "sound-socket-path",
                    {"Đường dẫn socket dài quá 107 ký tự hoặc để trống: " + path + ". Chọn đường dẫn ngắn hơn.",
                     "The socket path is empty or longer than 107 characters: " + path + ". Choose a shorter one."});
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

Descriptor newSocket() {
    Descriptor made{socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!made.valid()) unavailable(withReason("socket"));
    return made;
}

template <class Address>
const sockaddr* generic(const Address& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool waitFor(int descriptor, short events, int timeoutMilliseconds) {
    pollfd entry{descriptor, events, 0};
    return poll(&entry, 1, timeoutMilliseconds) > 0;
}

/// The first descriptor that came; the others, if someone sent several, are closed.
Descriptor takeDescriptor(msghdr& header) {
    Descriptor first;
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof descriptor);
            Descriptor owned{descriptor};
            if (!first.valid()) first = std::move(owned);
        }
    }
    return first;
}

}  // namespace

SoundSocket::SoundSocket(Descriptor connected) : socket_{std::move(connected)} {}

SoundSocket SoundSocket::connect(const std::string& path) {
    const auto address = addressOf(path);
    auto made = newSocket();
    if (::connect(made.get(), generic(address), sizeof address) != 0) unavailable(withReason(path));
    return SoundSocket{std::move(made)};
}

void SoundSocket::send(std::string_view packet, int descriptorToPass) {
    iovec body{const_cast<char*>(packet.data()), packet.size()};
    msghdr header{};
    header.msg_iov = &body;
    header.msg_iovlen = 1;
    alignas(cmsghdr) std::array<unsigned char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptorToPass >= 0) {
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        cmsghdr* part = CMSG_FIRSTHDR(&header);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(part), &descriptorToPass, sizeof(int));
    }
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (sendmsg(socket_.get(), &header, MSG_NOSIGNAL) >= 0) return;
        if (errno == EINTR) continue;
        if (errno != EAGAIN) unavailable(withReason("send"));
        if (!waitFor(socket_.get(), POLLOUT, sendLimitMilliseconds)) break;
    }
    unavailable("the other end does not read");
}

std::optional<Packet> SoundSocket::receive(int timeoutMilliseconds) {
    if (timeoutMilliseconds != 0 && !waitFor(socket_.get(), POLLIN, timeoutMilliseconds)) return std::nullopt;
    Packet packet;
    packet.text.resize(largestPacketBytes);
    iovec body{packet.text.data(), packet.text.size()};
    alignas(cmsghdr) std::array<unsigned char, CMSG_SPACE(8 * sizeof(int))> control{};
    msghdr header{};
    header.msg_iov = &body;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    auto length = recvmsg(socket_.get(), &header, MSG_CMSG_CLOEXEC);
    // The other end went with something unread. That is told once; what it had said itself still comes after.
    if (length < 0 && errno == ECONNRESET) length = recvmsg(socket_.get(), &header, MSG_CMSG_CLOEXEC);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
    if (length < 0) unavailable(withReason("receive"));
    if (length == 0) unavailable("the other end closed");
    packet.descriptor = takeDescriptor(header);
    if (header.msg_flags & MSG_TRUNC) unavailable("a packet over 64 KiB");
    packet.text.resize(static_cast<std::size_t>(length));
    return packet;
}

SoundListener::SoundListener(const std::string& path) : path_{path} {
    const auto address = addressOf(path);
    struct stat found {};
    if (lstat(path.c_str(), &found) == 0) {
        const auto probe = newSocket();
        if (::connect(probe.get(), generic(address), sizeof address) == 0)
            throw Error(Fault::conflict, "sound-socket-busy",
                        {"Một loa-sound khác đang dùng " + path + ". Dừng nó, hoặc chọn --socket khác.",
                         "Another loa-sound is using " + path + ". Stop it, or choose another --socket."});
        if (S_ISSOCK(found.st_mode)) unlink(path.c_str());
    }
    socket_ = newSocket();
    if (bind(socket_.get(), generic(address), sizeof address) != 0) unavailable(withReason(path));
    // Nobody can connect before listen(), so the mode is never wider than this for anyone.
    if (chmod(path.c_str(), 0660) != 0 || listen(socket_.get(), 4) != 0) unavailable(withReason(path));
}

SoundListener::~SoundListener() {
    unlink(path_.c_str());
}

std::optional<SoundSocket> SoundListener::accept(int timeoutMilliseconds) {
    if (timeoutMilliseconds != 0 && !waitFor(socket_.get(), POLLIN, timeoutMilliseconds)) return std::nullopt;
    Descriptor connected{accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
    if (!connected.valid()) return std::nullopt;
    return SoundSocket{std::move(connected)};
}

}  // namespace loa

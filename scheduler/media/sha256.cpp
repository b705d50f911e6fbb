// SHA-256 by libsodium: the only file of this folder that includes it.
#include "scheduler/media/sha256.h"

#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "scheduler/media/disk.h"

namespace loa {
namespace {

std::string finish(crypto_hash_sha256_state& state) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

void add(crypto_hash_sha256_state& state, std::string_view bytes) {
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

}  // namespace

std::string sha256(std::string_view bytes) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    add(state, bytes);
    return finish(state);
}

std::string sha256OfFile(int descriptor) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<char, 65536> block;
    for (off_t at = 0;;) {
        const auto count = pread(descriptor, block.data(), block.size(), at);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw diskError();
        if (count == 0) return finish(state);
        add(state, {block.data(), static_cast<std::size_t>(count)});
        at += count;
    }
}

bool isSha256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

}  // namespace loa

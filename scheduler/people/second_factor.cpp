#include "scheduler/people/second_factor.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace loa {
namespace {

constexpr std::size_t secretBytes = 20;
constexpr unsigned digits = 6;
constexpr std::int64_t stepSeconds = 30;

void require(int result) {
    if (result != OATH_OK) throw std::runtime_error{std::string{"liboath: "} + oath_strerror(result)};
}

std::string codeOfStep(const std::string& secret, std::int64_t step) {
    static const int ready = oath_init();
    require(ready);
    char* bytes = nullptr;
    std::size_t size = 0;
    require(oath_base32_decode(secret.data(), secret.size(), &bytes, &size));
    const std::unique_ptr<char, decltype(&std::free)> owned{bytes, &std::free};
    std::array<char, digits + 1> code{};
    require(oath_hotp_generate(bytes, size, static_cast<std::uint64_t>(step), digits, false,
                               OATH_HOTP_DYNAMIC_TRUNCATION, code.data()));
    return code.data();
}

std::int64_t stepAt(Instant at) {
    return epochMilliseconds(at) / 1000 / stepSeconds;
}

}  // namespace

std::string newSecondFactor() {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium cannot start"};
    std::array<char, secretBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    char* text = nullptr;
    std::size_t size = 0;
    require(oath_base32_encode(bytes.data(), bytes.size(), &text, &size));
    const std::unique_ptr<char, decltype(&std::free)> owned{text, &std::free};
    return {text, size};
}

std::string secondFactorUri(const std::string& name, const std::string& secret) {
    return "otpauth://totp/Loa:" + name + "?secret=" + secret + "&issuer=Loa";
}

std::optional<std::int64_t> stepOfCode(const std::string& secret, const std::string& code, Instant now,
                                       std::int64_t lastUsed) {
    if (code.size() != digits) return std::nullopt;
    std::optional<std::int64_t> found;
    for (std::int64_t step = stepAt(now) - 1; step <= stepAt(now) + 1; ++step) {
        const auto expected = codeOfStep(secret, step);
        if (sodium_memcmp(expected.data(), code.data(), digits) == 0 && step > lastUsed) found = step;
    }
    return found;
}

std::string codeAt(const std::string& secret, Instant at) {
    return codeOfStep(secret, stepAt(at));
}

}  // namespace loa

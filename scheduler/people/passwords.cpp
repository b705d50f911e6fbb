#include "scheduler/people/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr auto passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto memoryBytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;

void requireSodium() {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium cannot start"};
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Error refusal(const char* code, const char* vi, const char* en) {
    return {Fault::invalid, code, {vi, en}};
}

Error tooManyAtOnce() {
    return {Fault::unavailable,
            "too-many-at-once",
            {"Nhiều người đang đăng nhập cùng lúc. Đợi vài giây rồi làm lại.",
             "many are signing in at this moment; try again in a few seconds"}};
}

}  // namespace

std::string Passwords::hash(const std::string& password) {
    requireSodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const auto result = turns_.run([&] {
        return crypto_pwhash_str_alg(text.data(), password.data(), password.size(), passes, memoryBytes,
                                     crypto_pwhash_ALG_ARGON2ID13);
    });
    if (!result) throw tooManyAtOnce();
    if (*result != 0)
        throw Error{Fault::unavailable,
                    "no-memory",
                    {"Máy chủ thiếu bộ nhớ. Thử lại sau.", "there is no memory for a password now; try again"}};
    return text.data();
}

bool Passwords::matches(const std::string& password, const std::string& hash) {
    requireSodium();
    // A real hash of a password nobody was told: who is nobody takes as long as who is somebody.
    static const std::string nobodys = this->hash(newPassword());
    const auto& stored = hash.empty() ? nobodys : hash;
    const auto result =
        turns_.run([&] { return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()); });
    if (!result) throw tooManyAtOnce();
    return *result == 0 && !hash.empty();
}

void checkPassword(std::string_view password, std::string_view name) {
    if (characters(password) < shortestPassword)
        throw refusal("password-too-short", "Mật khẩu phải có ít nhất 12 ký tự. Đặt dài hơn, ví dụ bốn từ bất kỳ.",
                      "a password has at least 12 characters; four words of your own will do");
    if (password.size() > longestPassword)
        throw refusal("password-too-long", "Mật khẩu quá dài. Đặt ngắn hơn.", "a password has at most 1024 bytes");
    const bool isOneCharacter = password.find_first_not_of(password.front()) == std::string_view::npos;
    if (isOneCharacter || password == name)
        throw refusal("password-too-plain", "Mật khẩu này quá dễ đoán. Đặt mật khẩu khác.",
                      "this password is too easy to guess; choose another one");
}

std::string newPassword() {
    requireSodium();
    constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
    constexpr int groups = 4;
    constexpr int groupLetters = 5;
    std::string password;
    for (int group = 0; group < groups; ++group) {
        if (group > 0) password += '-';
        for (int i = 0; i < groupLetters; ++i)
            password += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    }
    return password;
}

}  // namespace loa

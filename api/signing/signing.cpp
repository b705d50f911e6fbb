// Ed25519 by libsodium. Nothing here reads files or knows what it signs.
#include "api/signing/signing.h"

#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr std::string_view secretPrefix = "loa-secret-ed25519:";
constexpr std::string_view publicPrefix = "loa-public-ed25519:";
using Bytes = std::vector<unsigned char>;

void ready() {
    static const int initialised = sodium_init();
    if (initialised < 0) throw std::runtime_error{"libsodium cannot be initialised"};
}

std::string hex(const unsigned char* bytes, std::size_t count) {
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

std::string base64(const Bytes& bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

/// The bytes of a base64 text; empty when it is none, or of more than `most`.
Bytes fromBase64UpTo(std::string_view text, std::size_t most) {
    Bytes bytes(most);
    std::size_t read = 0;
    const int fault = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &read, nullptr,
                                        sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(fault ? 0 : read);
    return bytes;
}

/// The same; empty when it is not one of exactly `count` bytes.
Bytes fromBase64(std::string_view text, std::size_t count) {
    auto bytes = fromBase64UpTo(text, count);
    return bytes.size() == count ? bytes : Bytes{};
}

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Bytes keyBytes(std::string_view text, std::string_view prefix, std::size_t count) {
    ready();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    const auto bytes = text.starts_with(prefix) ? fromBase64(text.substr(prefix.size()), count) : Bytes{};
    if (bytes.empty())
        throw Error{Fault::invalid,
                    "bad-key",
                    {"Tệp khóa không đúng dạng. Lấy lại tệp khóa từ thư mục của văn phòng.",
                     "not a key file of Loa: it must read '" + std::string{prefix} + "<base64>'"}};
    return bytes;
}

std::string messageOf(std::string_view kind, std::string_view payload) {
    std::string message{"loa:"};
    return message.append(kind).append(":1\n").append(payload);
}

Error badSignature(const std::string& why) {
    return {Fault::invalid, "bad-signature", {"Chữ ký không đúng nên Loa không dùng tài liệu này.", why}};
}

}  // namespace

SigningKey::SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey::~SigningKey() {
    if (!secret_.empty()) sodium_memzero(secret_.data(), secret_.size());
}

SigningKey SigningKey::generate() {
    ready();
    SigningKey key;
    key.secret_.resize(crypto_sign_SECRETKEYBYTES);
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> unused{};
    crypto_sign_keypair(unused.data(), key.secret_.data());
    return key;
}

SigningKey SigningKey::fromText(std::string_view text) {
    SigningKey key;
    key.secret_ = keyBytes(text, secretPrefix, crypto_sign_SECRETKEYBYTES);
    return key;
}

SigningKey SigningKey::fromSeed(std::string_view seed) {
    ready();
    static_assert(crypto_sign_SEEDBYTES == crypto_generichash_BYTES);
    std::array<unsigned char, crypto_sign_SEEDBYTES> digest{};
    crypto_generichash(digest.data(), digest.size(), bytesOf(seed), seed.size(), nullptr, 0);
    SigningKey key;
    key.secret_.resize(crypto_sign_SECRETKEYBYTES);
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> unused{};
    crypto_sign_seed_keypair(unused.data(), key.secret_.data(), digest.data());
    sodium_memzero(digest.data(), digest.size());
    return key;
}

std::string SigningKey::open(std::string_view sealed) const {
    constexpr std::size_t longest = 4096;
    const auto bytes = fromBase64UpTo(sealed, longest);
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> own{};
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> boxPublic{};
    std::array<unsigned char, crypto_box_SECRETKEYBYTES> boxSecret{};
    crypto_sign_ed25519_sk_to_pk(own.data(), secret_.data());
    const bool usable = crypto_sign_ed25519_pk_to_curve25519(boxPublic.data(), own.data()) == 0 &&
                        crypto_sign_ed25519_sk_to_curve25519(boxSecret.data(), secret_.data()) == 0 &&
                        bytes.size() >= crypto_box_SEALBYTES;
    std::string text(usable ? bytes.size() - crypto_box_SEALBYTES : 0, '\0');
    const bool opened = usable && crypto_box_seal_open(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                                       bytes.size(), boxPublic.data(), boxSecret.data()) == 0;
    sodium_memzero(boxSecret.data(), boxSecret.size());
    if (opened) return text;
    throw Error{Fault::invalid,
                "not-sealed-for-this",
                {"Nội dung niêm phong không dành cho khóa này.", "this was not sealed for this key"}};
}

std::string SigningKey::toText() const {
    return std::string{secretPrefix} + base64(secret_);
}

std::string SigningKey::publicText() const {
    Bytes bytes(crypto_sign_PUBLICKEYBYTES);
    crypto_sign_ed25519_sk_to_pk(bytes.data(), secret_.data());
    return std::string{publicPrefix} + base64(bytes);
}

VerifyingKey VerifyingKey::fromText(std::string_view text) {
    VerifyingKey key;
    key.public_ = keyBytes(text, publicPrefix, crypto_sign_PUBLICKEYBYTES);
    constexpr std::size_t idDigits = 16;
    key.id_ = sha256Hex({reinterpret_cast<const char*>(key.public_.data()), key.public_.size()}).substr(0, idDigits);
    return key;
}

std::string sign(std::string_view kind, std::string_view payload, std::span<const SigningKey* const> keys) {
    const auto message = messageOf(kind, payload);
    auto signatures = nlohmann::ordered_json::array();
    for (const auto* key : keys) {
        Bytes signature(crypto_sign_BYTES);
        crypto_sign_detached(signature.data(), nullptr, bytesOf(message), message.size(), key->secret_.data());
        const auto signer = VerifyingKey::fromText(key->publicText()).id();
        signatures.push_back({{"signer", signer}, {"signature", base64(signature)}});
    }
    const nlohmann::ordered_json document{{"kind", kind}, {"payload", payload}, {"signatures", std::move(signatures)}};
    return document.dump();
}

std::string sign(std::string_view kind, std::string_view payload, const SigningKey& key) {
    return sign(kind, payload, std::array{&key});
}

std::string seal(const VerifyingKey& key, std::string_view secret) {
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> recipient{};
    Bytes sealed(secret.size() + crypto_box_SEALBYTES);
    if (crypto_sign_ed25519_pk_to_curve25519(recipient.data(), key.public_.data()) != 0 ||
        crypto_box_seal(sealed.data(), bytesOf(secret), secret.size(), recipient.data()) != 0)
        throw Error{Fault::invalid, "bad-key", {"Khóa công khai này không dùng được.", "not a usable public key"}};
    return base64(sealed);
}

std::string verify(std::string_view kind, std::string_view document, const std::vector<VerifyingKey>& trusted) {
    ready();
    try {
        const auto json = nlohmann::json::parse(document);
        if (json.at("kind").get<std::string>() != kind) throw badSignature("signed for another kind of document");
        auto payload = json.at("payload").get<std::string>();
        const auto message = messageOf(kind, payload);
        bool signedByTrusted = false;
        for (const auto& entry : json.at("signatures")) {
            const auto signer = entry.at("signer").get<std::string>();
            const auto signature = fromBase64(entry.at("signature").get<std::string>(), crypto_sign_BYTES);
            for (const auto& key : trusted) {
                if (key.id() != signer) continue;
                if (signature.empty() || crypto_sign_verify_detached(
                                             signature.data(), reinterpret_cast<const unsigned char*>(message.data()),
                                             message.size(), key.public_.data()) != 0)
                    throw badSignature("the signature of " + signer + " is wrong");
                signedByTrusted = true;
            }
        }
        if (!signedByTrusted) throw badSignature("no trusted key has signed it");
        return payload;
    } catch (const nlohmann::json::exception& fault) {
        throw Error{
            Fault::malformed,
            "malformed-document",
            {"Tài liệu ký không đúng dạng nên Loa không dùng.", std::string{"not a signed document: "} + fault.what()}};
    }
}

std::string sha256Hex(std::string_view bytes) {
    ready();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hex(digest.data(), digest.size());
}

std::string blake2bHex(std::string_view bytes) {
    ready();
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       nullptr, 0);
    return hex(digest.data(), digest.size());
}

std::string randomHex(std::size_t bytes) {
    ready();
    Bytes random(bytes);
    randombytes_buf(random.data(), random.size());
    return hex(random.data(), random.size());
}

}  // namespace loa

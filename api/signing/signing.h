#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// Ed25519 over the very bytes that travel. A signed document is a JSON object
///   {"kind": "manifest", "payload": "<the signed text>", "signatures": [{"signer": "<key id>", "signature":
///   "<base64>"}]}
/// and what is signed is "loa:<kind>:1\n" followed by the payload's bytes, so that no document can pass for one of
/// another kind. Several may sign one document.

/// A secret key; the text form is for one file of mode 0600 ("loa-secret-ed25519:<base64>").
class SigningKey {
public:
    static SigningKey generate();
    static SigningKey fromText(std::string_view text);  ///< throws Error(invalid)
    /// The key that everybody makes who knows `seed`, and nobody else: for a text that cannot be guessed.
    static SigningKey fromSeed(std::string_view seed);
    std::string toText() const;
    std::string publicText() const;  ///< "loa-public-ed25519:<base64>"
    /// What was sealed for this key. Throws Error(invalid, "not-sealed-for-this").
    std::string open(std::string_view sealed) const;
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();  ///< wipes the key

private:
    SigningKey();
    friend std::string sign(std::string_view kind, std::string_view payload, std::span<const SigningKey* const> keys);
    std::vector<unsigned char> secret_;
};

/// The key's public half; its id is the first 16 hex digits of the SHA-256 of the 32 bytes.
class VerifyingKey {
public:
    static VerifyingKey fromText(std::string_view text);  ///< throws Error(invalid)
    const std::string& id() const noexcept { return id_; }

private:
    friend std::string verify(std::string_view kind, std::string_view document,
                              const std::vector<VerifyingKey>& trusted);
    friend std::string seal(const VerifyingKey& key, std::string_view secret);
    std::vector<unsigned char> public_;
    std::string id_;
};

/// The signed document as text.
std::string sign(std::string_view kind, std::string_view payload, const SigningKey& key);
/// The same, signed by each of them.
std::string sign(std::string_view kind, std::string_view payload, std::span<const SigningKey* const> keys);

/// The payload, when the document is of that kind and at least one trusted key has signed it and no signature by a
/// trusted key is wrong. Throws Error(invalid, "bad-signature") or Error(malformed).
std::string verify(std::string_view kind, std::string_view document, const std::vector<VerifyingKey>& trusted);

/// Only the key's secret half opens it (SigningKey::open); says nothing of who sealed it. Base64.
std::string seal(const VerifyingKey& key, std::string_view secret);

/// SHA-256 as 64 lower-case hex digits.
std::string sha256Hex(std::string_view bytes);

/// BLAKE2b-256 as 64 lower-case hex digits, for chains.
std::string blake2bHex(std::string_view bytes);

/// `bytes` random bytes as twice as many hex digits, for tokens and ids.
std::string randomHex(std::size_t bytes);

}  // namespace loa

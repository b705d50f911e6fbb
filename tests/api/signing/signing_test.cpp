#include "api/signing/signing.h"

#include <doctest/doctest.h>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

std::string changed(std::string document, const std::string& from, const std::string& to) {
    const auto found = document.find(from);
    REQUIRE(found != std::string::npos);
    return document.replace(found, from.size(), to);
}

}  // namespace

TEST_CASE("signing: what the office signed is read back byte for byte") {
    const auto key = SigningKey::generate();
    const auto again = SigningKey::fromText(key.toText() + "\n");
    const std::string payload = "{\"title\":\"Tổng đài 1022\\n\"}";
    CHECK(verify("manifest", sign("manifest", payload, key), {VerifyingKey::fromText(again.publicText())}) == payload);
}

TEST_CASE("signing: another key, another kind, a changed payload and a missing signature are refused") {
    const auto key = SigningKey::generate();
    const std::vector<VerifyingKey> trusted{VerifyingKey::fromText(key.publicText())};
    const std::vector<VerifyingKey> others{VerifyingKey::fromText(SigningKey::generate().publicText())};
    const auto document = sign("manifest", "revision 7", key);
    CHECK_THROWS_AS(verify("manifest", document, others), Error);
    CHECK_THROWS_AS(verify("order", document, trusted), Error);
    CHECK_THROWS_AS(verify("order", changed(document, "\"manifest\"", "\"order\""), trusted), Error);
    CHECK_THROWS_AS(verify("manifest", changed(document, "revision 7", "revision 8"), trusted), Error);
    CHECK_THROWS_AS(verify("manifest", "{\"kind\":\"manifest\",\"payload\":\"x\",\"signatures\":[]}", trusted), Error);
    CHECK_THROWS_AS(verify("manifest", "not json", trusted), Error);
}

TEST_CASE("signing: a broken key file is refused with a sentence") {
    CHECK_THROWS_AS(SigningKey::fromText("loa-secret-ed25519:AAAA"), Error);
    CHECK_THROWS_AS(VerifyingKey::fromText(SigningKey::generate().toText()), Error);
}

TEST_CASE("sha256: agrees with FIPS 180-4's example") {
    CHECK(sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(randomHex(32).size() == 64);
    CHECK(randomHex(32) != randomHex(32));
}

TEST_CASE("blake2b: agrees with what b2sum --length=256 says of RFC 7693's example") {
    CHECK(blake2bHex("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

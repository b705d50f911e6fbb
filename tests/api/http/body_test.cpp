#include "api/http/body.h"

#include <doctest/doctest.h>

#include "api/http/wire_error.h"
#include "tests/api/http/text_inbound.h"

namespace loa {

namespace {

constexpr Framing chunked{true, 0};

std::string chunkedBody(const std::string& text, std::uint64_t limit = 100) {
    auto inbound = inboundOf(text);
    try {
        return readBody(inbound, chunked, limit);
    } catch (const WireError& error) {
        return std::to_string(error.status()) + " " + error.code();
    }
}

}  // namespace

TEST_CASE("body: of the declared length, and not a byte more") {
    auto inbound = inboundOf("helloGET");
    CHECK(readBody(inbound, {false, 5}, 5) == "hello");
    CHECK(inbound.arrived());
}

TEST_CASE("F92: a declared body over the limit is refused before a byte is read") {
    auto inbound = inboundOf("");
    CHECK_THROWS_WITH_AS(readBody(inbound, {false, 10'000'000'000}, 100), "The body is too large; at most 100 bytes.",
                         WireError);
}

TEST_CASE("body: one that breaks off is not a shorter one") {
    auto inbound = inboundOf("hell");
    CHECK_THROWS_AS(readBody(inbound, {false, 5}, 5), WireError);
    CHECK(chunkedBody("5\r\nhel") == "400 incomplete");
    CHECK(chunkedBody("5\r\nhello\r\n") == "400 incomplete");
    CHECK(chunkedBody("5\r\nhello\r\n0\r\n") == "400 incomplete");
}

TEST_CASE("body: chunks are joined, their extensions and trailers dropped") {
    CHECK(chunkedBody("5\r\nhello\r\n1;a=b\r\n \r\n5\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n") == "hello world");
    CHECK(chunkedBody("0\r\n\r\n").empty());
    CHECK(chunkedBody("A\r\n0123456789\r\n0\r\n\r\n") == "0123456789");
}

TEST_CASE("F92: a chunked body is counted while it comes") {
    CHECK(chunkedBody("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", 9) == "413 body-too-large");
    CHECK(chunkedBody("ffffffffffffffff\r\nhello", 100) == "413 body-too-large");
    CHECK(chunkedBody("0\r\n\r\n", 0) == "413 no-body-expected");
}

TEST_CASE("body: a chunk that another reader could read differently is refused") {
    for (const auto* text : {"zz\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
                             "5 \r\nhello\r\n0\r\n\r\n", "\r\n5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n",
                             "1ffffffffffffffff\r\nhello\r\n0\r\n\r\n"}) {
        CAPTURE(text);
        CHECK(chunkedBody(text) == "400 chunk");
    }
    CHECK(chunkedBody("5\nhello\r\n0\r\n\r\n") == "400 line-ends");
    std::string trailers = "0\r\n";
    for (int i = 0; i < 1000; ++i) trailers += "T: 1\r\n";
    CHECK(chunkedBody(trailers + "\r\n") == "400 chunk");
}

}  // namespace loa

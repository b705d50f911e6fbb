#include "api/http/head.h"

#include <doctest/doctest.h>

#include "api/http/wire_error.h"
#include "tests/api/http/text_inbound.h"

namespace loa {

namespace {

Head headOf(const std::string& text) {
    auto inbound = inboundOf(text);
    return readHead(inbound);
}

/// The refusal of a head, or of how it frames its body: status and code.
std::string refusalOf(const std::string& text) {
    try {
        const auto head = headOf(text);
        framingOf(head);
        expectsContinue(head);
    } catch (const WireError& error) {
        return std::to_string(error.status()) + " " + error.code();
    }
    return "accepted";
}

std::string withFields(const std::string& fields) {
    return "POST /x HTTP/1.1\r\nHost: loa\r\n" + fields + "\r\n";
}

}  // namespace

TEST_CASE("head: request line and fields are read as sent") {
    const auto head = headOf("GET /a?b=c HTTP/1.1\r\nHost: loa:8443\r\nAccept:  text/html \r\naccept: */*\r\n\r\n");
    CHECK(head.method == "GET");
    CHECK(head.target == "/a?b=c");
    CHECK(head.fields.find("Host") == "loa:8443");
    CHECK(head.fields.find("ACCEPT") == "text/html, */*");
}

TEST_CASE("head: the absolute form names the same path") {
    CHECK(headOf("GET http://loa/a?b HTTP/1.1\r\nHost: loa\r\n\r\n").target == "/a?b");
    CHECK(headOf("GET https://loa HTTP/1.1\r\nHost: loa\r\n\r\n").target == "/");
}

TEST_CASE("head: request lines that are not HTTP/1.1 are refused") {
    CHECK(refusalOf("GET /x\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET  /x HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET /x y HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET x HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET /\xc3\xa2 HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("G@T /x HTTP/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("GET /x HTTP/2.0\r\nHost: a\r\n\r\n") == "505 http-version");
    CHECK(refusalOf("GET /x http/1.1\r\nHost: a\r\n\r\n") == "400 request-line");
    CHECK(refusalOf("\x16\x03\x01\x02\r\n\r\n") == "400 request-line");
}

TEST_CASE("head: lines that another reader could read differently are refused") {
    CHECK(refusalOf("GET /x HTTP/1.1\nHost: a\n\n") == "400 line-ends");
    CHECK(refusalOf(withFields("A: b\rc\r\n")) == "400 line-ends");
    CHECK(refusalOf(withFields(std::string{"A: b\0c\r\n", 8})) == "400 line-ends");
    CHECK(refusalOf(withFields("Content-Length : 5\r\n")) == "400 header-field");
    CHECK(refusalOf(withFields(" Content-Length: 5\r\n")) == "400 header-field");
    CHECK(refusalOf(withFields("A: b\r\n folded\r\n")) == "400 header-field");
    CHECK(refusalOf(withFields("no colon\r\n")) == "400 header-field");
    CHECK(refusalOf(withFields(": nameless\r\n")) == "400 header-field");
    CHECK(refusalOf(withFields("A: b\x01\r\n")) == "400 header-field");
}

TEST_CASE("head: Host has to be there, once, and a host") {
    CHECK(refusalOf("GET /x HTTP/1.1\r\n\r\n") == "400 host");
    CHECK(refusalOf("GET /x HTTP/1.1\r\nHost:\r\n\r\n") == "400 host");
    CHECK(refusalOf("GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n") == "400 host");
    CHECK(refusalOf("GET /x HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n") == "400 field-twice");
}

TEST_CASE("F92: a body whose length is ambiguous is refused") {
    CHECK(refusalOf(withFields("Content-Length: 5\r\nContent-Length: 6\r\n")) == "400 field-twice");
    CHECK(refusalOf(withFields("Content-Length: 5\r\nContent-Length: 5\r\n")) == "400 field-twice");
    CHECK(refusalOf(withFields("Content-Length: 5, 5\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length: -1\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length: +1\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length: 0x5\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length:\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Content-Length: 99999999999999999999\r\n")) == "400 body-length");
    CHECK(refusalOf(withFields("Transfer-Encoding: gzip, chunked\r\n")) == "501 transfer-coding");
    CHECK(refusalOf(withFields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) == "400 field-twice");
    CHECK(refusalOf("POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") == "400 body-length");
    CHECK(framingOf(headOf(withFields("Content-Length: 0123\r\n"))).length == 123);
    CHECK(framingOf(headOf(withFields("Transfer-Encoding: Chunked\r\n"))).chunked);
    CHECK_FALSE(framingOf(headOf(withFields(""))).hasBody());
}

TEST_CASE("head: size and number of lines are limited") {
    CHECK(refusalOf("GET /" + std::string(headLimit, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == "414 address-too-long");
    CHECK(refusalOf(withFields("A: " + std::string(headLimit, 'a') + "\r\n")) == "431 head-too-large");
    std::string many;
    for (int i = 0; i < fieldLimit; ++i) many += "F" + std::to_string(i) + ": 1\r\n";
    CHECK(refusalOf(withFields(many)) == "431 head-too-large");
}

TEST_CASE("head: a head that breaks off is no request") {
    CHECK(refusalOf("GET /x HTTP/1.1\r\nHost: a\r\n") == "400 incomplete");
}

TEST_CASE("head: a connection stays unless one side says otherwise") {
    CHECK(wantsToStay(headOf(withFields(""))));
    CHECK(wantsToStay(headOf(withFields("Connection: keep-alive\r\n"))));
    CHECK_FALSE(wantsToStay(headOf(withFields("Connection: te, Close\r\n"))));
    CHECK_FALSE(wantsToStay(headOf("GET /x HTTP/1.0\r\nHost: a\r\n\r\n")));
}

TEST_CASE("head: the only expectation known is 100-continue") {
    CHECK(expectsContinue(headOf(withFields("Expect: 100-Continue\r\n"))));
    CHECK(refusalOf(withFields("Expect: miracles\r\n")) == "417 expectation");
}

}  // namespace loa

// Keys and X.509 certificates (RFC 5280) by OpenSSL: with this folder's other files the only code that sees it. Touches
// no file and no clock.
#include "scheduler/setup/certificate.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <stdexcept>

#include "scheduler/domain/error.h"

namespace loa {

namespace {

constexpr auto caLife = std::chrono::days{3650};
constexpr auto serverLife = std::chrono::days{397};  // what browsers take at most
constexpr auto clockSlack = std::chrono::hours{1};   // a caller's clock may be behind ours

/// For what fails only when the machine does. Gives the value back, so that calls can be wrapped.
template <class T>
T sure(T value) {
    if (!value) throw std::runtime_error{std::string{"OpenSSL: "} + ERR_error_string(ERR_get_error(), nullptr)};
    return value;
}

struct Free {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
    void operator()(GENERAL_NAME* name) const { GENERAL_NAME_free(name); }
    void operator()(ASN1_STRING* text) const { ASN1_STRING_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void setSerial(X509* certificate) {
    const Owned<BIGNUM> number{sure(BN_new())};
    sure(BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY));
    sure(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)));
}

void setTime(ASN1_TIME* time, Instant at) {
    sure(ASN1_TIME_set(time, std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count()));
}

void addExtension(X509* certificate, const Certificate& issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer.get(), certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension{sure(X509V3_EXT_conf_nid(nullptr, &context, kind, value))};
    sure(X509_add_ext(certificate, extension.get(), -1));
}

/// A certificate with all but its extensions and signature.
Certificate begun(const Key& key, const char* commonName, Instant now, std::chrono::days life) {
    Certificate certificate{sure(X509_new())};
    sure(X509_set_version(certificate.get(), X509_VERSION_3));
    setSerial(certificate.get());
    setTime(X509_getm_notBefore(certificate.get()), now - clockSlack);
    setTime(X509_getm_notAfter(certificate.get()), now + life);
    sure(X509_set_pubkey(certificate.get(), key.get()));
    auto* name = X509_get_subject_name(certificate.get());
    const auto* text = reinterpret_cast<const unsigned char*>(commonName);
    sure(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0));
    return certificate;
}

bool isDnsName(const std::string& name) {
    return !name.empty() && name.size() <= 253 && name.front() != '.' && name.front() != '-' &&
           name.find("..") == name.npos && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '.';
           });
}

Owned<GENERAL_NAME> alternativeName(const std::string& name) {
    Owned<GENERAL_NAME> alternative{sure(GENERAL_NAME_new())};
    if (auto* address = a2i_IPADDRESS(name.c_str())) {
        GENERAL_NAME_set0_value(alternative.get(), GEN_IPADD, address);
        return alternative;
    }
    if (!isDnsName(name))
        throw Error{
            Fault::invalid, "office-name",
            Words{"\"" + name + "\" không phải tên miền hay địa chỉ IP. Tên miền có dấu ghi dạng xn--.",
                  "\"" + name + "\" is neither a DNS name nor an IP address. Write others in their xn-- form."}};
    Owned<ASN1_STRING> text{sure(ASN1_IA5STRING_new())};
    sure(ASN1_STRING_set(text.get(), name.data(), static_cast<int>(name.size())));
    GENERAL_NAME_set0_value(alternative.get(), GEN_DNS, text.release());
    return alternative;
}

void addNames(X509* certificate, const std::vector<std::string>& names) {
    if (names.empty())
        throw Error{Fault::invalid, "office-name",
                    Words{"Cần ít nhất một tên miền hoặc địa chỉ IP của máy chủ.",
                          "At least one DNS name or IP address of the server is needed."}};
    const Owned<GENERAL_NAMES> list{sure(GENERAL_NAMES_new())};
    for (const auto& name : names) {
        auto alternative = alternativeName(name);
        sure(sk_GENERAL_NAME_push(list.get(), alternative.get()));
        static_cast<void>(alternative.release());  // the list's now
    }
    sure(X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT));
}

std::string contentOf(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Owned<BIO> readable(const std::string& text) {
    return Owned<BIO>{sure(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())))};
}

}  // namespace

Key makeKey() {
    return Key{sure(EVP_EC_gen("P-256"))};
}

Certificate makeCa(const Key& key, Instant now) {
    auto ca = begun(key, "Loa office CA", now, caLife);
    sure(X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get())));
    addExtension(ca.get(), ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(ca.get(), ca, NID_key_usage, "critical,keyCertSign");
    addExtension(ca.get(), ca, NID_subject_key_identifier, "hash");
    sure(X509_sign(ca.get(), key.get(), EVP_sha256()));
    return ca;
}

Certificate makeServer(const Key& key, const std::vector<std::string>& names, const Key& caKey, const Certificate& ca,
                       Instant now) {
    auto server = begun(key, "Loa server", now, serverLife);
    sure(X509_set_issuer_name(server.get(), X509_get_subject_name(ca.get())));
    addExtension(server.get(), ca, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(server.get(), ca, NID_key_usage, "critical,digitalSignature");
    addExtension(server.get(), ca, NID_ext_key_usage, "serverAuth");
    addExtension(server.get(), ca, NID_subject_key_identifier, "hash");
    addExtension(server.get(), ca, NID_authority_key_identifier, "keyid:always");
    addNames(server.get(), names);
    sure(X509_sign(server.get(), caKey.get(), EVP_sha256()));
    return server;
}

std::string toPem(const Key& key) {
    const Owned<BIO> out{sure(BIO_new(BIO_s_secmem()))};
    sure(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr));
    return contentOf(out.get());
}

std::string toPem(const Certificate& certificate) {
    const Owned<BIO> out{sure(BIO_new(BIO_s_mem()))};
    sure(PEM_write_bio_X509(out.get(), certificate.get()));
    return contentOf(out.get());
}

Key keyFromPem(const std::string& pem) {
    return Key{PEM_read_bio_PrivateKey(readable(pem).get(), nullptr, nullptr, nullptr)};
}

Certificate certificateFromPem(const std::string& pem) {
    return Certificate{PEM_read_bio_X509(readable(pem).get(), nullptr, nullptr, nullptr)};
}

}  // namespace loa

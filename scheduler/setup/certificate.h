#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "scheduler/domain/time.h"

namespace loa {

struct OpensslFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, OpensslFree>;
using Certificate = std::unique_ptr<X509, OpensslFree>;

Key makeKey();  ///< EC P-256

/// Self-signed, 10 years from `now`; may sign certificates, but no further CAs.
Certificate makeCa(const Key& key, Instant now);

/// For a TLS server of these DNS names and IP addresses, 397 days from `now`. Throws Error invalid for a name that is
/// neither.
Certificate makeServer(const Key& key, const std::vector<std::string>& names, const Key& caKey, const Certificate& ca,
                       Instant now);

std::string toPem(const Key& key);
std::string toPem(const Certificate& certificate);
Key keyFromPem(const std::string& pem);                  ///< empty when it is none
Certificate certificateFromPem(const std::string& pem);  ///< the first one; empty when there is none

}  // namespace loa

#pragma once
#include <string>
#include <vector>

#include "scheduler/domain/time.h"

namespace loa {

/// Where an office keeps what its TLS stands on.
struct OfficeFiles {
    std::string ca;         ///< certificate of the office CA; stations and browsers trust this one. 0644
    std::string caKey;      ///< signs server certificates; may be kept elsewhere between renewals. 0600
    std::string server;     ///< the server's certificate, then the CA's. 0644
    std::string serverKey;  ///< 0600
};
OfficeFiles officeFiles(const std::string& directory);

/// Makes an office CA (EC P-256, 10 years, signs server certificates and nothing else) and a server certificate for
/// `names`: DNS names and IP addresses, as they will stand in URLs ("truyenthanh.example.vn", "127.0.0.1", "::1").
/// Throws Error conflict when one of the files is there already (nothing is overwritten), invalid for no names or one
/// that is neither, unavailable when a file cannot be written; then nothing is left behind.
void makeOffice(const std::string& directory, const std::vector<std::string>& names, Instant now);

/// Gives the server a new certificate (397 days) for its key, from the CA of makeOffice. Stations notice nothing: they
/// trust the CA. The old file stands until the new one is whole. Throws Error as makeOffice, and notFound when a file
/// is missing or no longer what it was.
void renewServerCertificate(const std::string& directory, const std::vector<std::string>& names, Instant now);

}  // namespace loa

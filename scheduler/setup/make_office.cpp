// Makes and renews the files that an office's TLS stands on. Called by loa-scheduler's subcommands, before or beside
// the running server; never by it.
#include "scheduler/setup/make_office.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scheduler/domain/error.h"
#include "scheduler/setup/certificate.h"
#include "scheduler/setup/new_files.h"

namespace loa {

namespace {

constexpr unsigned forOwner = 0600;
constexpr unsigned forAll = 0644;

std::string contentOf(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

Error notAnOffice(const std::string& path) {
    return Error{
        Fault::notFound, "no-office",
        Words{"Không đọc được " + path + ". Kiểm tra thư mục của cơ quan, hoặc tạo mới bằng loa-scheduler init.",
              "Cannot read " + path + ". Check the office's directory, or make one with loa-scheduler init."}};
}

}  // namespace

OfficeFiles officeFiles(const std::string& directory) {
    return {directory + "/ca.pem", directory + "/ca.key", directory + "/server.pem", directory + "/server.key"};
}

void makeOffice(const std::string& directory, const std::vector<std::string>& names, Instant now) {
    const auto caKey = makeKey();
    const auto ca = makeCa(caKey, now);
    const auto serverKey = makeKey();
    const auto server = makeServer(serverKey, names, caKey, ca, now);

    std::error_code ignored;  // where it cannot be made, the first file cannot be written, which is told
    std::filesystem::create_directories(directory, ignored);
    const auto files = officeFiles(directory);
    NewFiles written;
    written.write(files.caKey, toPem(caKey), forOwner);
    written.write(files.serverKey, toPem(serverKey), forOwner);
    written.write(files.ca, toPem(ca), forAll);
    written.write(files.server, toPem(server) + toPem(ca), forAll);
    written.keep();
}

void renewServerCertificate(const std::string& directory, const std::vector<std::string>& names, Instant now) {
    const auto files = officeFiles(directory);
    const auto caKey = keyFromPem(contentOf(files.caKey));
    if (!caKey) throw notAnOffice(files.caKey);
    const auto ca = certificateFromPem(contentOf(files.ca));
    if (!ca || X509_check_private_key(ca.get(), caKey.get()) != 1) throw notAnOffice(files.ca);
    const auto serverKey = keyFromPem(contentOf(files.serverKey));
    if (!serverKey) throw notAnOffice(files.serverKey);

    const auto fresh = files.server + ".new";
    std::error_code failed;
    std::filesystem::remove(fresh, failed);  // of a renewal that was killed
    NewFiles written;
    written.write(fresh, toPem(makeServer(serverKey, names, caKey, ca, now)) + toPem(ca), forAll);
    std::filesystem::rename(fresh, files.server);
    written.keep();
}

}  // namespace loa

#include <iostream>

#include "api/signing/signing.h"
#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/setup/make_office.h"

namespace loa::commands {

int init(Options options) {
    const auto directory = options.need("dir");
    auto names = options.take("name");
    options.end();
    if (names.empty()) names = {"localhost", "127.0.0.1"};
    makeOffice(directory, names, SystemClock{}.now());
    const auto key = SigningKey::generate();
    writeSecret(directory + "/signing.key", key.toText());
    writeSecret(directory + "/office.pub", key.publicText());
    std::cout << "The office is made in " << directory << ". Give each station ca.pem and office.pub; keep ca.key and "
              << "signing.key to yourself.\n";
    return 0;
}

int renew(Options options) {
    const auto directory = options.need("dir");
    auto names = options.take("name");
    options.end();
    if (names.empty()) names = {"localhost", "127.0.0.1"};
    renewServerCertificate(directory, names, SystemClock{}.now());
    std::cout << "The server has a new certificate; start loa-scheduler serve again to use it.\n";
    return 0;
}

}  // namespace loa::commands

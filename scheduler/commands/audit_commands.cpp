#include <iostream>

#include "api/office/audit_json.h"
#include "api/signing/signing.h"
#include "scheduler/commands/commands.h"
#include "scheduler/commands/store.h"
#include "scheduler/operations/audit_heads.h"
#include "scheduler/operations/verify_audit.h"
#include "scheduler/storage/audit_repository.h"

namespace loa::commands {

int verifyAudit(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    const auto heads = options.takeOne("heads", config.stateDirectory / auditHeadsName);
    std::vector<VerifyingKey> trusted;
    for (const auto& file : options.take("key")) trusted.push_back(VerifyingKey::fromText(contentOf(file)));
    options.end();
    if (trusted.empty()) trusted = {VerifyingKey::fromText(signingKeyOf(config).publicText())};
    const SystemClock clock;
    auto database = openStore(config, clock);
    const auto found = loa::verifyAudit(database, readAuditHeads(heads, trusted));
    for (const auto& each : found.breaks)
        std::cout << each.code << (each.number ? "\tentry " + std::to_string(each.number) : "")
                  << (each.line ? "\tline " + std::to_string(each.line) + " of the heads" : "") << '\t' << each.words.vi
                  << " (" << each.words.en << ")\n";
    for (const auto& [number, words] : found.restores)
        std::cout << "restored\tentry " << number << '\t' << words.vi << " (" << words.en << ")\n";
    std::cout << (found.intact() ? "intact: " : "broken: ") << found.entries << " entries";
    if (found.newest) std::cout << ", signed up to " << found.newest->number << " on " << formatDay(found.newest->day);
    std::cout << '\n';
    return found.intact() ? 0 : 1;
}

int writeAuditHead(Options options) {
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    const auto head =
        loa::writeAuditHead(config.stateDirectory / auditHeadsName, database, clock, signingKeyOf(config));
    std::cout << formatDay(head.day) << '\t' << head.number << '\t' << head.hash << '\n';
    return 0;
}

int exportAudit(Options options) {
    constexpr int pieceSize = 1000;
    const auto config = loadSchedulerConfig(options.need("config"));
    options.end();
    const SystemClock clock;
    auto database = openStore(config, clock);
    std::vector<AuditEntry> piece;
    do {
        const auto from = piece.empty() ? 0 : piece.back().number;
        piece = database.read(
            [&](ReadTransaction& transaction) { return AuditRepository::after(transaction, from, pieceSize); });
        for (const auto& entry : piece) std::cout << dump(toJson(entry)) << '\n';
    } while (!piece.empty());
    return 0;
}

}  // namespace loa::commands

#include "scheduler/operations/token_uses.h"

#include <algorithm>

#include "scheduler/storage/token_repository.h"

namespace loa {
namespace {

constexpr Milliseconds writeEvery = std::chrono::minutes{1};

}  // namespace

void TokenUses::note(const TokenId& token, Instant at) {
    const std::lock_guard lock{mutex_};
    auto& last = noted_.try_emplace(token, at).first->second;
    last = std::max(last, at);
}

std::optional<Instant> TokenUses::of(const TokenId& token) const {
    const std::lock_guard lock{mutex_};
    const auto found = noted_.find(token);
    return found == noted_.end() ? std::nullopt : std::optional{found->second};
}

void TokenUses::keep(Database& database, Milliseconds now) {
    {
        const std::lock_guard lock{mutex_};
        if (written_ && now - *written_ < writeEvery) return;
        written_ = now;
    }
    finish(database);
}

void TokenUses::finish(Database& database) {
    const auto noted = [this] {
        const std::lock_guard lock{mutex_};
        return noted_;
    }();
    if (noted.empty()) return;
    database.write([&](WriteTransaction& transaction) {
        for (const auto& [token, at] : noted) TokenRepository::touch(transaction, token, at);
    });
    const std::lock_guard lock{mutex_};
    std::erase_if(noted_, [&](const auto& entry) { return entry.second <= noted.at(entry.first); });
}

}  // namespace loa

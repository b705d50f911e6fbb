#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include "scheduler/domain/time.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// What a commit waits for. The product knows only `full`: what was committed survives a power cut. The other two are
/// for tests, which prove with them that their power cuts bite.
enum class Durability { full, normal, off };

/// How long a write waits for its turn: for other writers, and for a reader on whose account the write-ahead log can no
/// longer be emptied. Then it is Error(unavailable, "database-busy").
constexpr Milliseconds writePatience = std::chrono::seconds{5};

/// The office's database: one file (SQLite, WAL), many readers, one writer at a time. Opening it brings its tables up
/// to what this program needs. May be used from any thread.
class Database {
public:
    /// Opens or makes the file, readable by its owner only, and migrates it; `now` is noted beside each migration.
    /// Throws Error(conflict, "database-newer") when a newer program wrote it, Error(unavailable,
    /// "database-unavailable") when it cannot be opened.
    Database(const std::filesystem::path& file, Instant now, Durability durability = Durability::full);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// `work(ReadTransaction&)` with a consistent view; returns what it returns. Never waits for a writer.
    template <class Work>
    auto read(Work&& work) {
        using Result = std::invoke_result_t<Work&, ReadTransaction&>;
        return collect<Result, ReadTransaction>(work, [this](const auto& run) { runRead(run); });
    }

    /// `work(WriteTransaction&)`, then commit; returns what it returns, once it is durable. When it throws, nothing of
    /// it is kept. Waits for other writers, for `writePatience` at most, and must not be called from inside another
    /// write. The write-ahead log stays under 64 MB: while a reader, be it a back-up, keeps 32 MB of it from being
    /// emptied, writes are refused.
    template <class Work>
    auto write(Work&& work) {
        using Result = std::invoke_result_t<Work&, WriteTransaction&>;
        return collect<Result, WriteTransaction>(work, [this](const auto& run) { runWrite(run); });
    }

    /// As `write`, but nothing of it is kept: what a change would bring about, found out by making it.
    template <class Work>
    auto tryOut(Work&& work) {
        using Result = std::invoke_result_t<Work&, WriteTransaction&>;
        return collect<Result, WriteTransaction>(work, [this](const auto& run) { runWrite(run, false); });
    }

    const std::filesystem::path& file() const;

    /// Differs once anything was committed since, by this process or another: what was read after it was asked for
    /// holds as long as it is the same.
    std::int64_t changes() const;

private:
    struct State;

    template <class Result, class Transaction, class Work, class Run>
    static Result collect(Work& work, const Run& run) {
        if constexpr (std::is_void_v<Result>) {
            run([&](Transaction& transaction) { work(transaction); });
        } else {
            std::optional<Result> result;
            run([&](Transaction& transaction) { result.emplace(work(transaction)); });
            return std::move(*result);
        }
    }

    void runRead(const std::function<void(ReadTransaction&)>& work);
    void runWrite(const std::function<void(WriteTransaction&)>& work, bool keep = true);

    std::unique_ptr<State> state_;
};

}  // namespace loa

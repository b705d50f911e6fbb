#pragma once
#include <Poco/Data/Session.h>

#include <filesystem>
#include <functional>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Throws Error(unavailable, "spool-failed").
[[noreturn]] void spoolFailed(const std::string& what);

/// The one connection to the store, and the one file lock that keeps a second player away. Internal to this folder.
class SpoolDatabase {
public:
    /// Opens the store and reads all of it once. One whose contents are damaged is put aside (broken_store.h) and a new
    /// one made; one that cannot be read or written now (disk full, input or output error, read-only) is left alone,
    /// and Error(unavailable) thrown.
    SpoolDatabase(const std::filesystem::path& file, Instant now);

    /// Runs `work` in BEGIN IMMEDIATE ... COMMIT; durable when it returns, undone when it throws. Not to be nested.
    /// Faults of the database become Error(unavailable, "spool-failed"); a row that may be there once only and is,
    /// Error(conflict, "row-exists").
    void write(const std::function<void(Poco::Data::Session&)>& work);
    /// Runs `work` without a transaction; it must not write.
    void read(const std::function<void(Poco::Data::Session&)>& work);

    /// Damage was found since. Opening it anew puts it aside.
    bool broken() const noexcept { return broken_; }

private:
    void open(const std::filesystem::path& file);
    void migrate();

    Descriptor lock_;
    std::unique_ptr<Poco::Data::Session> session_;
    bool broken_ = false;
};

}  // namespace loa

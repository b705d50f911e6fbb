#pragma once
#include <Poco/Data/Session.h>

#include <filesystem>
#include <functional>

#include "scheduler/domain/error.h"

namespace loa {

/// The one connection to the store, and the one file lock that keeps a second player away. Internal to this folder.
class SpoolDatabase {
public:
    explicit SpoolDatabase(const std::filesystem::path& file);
    ~SpoolDatabase();
    SpoolDatabase(const SpoolDatabase&) = delete;
    SpoolDatabase& operator=(const SpoolDatabase&) = delete;

    /// Runs `work` in BEGIN IMMEDIATE ... COMMIT; durable when it returns, undone when it throws. Not to be nested.
    /// Faults of the database become Error(unavailable, "spool-failed"); a row that may be there once only and is,
    /// Error(conflict, "row-exists").
    void write(const std::function<void(Poco::Data::Session&)>& work);
    /// Runs `work` without a transaction; it must not write.
    void read(const std::function<void(Poco::Data::Session&)>& work);

private:
    void migrate();
    int lock_ = -1;
    std::unique_ptr<Poco::Data::Session> session_;
};

}  // namespace loa

#pragma once

namespace loa {

class Connection;
class Database;

/// A consistent view of the database: everything read in one sees the same state. Made by Database::read only, used on
/// the thread that got it, gone when that call returns.
class ReadTransaction {
public:
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    Connection& connection() noexcept { return connection_; }

protected:
    explicit ReadTransaction(Connection& connection) noexcept : connection_{connection} {}
    ~ReadTransaction() = default;

private:
    friend class Database;
    Connection& connection_;
};

/// The one writer. What needs it says so in its signature, so that writing outside of a transaction does not compile.
class WriteTransaction : public ReadTransaction {
private:
    friend class Database;
    using ReadTransaction::ReadTransaction;
};

}  // namespace loa

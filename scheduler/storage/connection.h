#pragma once
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <cassert>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "scheduler/storage/columns.h"
#include "scheduler/storage/database.h"

namespace loa {

/// A statement that stays prepared as long as its session.
class KeptStatement {
public:
    virtual ~KeptStatement() = default;
};

template <class Parameters, class Row>
class Prepared final : public KeptStatement {
public:
    Prepared(Poco::Data::Session& session, const std::string& sql) : statement_{session} {
        using namespace Poco::Data::Keywords;
        statement_ << sql;
        if constexpr (Poco::Data::TypeHandler<Parameters>::size() > 0) statement_, use(parameters_);
        if constexpr (Poco::Data::TypeHandler<Row>::size() > 0) statement_, into(rows_);
    }
    /// The number of rows read or changed.
    std::size_t run(const Parameters& parameters) {
        rows_.clear();
        parameters_ = parameters;
        return statement_.execute();
    }
    std::vector<Row>& rows() { return rows_; }

private:
    Poco::Data::Statement statement_;
    Parameters parameters_;
    std::vector<Row> rows_;
};

/// One session with the database and the statements prepared on it. One thread at a time.
class Connection {
public:
    enum class Access { read, write };

    Connection(const std::filesystem::path& file, Access access, Durability durability);

    /// Runs `sql` (parameters $1 to $n, each once, ascending) to its end, prepared at its first use. `then` gets the
    /// prepared statement and the number of rows.
    template <class Row, class... Values, class Then>
    auto run(const std::string& sql, const ParametersOf<Values...>& parameters, const Then& then) {
        using Kind = Prepared<ParametersOf<Values...>, Row>;
        auto& kept = kept_[sql];
        try {
            if (!kept) kept = std::make_unique<Kind>(session_, sql);
            assert(dynamic_cast<Kind*>(kept.get()) && "one text of SQL is used with one set of types");
            auto& prepared = static_cast<Kind&>(*kept);
            return then(prepared, prepared.run(parameters));
        } catch (...) {
            kept_.erase(sql);  // Poco's statements cannot be used again once they have thrown
            throw;
        }
    }

    /// For statements without parameters and rows: BEGIN, COMMIT, DDL.
    void execute(const std::string& sql);
    /// As `execute`, without keeping it prepared.
    void executeOnce(const std::string& sql);

    class Transaction;

private:
    Poco::Data::Session session_;
    std::unordered_map<std::string, std::unique_ptr<KeptStatement>> kept_;
};

/// Begun when made, rolled back when it goes without a commit: also when the work in it throws.
class Connection::Transaction {
public:
    explicit Transaction(Connection& connection, const char* begin = "BEGIN IMMEDIATE");
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool done_ = false;
};

}  // namespace loa

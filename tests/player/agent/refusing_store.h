#pragma once
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include <filesystem>

namespace loa::test {

/// As long as it lives, the store refuses to note receipts, as a disk does that takes some writes and not others.
class RefusingStore {
public:
    explicit RefusingStore(const std::filesystem::path& file) : session_{"SQLite", file.string()} {
        session_ << "CREATE TRIGGER refusing BEFORE UPDATE OF acknowledged ON airing BEGIN SELECT RAISE(ABORT, 'no'); "
                    "END",
            Poco::Data::Keywords::now;
    }
    ~RefusingStore() { session_ << "DROP TRIGGER refusing", Poco::Data::Keywords::now; }
    RefusingStore(const RefusingStore&) = delete;
    RefusingStore& operator=(const RefusingStore&) = delete;

private:
    Poco::Data::Session session_;  // the spool has registered the connector
};

}  // namespace loa::test

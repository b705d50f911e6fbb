#pragma once
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "scheduler/storage/connection.h"
#include "scheduler/storage/transaction.h"

namespace loa {

// What repositories are written with; for use inside storage only. The parameters' order is that of $1 to $n.

/// All rows of a SELECT.
template <class... Columns, class... Values>
std::vector<std::tuple<Columns...>> select(ReadTransaction& transaction, const std::string& sql,
                                           const Values&... values) {
    return transaction.connection().select<Columns...>(sql, values...);
}

/// Runs an INSERT, UPDATE or DELETE; the number of rows it changed.
template <class... Values>
std::size_t execute(WriteTransaction& transaction, const std::string& sql, const Values&... values) {
    return transaction.connection().execute(sql, values...);
}

/// The first of `all`, if any.
template <class Value>
std::optional<Value> first(std::vector<Value> all) {
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

/// Makes each row into a Value; `make` takes its columns.
template <class Value, class... Columns, class Make>
std::vector<Value> each(std::vector<std::tuple<Columns...>> rows, const Make& make) {
    std::vector<Value> values;
    values.reserve(rows.size());
    for (auto& row : rows) values.push_back(std::apply(make, std::move(row)));
    return values;
}

}  // namespace loa

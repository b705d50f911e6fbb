#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

// How each kind of value lies in a column: instants and lengths as whole milliseconds, days and ids as text (a
// database's own date types lose milliseconds or shift zones). A statement binds and gives std::int64_t, double and
// text. For use inside storage only.

template <class Value>
struct Column;

template <>
struct Column<std::int64_t> {
    using Stored = std::int64_t;
    static Stored toStored(std::int64_t value) { return value; }
    static std::int64_t fromStored(Stored stored) { return stored; }
};
template <>
struct Column<int> {
    using Stored = std::int64_t;
    static Stored toStored(int value) { return value; }
    static int fromStored(Stored stored) { return static_cast<int>(stored); }
};
template <>
struct Column<double> {
    using Stored = double;
    static Stored toStored(double value) { return value; }
    static double fromStored(Stored stored) { return stored; }
};
template <>
struct Column<std::string> {
    using Stored = std::string;
    static const std::string& toStored(const std::string& value) { return value; }
    static std::string fromStored(Stored stored) { return stored; }
};
template <>
struct Column<std::string_view> {
    static std::string_view toStored(std::string_view value) { return value; }
};
template <class Tag>
struct Column<Id<Tag>> {
    using Stored = std::string;
    static const std::string& toStored(const Id<Tag>& id) { return id.text(); }
    static Id<Tag> fromStored(Stored stored) { return Id<Tag>{std::move(stored)}; }
};
template <>
struct Column<Instant> {
    using Stored = std::int64_t;
    static Stored toStored(Instant at) { return epochMilliseconds(at); }
    static Instant fromStored(Stored stored) { return fromEpochMilliseconds(stored); }
};
template <>
struct Column<Milliseconds> {
    using Stored = std::int64_t;
    static Stored toStored(Milliseconds length) { return length.count(); }
    static Milliseconds fromStored(Stored stored) { return Milliseconds{stored}; }
};
template <>
struct Column<Day> {
    using Stored = std::string;
    static Stored toStored(Day day) { return formatDay(day); }
    static Day fromStored(const Stored& stored) {
        if (const auto day = parseDay(stored)) return *day;
        throw std::runtime_error{"the database holds no day: " + stored};
    }
};

/// A value with whether it lies in its column as what it is: a file that somebody wrote into may hold bytes where a
/// text or a number must be, and they read alike.
template <class Value>
struct AsStored {
    Value value;
    bool isOfItsKind;
};

template <class Statement, class Value>
void bindColumn(Statement& statement, int position, const Value& value) {
    statement.bind(position, Column<Value>::toStored(value));
}
template <class Statement, class Value>
void bindColumn(Statement& statement, int position, const std::optional<Value>& value) {
    if (value)
        bindColumn(statement, position, *value);
    else
        statement.bindNull(position);
}

/// A value of the row at which a statement stands.
template <class Value>
struct ReadColumn {
    template <class Statement>
    static Value from(const Statement& statement, int column) {
        using Stored = typename Column<Value>::Stored;
        if (statement.isNull(column)) throw std::runtime_error{"the database holds NULL where a value must be"};
        if constexpr (std::is_same_v<Stored, std::int64_t>)
            return Column<Value>::fromStored(statement.integer(column));
        else if constexpr (std::is_same_v<Stored, double>)
            return Column<Value>::fromStored(statement.real(column));
        else
            return Column<Value>::fromStored(statement.text(column));
    }
};
template <class Value>
struct ReadColumn<AsStored<Value>> {
    template <class Statement>
    static AsStored<Value> from(const Statement& statement, int column) {
        const bool isNumber = std::is_same_v<typename Column<Value>::Stored, std::int64_t>;
        const bool isOfItsKind = isNumber ? statement.isInteger(column) : statement.isText(column);
        return {ReadColumn<Value>::from(statement, column), isOfItsKind};
    }
};
template <class Value>
struct ReadColumn<std::optional<Value>> {
    template <class Statement>
    static std::optional<Value> from(const Statement& statement, int column) {
        if (statement.isNull(column)) return std::nullopt;
        return ReadColumn<Value>::from(statement, column);
    }
};

}  // namespace loa

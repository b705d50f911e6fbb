#pragma once
#include <Poco/Data/AbstractBinder.h>
#include <Poco/Data/AbstractExtractor.h>
#include <Poco/Data/TypeHandler.h>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

// How each kind of value lies in a column: instants and lengths as whole milliseconds, days and ids as text (a
// database's own date types lose milliseconds or shift zones on the way through Poco). For use inside storage only.

template <class Value>
struct Column;

template <>
struct Column<std::int64_t> {
    using Stored = Poco::Int64;
    static Stored toStored(std::int64_t value) { return value; }
    static std::int64_t fromStored(Stored stored) { return stored; }
};
template <>
struct Column<int> {
    using Stored = Poco::Int64;
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
    using Stored = std::string;
    static Stored toStored(std::string_view value) { return Stored{value}; }
};
template <class Tag>
struct Column<Id<Tag>> {
    using Stored = std::string;
    static const std::string& toStored(const Id<Tag>& id) { return id.text(); }
    static Id<Tag> fromStored(Stored stored) { return Id<Tag>{std::move(stored)}; }
};
template <>
struct Column<Instant> {
    using Stored = Poco::Int64;
    static Stored toStored(Instant at) { return epochMilliseconds(at); }
    static Instant fromStored(Stored stored) { return fromEpochMilliseconds(stored); }
};
template <>
struct Column<Milliseconds> {
    using Stored = Poco::Int64;
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

template <class Value>
void bindColumn(std::size_t position, const Value& value, Poco::Data::AbstractBinder& binder) {
    binder.bind(position, Column<Value>::toStored(value), Poco::Data::AbstractBinder::PD_IN);
}
template <class Value>
void bindColumn(std::size_t position, const std::optional<Value>& value, Poco::Data::AbstractBinder& binder) {
    if (value)
        bindColumn(position, *value, binder);
    else
        binder.bind(position, Poco::Data::Keywords::null, Poco::Data::AbstractBinder::PD_IN);
}

template <class Value>
void extractColumn(std::size_t position, Value& value, Poco::Data::AbstractExtractor& extractor) {
    typename Column<Value>::Stored stored{};
    if (!extractor.extract(position, stored)) throw std::runtime_error{"the database holds NULL where a value must be"};
    value = Column<Value>::fromStored(std::move(stored));
}
template <class Value>
void extractColumn(std::size_t position, std::optional<Value>& value, Poco::Data::AbstractExtractor& extractor) {
    typename Column<Value>::Stored stored{};
    if (extractor.extract(position, stored))
        value = Column<Value>::fromStored(std::move(stored));
    else
        value.reset();
}

/// One row of a result.
template <class... Values>
struct RowOf {
    std::tuple<Values...> values;
};

/// The parameters of one call; they outlive it.
template <class... Values>
struct ParametersOf {
    std::tuple<const Values*...> values;
};

}  // namespace loa

/// Teaches Poco to read a row in one go.
template <class... Values>
class Poco::Data::TypeHandler<loa::RowOf<Values...>> {
public:
    static constexpr std::size_t size() { return sizeof...(Values); }
    static void prepare(std::size_t, const loa::RowOf<Values...>&, AbstractPreparator::Ptr) {}
    static void extract(std::size_t position, loa::RowOf<Values...>& row, const loa::RowOf<Values...>&,
                        AbstractExtractor::Ptr extractor) {
        std::apply([&](auto&... values) { (loa::extractColumn(position++, values, *extractor), ...); }, row.values);
    }
};

/// Teaches Poco to bind all parameters in one go.
template <class... Values>
class Poco::Data::TypeHandler<loa::ParametersOf<Values...>> {
public:
    static constexpr std::size_t size() { return sizeof...(Values); }
    static void bind(std::size_t position, const loa::ParametersOf<Values...>& parameters, AbstractBinder::Ptr binder,
                     AbstractBinder::Direction) {
        std::apply([&](const auto*... values) { (loa::bindColumn(position++, *values, *binder), ...); },
                   parameters.values);
    }
};

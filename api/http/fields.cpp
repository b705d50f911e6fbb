// Header fields, looked up without case. Pure.
#include "api/http/fields.h"

#include <algorithm>

namespace loa {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equalWithoutCase(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
    for (const auto& [fieldName, value] : fields_)
        if (equalWithoutCase(fieldName, name)) return value;
    return std::nullopt;
}

void Fields::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

void Fields::set(std::string name, std::string value) {
    remove(name);
    add(std::move(name), std::move(value));
}

void Fields::remove(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return equalWithoutCase(field.first, name); });
}

}  // namespace loa

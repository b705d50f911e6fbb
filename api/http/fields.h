#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loa {

/// Header fields in the order they came. Names compare without case (RFC 9110 5.1).
class Fields {
public:
    using Field = std::pair<std::string, std::string>;

    /// The value of the first field of that name. The view lives as long as this object is not changed.
    std::optional<std::string_view> find(std::string_view name) const;
    void add(std::string name, std::string value);
    void set(std::string name, std::string value);  ///< replaces what is there
    void remove(std::string_view name);

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<Field> fields_;
};

/// ASCII only: "Content-Length" equals "content-length".
bool equalWithoutCase(std::string_view left, std::string_view right);

}  // namespace loa

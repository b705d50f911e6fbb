#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace loa {

/// The members of one packet. Each is taken by name and kind; what is missing, of another kind or left over is refused
/// with Error(malformed, "sound-message"). Used inside player/wire only.
class Fields {
public:
    /// Throws for what is no JSON object, or holds a member twice.
    explicit Fields(std::string_view packet);

    std::string text(const char* name);
    std::int64_t integer(const char* name);
    /// An integer of at least `least`.
    std::int64_t count(const char* name, std::int64_t least);
    double number(const char* name);
    Fields object(const char* name);
    /// To be called last: throws for a member nobody took.
    void noMore() const;

    [[noreturn]] static void refuse(const std::string& what);

private:
    explicit Fields(nlohmann::json object) : object_(std::move(object)) {}
    const nlohmann::json& take(const char* name);

    nlohmann::json object_;
    std::set<std::string> taken_;
};

}  // namespace loa

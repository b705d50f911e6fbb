#pragma once
#include <span>
#include <string_view>

namespace loa {

/// What brings a store from one version to the next, oldest first: migration i makes version i + 1 (PRAGMA
/// user_version). Statements are separated by ';'. A released one is never changed.
std::span<const std::string_view> spoolMigrations();

}  // namespace loa

#pragma once
#include <string_view>

namespace loa {

/// The IANA zone of a Windows zone name (CLDR windowsZones, territory 001; for "SE Asia Standard Time"
/// Asia/Ho_Chi_Minh, which has Bangkok's time and is ours). Empty when there is no such name.
std::string_view zoneOfWindowsName(std::string_view name);

}  // namespace loa

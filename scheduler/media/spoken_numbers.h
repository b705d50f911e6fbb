#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace loa {

/// Digits as Vietnamese says the number they make: "1005" is "một nghìn không trăm lẻ năm". More than 15 digits, or a
/// leading zero before two or more, are said digit by digit.
std::string sayNumber(std::string_view digits);

/// Digit by digit: "1022" is "một không hai hai".
std::string sayDigits(std::string_view digits);

/// What stands behind a decimal comma: one or two digits as a number, more or a leading zero digit by digit.
std::string sayDecimals(std::string_view digits);

}  // namespace loa

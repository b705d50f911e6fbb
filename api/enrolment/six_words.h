#pragma once
#include <string>
#include <string_view>

namespace loa {

/// Six short words, with a blank between, that stand for a station's key and the office's (public, as text): who sees
/// the same six at the box and at the office knows that both hold the same two keys. 48 bits; the code is what keeps
/// strangers out, the words are for people to see it.
std::string sixWords(std::string_view stationKey, std::string_view officeKey);

}  // namespace loa

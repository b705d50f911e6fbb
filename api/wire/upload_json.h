#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace loa {

struct UploadBody {
    std::string name;
    std::string title;
    std::int64_t bytes = 0;
};
struct SpeechBody {
    std::string title;
    std::string text;
};

/// The bodies of POST /v1/uploads and POST /v1/speech. They throw Error(malformed).
UploadBody uploadBodyFromJson(std::string_view text);
SpeechBody speechBodyFromJson(std::string_view text);

}  // namespace loa

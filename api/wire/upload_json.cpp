#include "api/wire/upload_json.h"

#include "api/wire/json.h"

namespace loa {
namespace {

constexpr std::size_t longestTitle = 300;
constexpr std::size_t longestText = 64 * 1024;

}  // namespace

UploadBody uploadBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    UploadBody body;
    body.name = reader.text("name", longestTitle);
    body.title = reader.has("title") ? reader.text("title", longestTitle) : body.name;
    body.bytes = reader.integer("bytes", 1, INT64_MAX);
    reader.end();
    return body;
}

SpeechBody speechBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    SpeechBody body;
    body.title = reader.text("title", longestTitle);
    body.text = reader.text("text", longestText);
    reader.end();
    return body;
}

}  // namespace loa

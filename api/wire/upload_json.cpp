#include "api/wire/upload_json.h"

#include "api/wire/json.h"

namespace loa {

// What is too long is the operation's to say, in words for people; here it only has to be a text.

UploadBody uploadBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    UploadBody body;
    body.name = reader.text("name");
    body.title = reader.has("title") ? reader.text("title") : body.name;
    body.bytes = reader.integer("bytes", 1, INT64_MAX);
    reader.end();
    return body;
}

SpeechBody speechBodyFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    SpeechBody body;
    body.title = reader.text("title");
    body.text = reader.text("text", std::string::npos);
    reader.end();
    return body;
}

}  // namespace loa

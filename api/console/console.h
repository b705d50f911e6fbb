#pragma once
#include <string_view>

namespace loa {

/// One file of the page. The views live as long as the process.
struct Asset {
    std::string_view name;       ///< "index.html"
    std::string_view mediaType;  ///< with its charset: "text/html; charset=utf-8"
    std::string_view content;
    std::string_view etag;  ///< quoted, as in the header: of the content, so it changes exactly when that does
};

/// The file served at /assets/<name>, and "index.html" at /. Null when there is none. May be called from any thread.
const Asset* findAsset(std::string_view name);

}  // namespace loa

#include "api/console/console.h"

// GCC 12 sees an uninitialised member inside libstdc++'s regex when sanitizers are on; there is none.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace loa;

namespace {

std::filesystem::path sourceFolder() {
    return std::filesystem::path{std::getenv("LOA_SOURCE_DIR")} / "api/console";
}

std::vector<std::filesystem::path> pageFiles() {
    const std::set<std::string> endings{".html", ".css", ".js", ".svg"};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{sourceFolder()}) {
        if (endings.count(entry.path().extension().string()) == 1) files.push_back(entry.path());
    }
    return files;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::set<std::string> found(std::string_view text, const std::string& pattern, std::size_t group) {
    const std::string all{text};
    const std::regex expression{pattern};
    std::set<std::string> result;
    for (std::sregex_iterator match{all.begin(), all.end(), expression}, end; match != end; ++match) {
        result.insert((*match)[group].str());
    }
    return result;
}

std::string_view content(std::string_view name) {
    const Asset* asset = findAsset(name);
    REQUIRE(asset != nullptr);
    return asset->content;
}

}  // namespace

TEST_CASE("console: every file of the page is in the program, byte for byte, with an ETag of its own") {
    std::set<std::string_view> etags;
    const auto files = pageFiles();
    REQUIRE(files.size() > 10);
    for (const auto& path : files) {
        CAPTURE(path.filename().string());
        const Asset* asset = findAsset(path.filename().string());
        REQUIRE(asset != nullptr);
        CHECK(asset->content == read(path));
        CHECK(asset->etag.size() == 66);
        CHECK(asset->etag.front() == '"');
        CHECK(asset->etag.back() == '"');
        CHECK(etags.insert(asset->etag).second);
    }
    CHECK(findAsset("index.html")->mediaType == "text/html; charset=utf-8");
    CHECK(findAsset("page.css")->mediaType == "text/css; charset=utf-8");
    CHECK(findAsset("page.js")->mediaType == "text/javascript; charset=utf-8");
    CHECK(findAsset("loa.svg")->mediaType == "image/svg+xml");
}

TEST_CASE("console: what is not a file of the page is not found") {
    for (const auto* name : {"", "index", "index.html/", "../console.cpp", "console.h", "INDEX.HTML", "README.md"}) {
        CAPTURE(name);
        CHECK(findAsset(name) == nullptr);
    }
}

TEST_CASE("console: every asset the page names is there") {
    std::set<std::string> names = found(content("index.html"), R"re((?:src|href)="/assets/([^"]+)")re", 1);
    for (const auto& path : pageFiles()) {
        if (path.extension() != ".js") continue;
        names.merge(found(read(path), R"re(from "\./([^"]+)")re", 1));
    }
    REQUIRE(names.size() > 10);
    for (const auto& name : names) {
        CAPTURE(name);
        CHECK(findAsset(name) != nullptr);
    }
}

TEST_CASE("console: the page asks nobody else, and holds nothing a strict policy forbids") {
    for (const auto& path : pageFiles()) {
        CAPTURE(path.filename().string());
        const std::string text = read(path);
        for (const auto& url : found(text, R"(https?:(//[^\s"'`)]+))", 1)) CHECK(url == "//www.w3.org/2000/svg");
        CHECK(found(text, R"((@import|url\())", 1).empty());
        CHECK(found(text, R"(\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function))", 1)
                  .empty());
        if (path.extension() != ".html") continue;
        CHECK(found(text, R"(\s(on[a-z]+|style)=)", 1).empty());
        CHECK(found(text, R"(<(style|iframe|object|embed|base)\b)", 1).empty());
        CHECK(found(text, R"(<script(?![^>]*\ssrc=)([^>]*)>)", 1).empty());
    }
}

TEST_CASE("console: both languages have the same words, and the page asks for none that is missing") {
    const std::string key = R"(\n {4}([A-Za-z]+): )";
    const auto vi = found(content("vi.js"), key, 1);
    const auto en = found(content("en.js"), key, 1);
    CHECK(vi.size() > 100);
    CHECK(vi == en);
    std::set<std::string> asked = found(content("index.html"), R"re(data-t(?:-label)?="([^"]+)")re", 1);
    for (const auto& path : pageFiles()) {
        if (path.extension() == ".js") asked.merge(found(read(path), R"(\bwords(?:\(\))?\.([A-Za-z]+))", 1));
    }
    for (const auto& word : asked) {
        CAPTURE(word);
        CHECK(vi.count(word) == 1);
    }
}

#pragma once
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace loa::tidy {

/// One source file, each of its lines seen in three ways of the same length: what is not code is blank in `code`, what
/// is not a comment is blank in `comments`. Strings and characters are blank in both.
struct Source {
    std::string path;  ///< from the root: "scheduler/domain/time.h"
    std::vector<std::string> lines;
    std::vector<std::string> code;
    std::vector<std::string> comments;
};

/// Something a rule found; every rule is a function from sources to these.
struct Finding {
    std::string where;  ///< "path:line"
    std::string what;
    bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

inline std::ostream& operator<<(std::ostream& out, const Findings& findings) {
    for (const auto& [where, what] : findings) out << "\n  " << where << "  " << what;
    return out;
}

inline std::string at(const Source& source, std::size_t index) {
    return source.path + ":" + std::to_string(index + 1);
}

inline std::vector<std::string> splitLines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Where a literal or comment that begins at `from` ends: the index behind its last character.
inline std::size_t endOfQuoted(std::string_view text, std::size_t from) {
    const char quote = text[from];
    for (std::size_t i = from + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == quote || text[i] == '\n')
            return i + 1;
    }
    return text.size();
}

inline std::size_t endOfRawString(std::string_view text, std::size_t quote) {
    const auto open = text.find('(', quote);
    const std::string close = ")" + std::string{text.substr(quote + 1, open - quote - 1)} + "\"";
    const auto end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
}

/// Where the comment that may begin at `from` ends; `from` itself where none begins.
inline std::size_t endOfComment(std::string_view text, std::size_t from) {
    const auto start = text.substr(from, 2);
    if (start == "//") return std::min(text.find('\n', from), text.size());
    if (start == "/*") return std::min(text.find("*/", from + 2), text.size() - 2) + 2;
    return from;
}

inline Source makeSource(std::string path, const std::string& text) {
    const auto blank = [](std::string& layer, std::size_t from, std::size_t to) {
        for (auto i = from; i < to; ++i)
            if (layer[i] != '\n') layer[i] = ' ';
    };
    std::string code = text;
    std::string comments = text;
    for (std::size_t i = 0; i < text.size();) {
        const bool isWord = i > 0 && (std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0);
        if (const auto end = endOfComment(text, i); end != i) {
            blank(code, i, end);
            i = end;
        } else if (text[i] == '"' || (text[i] == '\'' && !isWord)) {  // a ' behind a digit separates digits
            const bool isRaw = text[i] == '"' && i > 0 && text[i - 1] == 'R';
            const auto behind = isRaw ? endOfRawString(text, i) : endOfQuoted(text, i);
            blank(code, i, behind);
            blank(comments, i, behind);
            i = behind;
        } else {
            blank(comments, i, i + 1);
            ++i;
        }
    }
    return {std::move(path), splitLines(text), splitLines(code), splitLines(comments)};
}

/// An #include: `path` as written, `quoted` when it is one of ours.
struct Include {
    std::size_t index = 0;
    std::string path;
    bool quoted = false;
};

inline std::vector<Include> includesOf(const Source& source) {
    std::vector<Include> found;
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        if (!source.code[i].starts_with("#include")) continue;
        const auto& line = source.lines[i];
        const auto open = line.find_first_of("<\"");
        const auto close = line.find_first_of(">\"", open + 1);
        if (open == std::string::npos || close == std::string::npos) continue;
        found.push_back({i, line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
    return found;
}

/// Whether `path` is `prefix` or begins with it; an empty prefix covers everything.
inline bool under(std::string_view path, std::string_view prefix) {
    return path.starts_with(prefix);
}

/// The row of a table whose `prefix` is the longest that covers `path`; null when none does.
template <class Table>
auto rowFor(const Table& table, std::string_view path) -> decltype(&*std::begin(table)) {
    decltype(&*std::begin(table)) best = nullptr;
    for (const auto& row : table)
        if (under(path, row.prefix) && (!best || row.prefix.size() > best->prefix.size())) best = &row;
    return best;
}

inline std::filesystem::path root() {
    return std::getenv("LOA_SOURCE_DIR");
}

inline std::string readText(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The paths, from the root and sorted, of all files with these endings in the folders that hold sources.
inline std::vector<std::string> filesEndingIn(const std::vector<std::string>& endings) {
    namespace fs = std::filesystem;
    std::vector<std::string> paths;
    for (const char* folder : {"scheduler", "api", "player", "config", "systemd", "tests"}) {
        for (fs::recursive_directory_iterator entry{root() / folder}, end; entry != end; ++entry) {
            const auto name = entry->path().filename().string();
            if (name == "node_modules" || name == "__pycache__") entry.disable_recursion_pending();
            if (entry->is_regular_file() &&
                std::ranges::find(endings, entry->path().extension().string()) != endings.end())
                paths.push_back(fs::relative(entry->path(), root()).string());
        }
    }
    std::ranges::sort(paths);
    return paths;
}

/// Every C++ source of the project.
inline const std::vector<Source>& sources() {
    static const auto all = [] {
        std::vector<Source> read;
        for (const auto& path : filesEndingIn({".h", ".cpp"}))
            read.push_back(makeSource(path, readText(root() / path)));
        return read;
    }();
    return all;
}

}  // namespace loa::tidy

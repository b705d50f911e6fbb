// Names that say something, files and functions that can be read at once, and nothing left unfinished.
#include <doctest/doctest.h>

#include <regex>
#include <set>

#include "tests/tidy/source.h"

using namespace loa::tidy;

namespace {

constexpr std::size_t longestFile = 400;
constexpr std::size_t longestFunction = 70;
constexpr std::size_t longestLine = 120;

/// Words that say nothing about what a thing does.
const std::regex emptyWord{"manager|helpers?|utils?|impl|common|base|misc", std::regex::icase};

/// "ServiceManager" and "service_manager" are "service", "manager"; "Database" is one word.
std::vector<std::string> wordsOf(const std::string& name) {
    std::vector<std::string> words;
    static const std::regex word{"[A-Z]?[a-z0-9]+|[A-Z]+"};
    for (std::sregex_iterator i{name.begin(), name.end(), word}, end; i != end; ++i) words.push_back(i->str());
    return words;
}

bool saysNothing(const std::string& name) {
    static const std::set<std::string> meant{"ServiceManager",
                                             "service_manager"};  // systemd's word for what it stands in for
    if (meant.contains(name) || meant.contains(name.substr(0, name.rfind("_test")))) return false;
    return std::ranges::any_of(wordsOf(name), [](const auto& word) { return std::regex_match(word, emptyWord); });
}

Findings nameFindings(const std::vector<Source>& all) {
    static const std::regex snakeCase{"([a-z0-9_]+/)*[a-z0-9_]+\\.(h|cpp)"};
    static const std::regex type{R"(^\s*(?:enum class|enum|class|struct|union)\s+([A-Za-z_]\w*)\s*(?:final\s*)?[:{])"};
    static const std::regex upperCamel{"([A-Z][a-z0-9]*)+"};
    Findings found;
    for (const auto& source : all) {
        if (!std::regex_match(source.path, snakeCase)) found.push_back({source.path, "file names are snake_case"});
        for (const auto& part : std::filesystem::path{source.path})
            if (saysNothing(part.stem())) found.push_back({source.path, part.string() + " says nothing"});
        for (std::size_t i = 0; i < source.code.size(); ++i) {
            std::smatch match;
            if (!std::regex_search(source.code[i], match, type)) continue;
            const std::string name = match[1];
            if (!std::regex_match(name, upperCamel)) found.push_back({at(source, i), name + ": types are UpperCamel"});
            if (saysNothing(name)) found.push_back({at(source, i), name + " says nothing"});
        }
    }
    return found;
}

std::size_t columns(const std::string& line) {
    return static_cast<std::size_t>(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// A function begins at a line without indentation that ends in "{" and has a "("; the format test sees to that.
Findings sizeFindings(const std::vector<Source>& all) {
    Findings found;
    for (const auto& source : all) {
        if (source.lines.size() > longestFile) found.push_back({source.path, "has more than 400 lines: split it"});
        std::size_t start = 0;
        bool isOpen = false;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (columns(source.lines[i]) > longestLine) found.push_back({at(source, i), "is longer than 120 columns"});
            const auto& code = source.code[i];
            if (code.empty()) continue;
            if (code[0] == '}') {
                if (isOpen && i - start + 1 > longestFunction)
                    found.push_back({at(source, start), "begins a function of more than 70 lines"});
                isOpen = false;
            } else if (code[0] != ' ' && code.find('(') != std::string::npos) {
                start = i;
                isOpen = true;
            }
        }
    }
    return found;
}

Findings headerFindings(const std::vector<Source>& all) {
    Findings found;
    for (const auto& source : all)
        if (source.path.ends_with(".h") && (source.lines.empty() || source.lines.front() != "#pragma once"))
            found.push_back({source.path, "a header begins with #pragma once"});
    return found;
}

Findings unfinishedFindings(const std::string& path, const std::string& text) {
    static const std::regex unfinished{
        "\\b(TO"
        "DO|FIX"
        "ME|XX"
        "X|HA"
        "CK)\\b"};
    Findings found;
    const auto lines = splitLines(text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (std::regex_search(lines[i], unfinished))
            found.push_back({path + ":" + std::to_string(i + 1), "is unfinished"});
    return found;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

}  // namespace

TEST_CASE("tidy: names say something, in the case of their kind") {
    CHECK(nameFindings(sources()) == Findings{});
    CHECK(nameFindings({makeSource("config/database.h", "class Database {\n")}).empty());
    CHECK(nameFindings({makeSource("config/SoundSocket.h", "")}).size() == 1);
    CHECK(nameFindings({makeSource("config/string_utils.h", "")}).size() == 1);
    CHECK(nameFindings({makeSource("scheduler/common/text.h", "")}).size() == 1);
    CHECK(nameFindings({makeSource("config/x.h", "class StationManager {\n")}).size() == 1);
    CHECK(nameFindings({makeSource("config/x.h", "struct RouteBase final : Route {\n")}).size() == 1);
    CHECK(nameFindings({makeSource("config/x.h", "struct station_row {\n")}).size() == 1);
}

TEST_CASE("tidy: files, functions and lines can be read at once") {
    CHECK(sizeFindings(sources()) == Findings{});
    CHECK(sizeFindings({makeSource("config/x.cpp", repeated("int x;\n", 401))}).size() == 1);
    CHECK(sizeFindings({makeSource("config/x.cpp", "// " + std::string(118, 'x') + "\n")}).size() == 1);
    CHECK(sizeFindings({makeSource("config/x.cpp", "// " + repeated("ạ", 117) + "\n")}).empty());
    CHECK(sizeFindings({makeSource("config/x.cpp", "void f() {\n" + repeated("    g();\n", 68) + "}\n")}).empty());
    CHECK(sizeFindings({makeSource("config/x.cpp", "void f() {\n" + repeated("    g();\n", 69) + "}\n")}).size() == 1);
}

TEST_CASE("tidy: every header is guarded") {
    CHECK(headerFindings(sources()) == Findings{});
    CHECK(headerFindings({makeSource("config/x.h", "#ifndef X\n")}).size() == 1);
}

TEST_CASE("tidy: nothing is left unfinished") {
    Findings found;
    for (const auto& path :
         filesEndingIn({".h", ".cpp", ".txt", ".md", ".sql", ".yaml", ".js", ".css", ".html", ".py", ".in", ".sh", ""}))
        for (auto& finding : unfinishedFindings(path, readText(root() / path))) found.push_back(std::move(finding));
    CHECK(found == Findings{});
    CHECK(unfinishedFindings("x",
                             "a line\n// TO"
                             "DO: the rest\n") == Findings{{"x:2", "is unfinished"}});
}

// The normaliser: asks each rule at each place of the text and copies what none of them wants. Pure.
#include "scheduler/media/speech.h"
#include "scheduler/media/spoken_rules.h"
#include "scheduler/media/spoken_tokens.h"

namespace loa {
namespace {

bool endsInSpace(const std::string& text) {
    return text.empty() || text.back() == ' ' || text.back() == '\n';
}

bool endsOpen(const std::string& text) {
    return text.ends_with("(") || text.ends_with("\"") || text.ends_with("“");
}

std::optional<Spoken> firstOf(const Tokens& tokens, std::size_t at) {
    for (const auto rule : spokenRules()) {
        if (auto spoken = rule(tokens, at)) return spoken;
    }
    return std::nullopt;
}

}  // namespace

std::string spokenForm(std::string_view text) {
    const Tokens tokens{text};
    std::string said;
    bool needsSpace = false;  // words that were put in stand apart from letters around them
    for (std::size_t at = 0; at < tokens.size();) {
        if (const auto spoken = firstOf(tokens, at)) {
            if (!endsInSpace(said) && !endsOpen(said)) said += ' ';
            said += spoken->text;
            at += spoken->tokens;
            needsSpace = true;
            continue;
        }
        const auto& token = tokens.at(at);
        if (token.kind == Token::Kind::space) {
            if (!endsInSpace(said)) said += token.text.find('\n') != std::string_view::npos ? '\n' : ' ';
        } else {
            if (needsSpace && token.kind == Token::Kind::word && !endsInSpace(said)) said += ' ';
            said += token.text;
        }
        needsSpace = false;
        ++at;
    }
    while (!said.empty() && endsInSpace(said)) said.pop_back();
    return said;
}

}  // namespace loa

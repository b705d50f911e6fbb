// The normaliser: asks each rule at each place of the text and copies what none of them wants. Pure.
#include "scheduler/media/speech.h"
#include "scheduler/media/spoken_pieces.h"
#include "scheduler/media/spoken_rules.h"

namespace loa {
namespace {

bool endsInSpace(const std::string& text) {
    return text.empty() || text.back() == ' ' || text.back() == '\n';
}

bool endsOpen(const std::string& text) {
    return text.ends_with("(") || text.ends_with("\"") || text.ends_with("“");
}

std::optional<Spoken> firstOf(const SpokenPieces& pieces, std::size_t at) {
    for (const auto rule : spokenRules()) {
        if (auto spoken = rule(pieces, at)) return spoken;
    }
    return std::nullopt;
}

}  // namespace

std::string spokenForm(std::string_view text) {
    const SpokenPieces pieces{text};
    std::string said;
    bool needsSpace = false;  // words that were put in stand apart from letters around them
    for (std::size_t at = 0; at < pieces.size();) {
        if (const auto spoken = firstOf(pieces, at)) {
            if (!endsInSpace(said) && !endsOpen(said)) said += ' ';
            said += spoken->text;
            at += spoken->pieces;
            needsSpace = true;
            continue;
        }
        const auto& piece = pieces.at(at);
        if (piece.kind == SpokenPiece::Kind::space) {
            if (!endsInSpace(said)) said += piece.text.find('\n') != std::string_view::npos ? '\n' : ' ';
        } else {
            if (needsSpace && piece.kind == SpokenPiece::Kind::word && !endsInSpace(said)) said += ' ';
            said += piece.text;
        }
        needsSpace = false;
        ++at;
    }
    while (!said.empty() && endsInSpace(said)) said.pop_back();
    return said;
}

}  // namespace loa

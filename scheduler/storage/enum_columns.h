#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/event.h"
#include "scheduler/storage/columns.h"
#include "scheduler/storage/token_repository.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

// Choices lie in columns as words, so that a person with a database tool can read them and so that inserting a choice
// in the middle of an enum changes no stored row. For use inside storage only.

std::string_view toColumn(MessageClass value);
std::string_view toColumn(PreemptPolicy value);
std::string_view toColumn(OverrunPolicy value);
std::string_view toColumn(LateJoinPolicy value);
inline std::string_view toColumn(TokenKind value) {
    return toText(value);
}
inline std::string_view toColumn(UploadState value) {
    return toText(value);
}
inline std::string_view toColumn(AiringResult value) {
    return toText(value);
}
inline std::string_view toColumn(MissReason value) {
    return toText(value);
}

/// How many choices each has; the first is 0.
template <class Choice>
constexpr int choiceCount = 2;
template <>
inline constexpr int choiceCount<TokenKind> = 3;
template <>
inline constexpr int choiceCount<UploadState> = 4;
template <>
inline constexpr int choiceCount<AiringResult> = static_cast<int>(AiringResult::missed) + 1;
template <>
inline constexpr int choiceCount<MissReason> = static_cast<int>(MissReason::preempted) + 1;

template <class Choice>
requires std::is_enum_v<Choice>
struct Column<Choice> {
    using Stored = std::string;
    static Stored toStored(Choice value) { return Stored{toColumn(value)}; }
    static Choice fromStored(const Stored& stored) {
        for (int i = 0; i < choiceCount<Choice>; ++i)
            if (toColumn(static_cast<Choice>(i)) == stored) return static_cast<Choice>(i);
        throw std::runtime_error{"the database holds a word nobody knows: " + stored};
    }
};

}  // namespace loa

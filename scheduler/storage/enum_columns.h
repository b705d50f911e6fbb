#pragma once
#include <stdexcept>
#include <string>

#include "scheduler/domain/choice.h"
#include "scheduler/storage/columns.h"

namespace loa {

// Choices lie in columns as words, so that a person with a database tool can read them and so that inserting a choice
// in the middle of an enum changes no stored row. For use inside storage only.

template <Worded Choice>
struct Column<Choice> {
    using Stored = std::string;
    static Stored toStored(Choice value) { return Stored{toText(value)}; }
    static Choice fromStored(const Stored& stored) {
        if (const auto choice = choiceFromText<Choice>(stored)) return *choice;
        throw std::runtime_error{"the database holds a word nobody knows: " + stored};
    }
};

}  // namespace loa

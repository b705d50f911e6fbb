#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "scheduler/domain/time.h"
#include "scheduler/operations/kept.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// All that an answer about the plan depends on: what is stored, and the time, which moves what has begun.
struct Moment {
    std::int64_t changes = 0;  ///< Database::changes()
    Instant second{};          ///< whole
    bool operator==(const Moment&) const = default;
};

/// To be asked for before the first thing is read.
Moment momentOf(Scheduler& scheduler);

/// A text as it is served, and a tag that changes exactly when it does.
struct AnswerText {
    std::string tag;
    std::shared_ptr<const std::string> text;
};
AnswerText taggedAnswer(std::string text);

/// Of one second, while nothing changes: a page that many look at is made once.
using KeptAnswers = Kept<Moment, AnswerText>;
constexpr std::size_t keptAnswersLimit = 500;
constexpr std::size_t keptAnswersBytes = 64 * 1024 * 1024;  ///< of all together

}  // namespace loa

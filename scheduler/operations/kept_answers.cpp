#include "scheduler/operations/kept_answers.h"

#include "api/signing/signing.h"

namespace loa {

Moment momentOf(Scheduler& scheduler) {
    const auto changes = scheduler.database.changes();
    return {changes, std::chrono::floor<std::chrono::seconds>(scheduler.clock.now())};
}

AnswerText taggedAnswer(std::string text) {
    constexpr std::size_t digits = 32;
    auto tag = sha256Hex(text).substr(0, digits);
    return {std::move(tag), std::make_shared<const std::string>(std::move(text))};
}

}  // namespace loa

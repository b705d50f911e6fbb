#include "player/office_time.h"

#include "api/wire/fresh_json.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

/// Who holds an answer back can make the station's clock seem as wrong as that, and no more.
constexpr Milliseconds roundTripLimit{2'000};

}  // namespace

KnownTime officeTime(std::string_view document, const std::vector<VerifyingKey>& officeKeys, const StationId& station,
                     const TimeQuestion& question, Milliseconds answered) {
    const auto said = freshFromJson(verify("fresh", document, officeKeys));
    if (said.station != station || said.nonce != question.nonce)
        throw Error(Fault::invalid, "answer-of-another-question",
                    {"Giờ nhận được là câu trả lời cho lần hỏi khác.", "the time that came answers another question"});
    const auto roundTrip = answered - question.asked;
    if (roundTrip > roundTripLimit)
        throw Error(Fault::unavailable, "answer-too-slow",
                    {"Máy chủ trả lời giờ quá chậm nên trạm chưa dùng.",
                     "the office's time came after " + std::to_string(roundTrip.count()) + " ms, which is too late"});
    return {said.time, question.asked + roundTrip / 2};
}

}  // namespace loa

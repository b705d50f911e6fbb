#include "scheduler/planning/review_steps.h"

#include <algorithm>

namespace loa {
namespace {

Refusal submittedAlready() {
    return {"submitted-already",
            {"Tin này đã trình duyệt rồi. Chờ người duyệt nghe và quyết định.",
             "This is submitted already. An approver will listen and decide."}};
}

Refusal notSubmitted() {
    return {"not-submitted",
            {"Tin này chưa trình duyệt, hoặc đã sửa sau khi trình. Người soạn trình lại rồi mới duyệt được.",
             "This is not submitted, or was changed since. Its author submits it before it can be decided."}};
}

Refusal ownEvent() {
    return {"own-event",
            {"Người soạn không tự duyệt tin của mình. Nhờ người duyệt khác.",
             "Who wrote it does not approve it. Ask another approver."}};
}

Refusal nothingToHear() {
    return {"nothing-to-hear",
            {"Tin chưa có bản âm thanh nên chưa duyệt được. Tạo bản đọc hoặc tải tệp lên trước.",
             "There is no sound to approve yet. Make speech of it or upload a file first."}};
}

Refusal notHeard(std::size_t missing) {
    const auto count = std::to_string(missing);
    return {"not-heard",
            {"Còn " + count + " bản âm thanh chưa nghe hết. Nghe từ đầu đến cuối rồi duyệt.",
             count + " of its sounds are not heard to the end yet. Listen to them whole, then approve."}};
}

Refusal nothingToWithdraw() {
    return {"nothing-to-withdraw",
            {"Tin này chưa trình duyệt và chưa được duyệt, không có gì để rút.",
             "This is neither submitted nor approved; there is nothing to withdraw."}};
}

std::optional<Refusal> unfitToApprove(const ReviewCase& reviewed) {
    if (reviewed.writers.contains(reviewed.actor)) return ownEvent();
    if (reviewed.media.empty()) return nothingToHear();
    const auto missing = std::count_if(reviewed.media.begin(), reviewed.media.end(),
                                       [&](const MediaId& media) { return !reviewed.wasHeardBy(media); });
    return missing == 0 ? std::nullopt : std::optional{notHeard(static_cast<std::size_t>(missing))};
}

}  // namespace

std::optional<Refusal> outOfTurn(ReviewStep step, const ReviewCase& reviewed) {
    const DraftState state = reviewed.review.state;
    const bool submitted = state == DraftState::submitted;
    const bool approved = state == DraftState::approved;
    const auto unless = [](bool inTurn, Refusal why) { return inTurn ? std::nullopt : std::optional{std::move(why)}; };
    switch (step) {
        case ReviewStep::submit:
            return unless(!submitted && !approved, submittedAlready());
        case ReviewStep::approve:
            return unless(submitted || (approved && reviewed.awaits), notSubmitted());
        case ReviewStep::reject:
            return unless(submitted, notSubmitted());
        case ReviewStep::withdraw:
            return unless(submitted || approved, nothingToWithdraw());
    }
    return std::nullopt;
}

std::optional<Refusal> refusalOf(ReviewStep step, const ReviewCase& reviewed) {
    if (auto why = outOfTurn(step, reviewed)) return why;
    return step == ReviewStep::approve ? unfitToApprove(reviewed) : std::nullopt;
}

Refusal notApproved(const Review& review) {
    const auto because =
        review.reason.empty() ? Words{} : Words{": “" + review.reason + "”", ": “" + review.reason + "”"};
    switch (review.state) {
        case DraftState::submitted:
            return {
                "not-approved",
                {"Tin đang chờ duyệt. Được duyệt rồi mới phát.", "This waits for approval, and does not air before."}};
        case DraftState::rejected:
            return {"not-approved",
                    {"Tin bị từ chối" + because.vi + ". Sửa rồi trình duyệt lại.",
                     "This was rejected" + because.en + ". Change it and submit it again."}};
        case DraftState::withdrawn:
            return {"not-approved",
                    {"Tin đã rút" + because.vi + ". Trình duyệt lại nếu vẫn muốn phát.",
                     "This was withdrawn" + because.en + ". Submit it again if it shall air after all."}};
        case DraftState::draft:
        case DraftState::approved:  // of other content than it has now
            break;
    }
    return {"not-approved",
            {"Tin chưa được duyệt, hoặc đã sửa sau khi duyệt. Trình duyệt để phát.",
             "This is not approved, or was changed since. Submit it for approval so that it airs."}};
}

Refusal notApprovedHere() {
    return {"not-approved",
            {"Trạm này có sau khi tin được duyệt. Người duyệt duyệt lần nữa để phát cả ở đây.",
             "This station came after the approval. An approver approves it once more so that it airs here too."}};
}

}  // namespace loa

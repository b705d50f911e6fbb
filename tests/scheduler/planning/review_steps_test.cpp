#include "scheduler/planning/review_steps.h"

#include <doctest/doctest.h>

using namespace loa;

namespace {

const MediaId sound{std::string(64, 'a')};

/// Written by "an", waiting, heard by whoever asks.
ReviewCase waiting(const std::string& actor) {
    return {"Gọi 1022", {DraftState::submitted, "", "an", Instant{}, ""},
            actor,      {"an"},
            {sound},    [](const MediaId&) { return true; },
            false};
}

std::string codeOf(ReviewStep step, const ReviewCase& reviewed) {
    const auto why = refusalOf(step, reviewed);
    return why ? why->code : "taken";
}

}  // namespace

TEST_CASE("F71 review steps: who wrote it does not approve it, whatever else they may do") {
    CHECK(codeOf(ReviewStep::approve, waiting("binh")) == "taken");
    CHECK(codeOf(ReviewStep::approve, waiting("an")) == "own-event");
    auto both = waiting("binh");
    both.writers.insert("binh");
    CHECK(codeOf(ReviewStep::approve, both) == "own-event");
    CHECK(codeOf(ReviewStep::withdraw, waiting("an")) == "taken");
}

TEST_CASE("review steps: nothing is approved that was not heard, and nothing that has no sound") {
    auto reviewed = waiting("binh");
    reviewed.wasHeardBy = [](const MediaId&) { return false; };
    CHECK(codeOf(ReviewStep::approve, reviewed) == "not-heard");
    reviewed.media.clear();
    CHECK(codeOf(ReviewStep::approve, reviewed) == "nothing-to-hear");
    CHECK(codeOf(ReviewStep::reject, reviewed) == "taken");
}

TEST_CASE("review steps: each state allows its steps and no other") {
    using Row = std::vector<std::string>;
    const auto row = [](DraftState state) {
        auto reviewed = waiting("binh");
        reviewed.review.state = state;
        Row codes;
        for (const auto step : {ReviewStep::submit, ReviewStep::approve, ReviewStep::reject, ReviewStep::withdraw})
            codes.push_back(codeOf(step, reviewed));
        return codes;
    };
    CHECK(row(DraftState::draft) == Row{"taken", "not-submitted", "not-submitted", "nothing-to-withdraw"});
    CHECK(row(DraftState::submitted) == Row{"submitted-already", "taken", "taken", "taken"});
    CHECK(row(DraftState::approved) == Row{"submitted-already", "not-submitted", "not-submitted", "taken"});
    CHECK(row(DraftState::rejected) == Row{"taken", "not-submitted", "not-submitted", "nothing-to-withdraw"});
    CHECK(row(DraftState::withdrawn) == Row{"taken", "not-submitted", "not-submitted", "nothing-to-withdraw"});
}

TEST_CASE("review steps: what is approved is approved once more for the stations that came since") {
    auto reviewed = waiting("binh");
    reviewed.review.state = DraftState::approved;
    reviewed.awaits = true;
    CHECK(codeOf(ReviewStep::approve, reviewed) == "taken");
    CHECK(codeOf(ReviewStep::submit, reviewed) == "submitted-already");
    reviewed.actor = "an";
    CHECK(codeOf(ReviewStep::approve, reviewed) == "own-event");
}

TEST_CASE("review steps: a reason given is repeated to who asks why it does not sound") {
    CHECK(notApproved({DraftState::rejected, "", "binh", Instant{}, "sai giờ"}).words.vi ==
          "Tin bị từ chối: “sai giờ”. Sửa rồi trình duyệt lại.");
    CHECK(notApproved({DraftState::withdrawn, "", "an", Instant{}, ""}).words.vi ==
          "Tin đã rút. Trình duyệt lại nếu vẫn muốn phát.");
    CHECK(notApproved({}).code == "not-approved");
}

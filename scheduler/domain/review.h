#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// How far an event has come from being written to being heard (soạn – duyệt – phát).
enum class DraftState {
    draft,      ///< written, or changed since it was approved
    submitted,  ///< waits for an approver
    approved,   ///< may sound
    rejected,   ///< an approver said no, and why
    withdrawn   ///< taken back; what it has not aired yet will not air
};
template <>
inline constexpr auto choiceWords<DraftState> = wordsFor<DraftState>({{DraftState::draft, "draft"},
                                                                      {DraftState::submitted, "submitted"},
                                                                      {DraftState::approved, "approved"},
                                                                      {DraftState::rejected, "rejected"},
                                                                      {DraftState::withdrawn, "withdrawn"}});

/// Where an event stands, and who brought it there.
struct Review {
    DraftState state = DraftState::draft;
    std::string content;  ///< approvedContent() of what was approved; empty unless it was
    std::string by;       ///< an Actor's name
    Instant at{};
    std::string reason;  ///< why it was rejected or withdrawn, in that person's words
    bool operator==(const Review&) const = default;
};

/// Who answers for what a station sounds; carried in the manifest.
struct ApprovalStamp {
    EventId event;
    std::string content;  ///< approvedContent(): text, media, stations, times and policy
    std::string by;
    Instant at{};
    bool operator==(const ApprovalStamp&) const = default;
};

/// What an approver has of a media item: both are needed before an approval counts.
struct Hearing {
    std::optional<Instant> served;    ///< the last byte was sent to them
    std::optional<Instant> reported;  ///< their player said that it was heard
    bool complete() const { return served && reported; }
    bool operator==(const Hearing&) const = default;
};

}  // namespace loa

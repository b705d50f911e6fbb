#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scheduler/domain/review.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// A text as it was approved once.
struct ApprovedText {
    std::string icalendar;
    std::string by;
    Instant at{};
    bool operator==(const ApprovedText&) const = default;
};

/// Where events stand. Every change of a state is a change of the plan.
struct ReviewRepository {
    /// A draft by nobody where there is none yet.
    static Review find(ReadTransaction& transaction, const EventId& event);
    /// Those in this state, by the time they came to it; drafts by nobody before all others.
    static std::vector<EventId> inState(ReadTransaction& transaction, DraftState state);
    static void save(WriteTransaction& transaction, const EventId& event, const Review& review);

    /// Stations at which the approval holds; none where there is no approval.
    static std::set<StationId> approvedStations(ReadTransaction& transaction, const EventId& event);
    /// Saves an approval: the stations it holds at, the text that was approved.
    static void approve(WriteTransaction& transaction, const EventId& event, const Review& review,
                        const std::set<StationId>& stations, const std::string& icalendar);
    /// The text that was approved last, whatever became of it since.
    static std::optional<ApprovedText> lastApproved(ReadTransaction& transaction, const EventId& event);

    /// Who wrote what waits for an approval, or has got it; ordered.
    static std::set<std::string> writers(ReadTransaction& transaction, const EventId& event);
    static void addWriter(WriteTransaction& transaction, const EventId& event, const std::string& writer);
    static void forgetWriters(WriteTransaction& transaction, const EventId& event);

    static Hearing hearing(ReadTransaction& transaction, const std::string& person, const MediaId& media);
    static void noteServed(WriteTransaction& transaction, const std::string& person, const MediaId& media, Instant at);
    static void noteReported(WriteTransaction& transaction, const std::string& person, const MediaId& media,
                             Instant at);
};

}  // namespace loa

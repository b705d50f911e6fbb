#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "scheduler/operations/compose_plan.h"
#include "scheduler/operations/kept_answers.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// How far a manifest reaches. Its edges are whole UTC days, so that it changes by itself once a day at most; the past
/// part lets a station that was off account for what it missed.
constexpr std::chrono::days manifestPast{2};
constexpr std::chrono::days manifestHorizon{36};

/// A published manifest as it is served.
struct Published {
    std::int64_t revision = 0;
    std::string document;  ///< signed
    std::string tag;       ///< of revision and content: after a restore a revision may be there a second time
};

/// The newest document of each station, kept in memory while the plan and the day are the same. From any thread.
class ManifestShelf {
public:
    struct Key {
        std::int64_t planVersion = 0;
        Instant firstDay{};
        bool operator==(const Key&) const = default;
    };
    std::optional<Published> find(const StationId& station, const Key& key) const;
    void keep(const StationId& station, const Key& key, Published published);

    /// The station itself asked for its manifest: a sign of life between its status reports.
    void noteAsked(const StationId& station, Instant at);
    std::optional<Instant> lastAsked(const StationId& station) const;

    std::shared_ptr<const OfficeRules> office(ReadTransaction& transaction) { return office_.at(transaction); }
    EventShelf& events() { return events_; }
    KeptAnswers& answers() { return answers_; }

private:
    mutable std::mutex mutex_;  // guards what follows
    std::map<StationId, std::pair<Key, Published>> kept_;
    std::map<StationId, Instant> asked_;
    OfficeRulesShelf office_;
    EventShelf events_;
    KeptAnswers answers_{keptAnswersLimit, keptAnswersBytes};
};

Interval manifestWindow(Instant now);

/// Composes without publishing, for the manifest's window. Throws Error(notFound).
Plan planFor(Scheduler& scheduler, const StationId& station);

/// The newest manifest of the station, signed; makes a new revision when its content has changed, or when what the
/// station has is not older and not ours: `held` is the tag it asks with. Throws Error(notFound).
Published publishManifest(Scheduler& scheduler, const StationId& station, std::string_view held = {});

/// For every station: after each change of the plan and once a day, so that stations without a link have their slots in
/// the as-run too.
void publishManifests(Scheduler& scheduler);

}  // namespace loa

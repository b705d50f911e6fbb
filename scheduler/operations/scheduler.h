#pragma once
#include <string>

#include "api/signing/signing.h"
#include "scheduler/domain/clock.h"
#include "scheduler/storage/airing_journal.h"
#include "scheduler/storage/database.h"

namespace loa {

class FeedShelf;
class ManifestShelf;
class MediaDesk;
class PlanChanges;

/// What the verbs of the office work on: references to what main.cpp owns. Operations are functions over it.
struct Scheduler {
    Database& database;
    AiringJournal& journal;
    const Clock& clock;
    const SigningKey& signingKey;
    ManifestShelf& manifests;
    MediaDesk& media;
    PlanChanges& planChanges;
    FeedShelf& feeds;
    std::string zone;             ///< of calendar times that name none
    Milliseconds reportDeadline;  ///< after which an unknown slot is overdue
};

}  // namespace loa

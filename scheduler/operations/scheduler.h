#pragma once
#include <filesystem>
#include <string>

#include "api/signing/signing.h"
#include "scheduler/domain/actor.h"
#include "scheduler/domain/clock.h"
#include "scheduler/people/standing.h"
#include "scheduler/storage/airing_journal.h"
#include "scheduler/storage/database.h"

namespace loa {

class Door;
class FeedShelf;
class ManifestShelf;
class MediaDesk;
class PlanChanges;
class ServedParts;
class StationLines;

/// What the verbs of the office work on: references to what main.cpp owns, and for whom they do it. Operations are
/// functions over it. Each request has a copy of its own.
struct Scheduler {
    Database& database;
    AiringJournal& journal;
    const Clock& clock;
    const SigningKey& signingKey;
    ManifestShelf& manifests;
    MediaDesk& media;
    PlanChanges& planChanges;
    FeedShelf& feeds;
    ServedParts& served;
    Door& door;
    StationLines& lines;
    std::string zone;                    ///< of calendar times that name none
    Milliseconds reportDeadline;         ///< after which an unknown slot is overdue
    std::filesystem::path auditHeads{};  ///< the file of audit_heads.h
    std::string officeCa{};              ///< PEM: what boxes that enrol are to believe
    Actor actor{};
    Standing standing = Standing::ofProgram();  ///< what the actor may do
};

}  // namespace loa

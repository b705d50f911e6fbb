#pragma once
#include "scheduler/operations/scheduler.h"
#include "scheduler/people/person.h"

namespace loa {

/// What the verbs about people and their access work on: of a Scheduler as much as the command line has too.
struct PeopleDesk {
    Database& database;
    const Clock& clock;
    Door& door;
    Actor actor{};
    Standing standing = Standing::ofProgram();

    PeopleDesk(Database& store, const Clock& time, Door& entrance) : database{store}, clock{time}, door{entrance} {}
    PeopleDesk(const Scheduler& scheduler)  // whoever has all of it has this
        : database{scheduler.database},
          clock{scheduler.clock},
          door{scheduler.door},
          actor{scheduler.actor},
          standing{scheduler.standing} {}

    /// Whether it is the actor themselves.
    bool isActor(const PersonId& person) const {
        return actor.kind == Actor::Kind::person && actor.name == person.text();
    }
};

}  // namespace loa

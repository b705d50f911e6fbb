#pragma once
#include <string>

#include "scheduler/domain/choice.h"

namespace loa {

/// Who does something at the office: what is recorded of it, and what depends on who did it.
struct Actor {
    enum class Kind {
        program,  ///< Loa itself: its upkeep, its command line
        person,
        station
    };
    Kind kind = Kind::program;
    std::string name = "loa-scheduler";  ///< a person's sign-in name, a station's id, a program's name
    std::string address;                 ///< the network address it came from; empty for a program
    bool operator==(const Actor&) const = default;
};
template <>
inline constexpr auto choiceWords<Actor::Kind> = wordsFor<Actor::Kind>({{Actor::Kind::program, "program"},
                                                                        {Actor::Kind::person, "person"},
                                                                        {Actor::Kind::station, "station"}});

}  // namespace loa

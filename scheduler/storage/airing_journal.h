#pragma once
#include <memory>
#include <vector>

#include "scheduler/domain/airing.h"

namespace loa {

class Database;

/// Takes in airings from many stations at once. Callers that arrive while a commit is under way share the next one, so
/// that waiting for the disk is paid once for all of them. May be used from any thread.
class AiringJournal {
public:
    explicit AiringJournal(Database& database);
    ~AiringJournal();
    AiringJournal(const AiringJournal&) = delete;
    AiringJournal& operator=(const AiringJournal&) = delete;

    /// Returns the ids of all of them, in the order given, once every one survives a power cut. Sending an airing again
    /// changes nothing. Throws Error(conflict, "airing-differs") when one is there already with other content; then
    /// nothing of this call is kept, while what others sent is.
    std::vector<AiringId> accept(std::vector<Airing> airings);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace loa

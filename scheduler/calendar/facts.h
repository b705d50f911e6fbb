#pragma once
#include <array>
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/write_events.h"

namespace loa {

/// Gathers what a planner should be told about one event.
class Notices {
public:
    Notices(std::vector<Notice>& all, EventId event) : all_{all}, event_{std::move(event)} {}
    void add(int line, std::string code, std::string vietnamese, std::string english) {
        all_.push_back({line, event_, std::move(code), {std::move(vietnamese), std::move(english)}});
    }

private:
    std::vector<Notice>& all_;
    EventId event_;
};

/// Reads what Loa knows about a VEVENT. Owner, campaign and station overrides are the series': an override has none.
/// Throws Error (invalid) with the line for what it cannot take.
AiringFacts readFacts(const Component& event, Notices& notices);

/// Properties of the series that an override does not have.
inline constexpr std::array propertiesOfSeries{"X-LOA-OWNER", "X-LOA-CAMPAIGN", "X-LOA-OVERRIDE"};

/// Its media alone.
std::optional<Source> readSource(const Component& event, Notices& notices);

/// Writes them into a VEVENT, in place of those it had; owner, campaign and station overrides into a master only.
/// Throws Error (invalid, line 0) for an id that is none.
void writeFacts(Component& event, const AiringFacts& facts);

/// readFacts without its notices.
AiringFacts factsOf(const Component& event);

/// What an override can repeat of its series, its media aside.
bool sameButSource(const AiringFacts& one, const AiringFacts& other);

/// Writes them into the master and the overrides that had its old ones; an override's own media stays.
void writeFacts(std::vector<Component>& series, const AiringFacts& facts);

}  // namespace loa

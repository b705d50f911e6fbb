#include "api/office/targets_json.h"

#include "api/wire/event_json.h"

namespace loa {
namespace {

constexpr std::size_t targetsLimit = 500;

}  // namespace

std::vector<Target> targetsFrom(ObjectReader& reader) {
    std::vector<Target> targets;
    for (const auto& each : reader.array("targets", targetsLimit)) {
        if (!each.is_string()) reader.refuse("targets", "has texts only");
        targets.push_back(targetFromText(each.get_ref<const std::string&>()));
    }
    return targets;
}

}  // namespace loa

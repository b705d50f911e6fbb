#include "player/verified_manifest.h"

#include <algorithm>

#include "api/wire/manifest_json.h"
#include "scheduler/domain/error.h"

namespace loa {

Manifest verifiedManifest(std::string_view document, const std::vector<VerifyingKey>& officeKeys,
                          const StationId& station) {
    auto manifest = manifestFromJson(verify("manifest", document, officeKeys));
    if (manifest.station != station)
        throw Error(Fault::invalid, "plan-of-another-station",
                    {"Lịch nhận được là của trạm " + manifest.station.text() + ", không phải trạm này.",
                     "the plan is of station '" + manifest.station.text() + "'"});
    const bool ordered = std::is_sorted(manifest.slots.begin(), manifest.slots.end(),
                                        [](const Slot& a, const Slot& b) { return a.at.start < b.at.start; });
    if (!ordered)
        throw Error(Fault::invalid, "plan-out-of-order",
                    {"Lịch nhận được không theo thứ tự thời gian.", "the plan's slots are not in order of time"});
    return manifest;
}

}  // namespace loa

#include "player/verified_manifest.h"

#include <algorithm>
#include <set>

#include "api/wire/manifest_json.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

/// Of what had begun when it was issued, nobody may answer any more: it was changed since.
void requireApproved(const Manifest& manifest) {
    std::set<EventId> approved;
    for (const auto& stamp : manifest.approvals) approved.insert(stamp.event);
    for (const auto& slot : manifest.slots)
        if (slot.at.start >= manifest.issued && !approved.contains(slot.event))
            throw Error(Fault::invalid, "plan-not-approved",
                        {"Lịch nhận được có tin “" + slot.title + "” chưa ai duyệt.",
                         "the plan has '" + slot.title + "', which nobody has approved"});
}

}  // namespace

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
    requireApproved(manifest);
    return manifest;
}

}  // namespace loa

#pragma once
#include "scheduler/domain/media_item.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Takes the media out of the list of the places where the actor may; elsewhere it stays. Where it is used no more, its
/// file stays for the stations that still hold a plan with it. Throws Error: notFound; forbidden where it is at no
/// place of theirs; conflict "media-in-use" while an event that they see uses it, in one of its occurrences or at a
/// station too. What they do not see keeps it, and says nothing.
void removeMedia(Scheduler& scheduler, const MediaId& media);

}  // namespace loa

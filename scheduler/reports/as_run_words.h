#pragma once
#include "scheduler/domain/as_run.h"
#include "scheduler/domain/words.h"

namespace loa {

/// One name for each result in every list, strip and export: "Đã phát", "Aired".
Words wordsFor(AsRunResult result);

/// Why, in a few words: "Mất điện hoặc khởi động lại". Both empty for MissReason::none.
Words wordsFor(MissReason reason);

/// How far the station believed its clock: "Tin cậy", "Trusted".
Words wordsFor(ClockTrust trust);

}  // namespace loa

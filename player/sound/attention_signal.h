#pragma once
#include "player/sound/pcm.h"

namespace loa {

/// What is sounded before an order, so that people look up: two tones, high and low, twice; about two seconds. Always
/// the same, a little louder than speech, without a jump at either end.
Pcm attentionSignal();

}  // namespace loa

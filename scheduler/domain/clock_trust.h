#pragma once
#include "scheduler/domain/choice.h"

namespace loa {

/// How far a station believes its wall clock. Order is from worst to best. player/clock has the rule.
enum class ClockTrust {
    untrusted,  ///< no witness, or one that says otherwise: nothing routine sounds
    holdover,   ///< no witness now, but trusted since the machine was started and not far off since
    trusted     ///< a witness that can be believed, and none that says otherwise
};
template <>
inline constexpr auto choiceWords<ClockTrust> = wordsFor<ClockTrust>({{ClockTrust::untrusted, "untrusted"},
                                                                      {ClockTrust::holdover, "holdover"},
                                                                      {ClockTrust::trusted, "trusted"}});

/// Whether what is planned for an hour may sound. What is ordered at once asks for no hour.
constexpr bool routineMaySound(ClockTrust trust) {
    return trust != ClockTrust::untrusted;
}

}  // namespace loa

#pragma once
#include <memory>

#include "scheduler/domain/clock.h"
#include "tests/support/pulse_server.h"
#include "tests/support/recording.h"
#include "tests/support/sound_companion.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tone_media.h"

namespace loa {

inline Instant now() {
    return SystemClock{}.now();
}

/// A sound server of the test's own, and somewhere to put things. Recorded from outside where a test asks for it.
struct HeardPlace {
    test::TemporaryDirectory folder;
    PulseServer server{folder.path() / "pulse"};
    std::unique_ptr<Recording> recording;

    void record() { recording = std::make_unique<Recording>(server, folder.path()); }
};

}  // namespace loa

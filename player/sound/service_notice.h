#pragma once
#include <string>

#include "player/sound/fine_time.h"

namespace loa {

/// What loa-sound tells the service manager (sd_notify). Does nothing where there is none.
class ServiceNotice {
public:
    ServiceNotice();
    /// The output runs, or is being retried: the program does what it is for. Sent once.
    void ready();
    void stopping();
    /// One line in plain words; sent when it changed. The control thread.
    void status(const std::string& text);
    /// The mixing loop turned. Passed on to the watchdog every third of its interval. The mixing loop only.
    void beat();

private:
    Nanoseconds beatEvery_{0};  ///< 0: no watchdog
    Nanoseconds lastBeat_{0};
    std::string status_;
    bool ready_ = false;
};

}  // namespace loa

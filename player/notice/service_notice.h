#pragma once
#include <string>

#include "scheduler/domain/time.h"

namespace loa {

/// What the service manager is told (sd_notify). Says nothing where there is none. `alive` is for one thread, all else
/// for one, which may be another.
class ServiceNotice {
public:
    ServiceNotice();
    /// The program does what it is for. Told once.
    void ready();
    void stopping();
    /// One line in plain words; told only when it changed.
    void status(const std::string& line);
    /// To be called by the program's loop each time it has turned and all is well; beats at a third of the asked
    /// interval.
    void alive(Milliseconds sinceBoot);

private:
    Milliseconds interval_{0};  ///< 0: no watchdog
    Milliseconds next_{0};
    bool ready_ = false;
    std::string said_;
};

}  // namespace loa

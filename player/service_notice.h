#pragma once
#include <string>

#include "scheduler/domain/time.h"

namespace loa {

/// What the service manager is told (sd_notify). Says nothing where there is none.
class ServiceNotice {
public:
    ServiceNotice();
    void ready();
    void stopping();
    /// One line in plain words; told only when it changed.
    void status(const std::string& line);
    /// To be called by the owner's loop each time it has turned and all is well; beats at a third of the asked
    /// interval.
    void alive(Milliseconds sinceBoot);

private:
    Milliseconds interval_{0};  ///< 0: no watchdog
    Milliseconds next_{0};
    std::string said_;
};

}  // namespace loa

#pragma once
#include "player/wire/sound_socket.h"

namespace loa {

/// Lets other threads end the control thread's waiting: an eventfd.
class Wake {
public:
    Wake();
    void call() const;   ///< any thread; never waits
    void clear() const;  ///< the control thread, before it looks what there is
    int descriptor() const { return event_.get(); }

private:
    Descriptor event_;
};

}  // namespace loa

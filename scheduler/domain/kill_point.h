#pragma once

namespace loa {

/// A named step at which a test may kill the program. Does nothing unless the environment names it:
/// LOA_KILL_POINT="<name>:<n>" ends the process by SIGKILL the n-th time (from 1) that step is reached, after adding the
/// line "<name>" to the file LOA_KILL_LOG, so that a test knows the fault was fired. A file that has the line already
/// disarms it: the program that is started again lives on. Read once, at the first step.
void killPoint(const char* name);

}  // namespace loa

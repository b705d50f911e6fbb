#pragma once

namespace loa {

/// A named step at which a test may kill the program. Does nothing unless the environment names it:
/// LOA_KILL_POINT="<name>:<n>:<times>" ends the process by SIGKILL the n-th time (from 1) that step is reached, after
/// adding the line "<name>" to the file LOA_KILL_LOG, so that a test knows the fault was fired. Once that file has
/// <times> lines (1 where left out) nothing more happens: the program that is started again lives on. Read once, at the
/// first step.
void killPoint(const char* name);

}  // namespace loa

#pragma once
#include <filesystem>

namespace loa {

/// For a program that holds a secret: its memory goes into no core file, and no other process of its user may look into
/// it. Children that it starts leave no core file either.
void keepMemoryPrivate();

/// Throws Error(invalid, "secret-open") where others than owner and group may read or write the file, or (notFound)
/// where it cannot be looked at.
void requirePrivate(const std::filesystem::path& secret);

/// Lets this process have `wanted` open files, as far as the system allows it. Returns how many it may have now.
int allowOpenFiles(int wanted);

}  // namespace loa

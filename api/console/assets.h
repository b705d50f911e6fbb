#pragma once
#include <span>

#include "api/console/console.h"

namespace loa {

/// All files of the page, by name. Written at build time by embed.cmake.
extern const std::span<const Asset> assets;

}  // namespace loa

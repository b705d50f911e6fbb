#pragma once
#include <filesystem>

#include "scheduler/domain/audit_entry.h"

namespace loa {

/// What of an office lies where in its state directory. A back-up's folder has the same names.
struct OfficeState {
    std::filesystem::path directory;

    std::filesystem::path database() const { return directory / "loa.db"; }
    std::filesystem::path media() const { return directory / "media"; }
    std::filesystem::path auditHeads() const { return directory / auditHeadsName; }
    /// What a restore brings in, until it is checked and takes its place.
    std::filesystem::path restoring() const { return directory / "restoring"; }
    /// A file that is there while one office makes room for the other.
    std::filesystem::path unfinishedRestore() const { return directory / "restore-unfinished"; }
};

}  // namespace loa

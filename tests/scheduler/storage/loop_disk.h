#pragma once
#include <doctest/doctest.h>
#include <fcntl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "scheduler/domain/descriptor.h"
#include "tests/scheduler/storage/backend.h"

namespace loa::test {

/// Runs a command; its output goes nowhere.
inline bool succeeds(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

/// An ext4 image mounted through a loop device, until it goes.
class Mount {
public:
    Mount(const std::filesystem::path& image, std::filesystem::path folder) : folder_{std::move(folder)} {
        std::filesystem::create_directories(folder_);
        REQUIRE_MESSAGE(succeeds("mount -o loop,noatime '" + image.string() + "' '" + folder_.string() + "'"),
                        "power cuts need root and loop devices; LOA_NO_LOOP=1 leaves them out");
    }
    ~Mount() { succeeds("umount '" + folder_.string() + "' || umount -l '" + folder_.string() + "'"); }
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// A disk whose power can be cut: what a program has not synced is not in its image.
class LoopDisk {
public:
    explicit LoopDisk(int megabytes = 48)
        : image_{newImage(folder_.path() / "disk.img", megabytes)}, mount_{image_, folder_.path() / "disk"} {}
    const std::filesystem::path& folder() const { return mount_.folder(); }

    /// Takes all the room there is, until clear().
    void fill() const {
        std::ofstream filler{folder() / "filler", std::ios::binary};
        const std::string block(4096, 'x');
        while (filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) continue;
    }
    /// Takes all the room but that much.
    void leave(std::int64_t bytes) const {
        clear();
        const Descriptor filler{open((folder() / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
        const auto available = static_cast<std::int64_t>(std::filesystem::space(folder()).available);
        REQUIRE(posix_fallocate(filler.get(), 0, available - bytes) == 0);
    }
    void clear() const { std::filesystem::remove(folder() / "filler"); }

    /// As if the power had gone this instant: `look(folder)` sees the disk as it comes up again.
    template <class Look>
    auto afterPowerCut(const Look& look) {
        const auto copy = folder_.path() / "copy.img";
        std::filesystem::copy_file(image_, copy, std::filesystem::copy_options::overwrite_existing);
        const Mount mount{copy, folder_.path() / "copy"};
        return look(mount.folder());
    }

private:
    static std::filesystem::path newImage(std::filesystem::path image, int megabytes) {
        REQUIRE(succeeds("truncate -s " + std::to_string(megabytes) + "M '" + image.string() +
                         "' && mkfs.ext4 -q -m 0 -J size=4 '" + image.string() + "'"));
        return image;
    }

    test::TemporaryDirectory folder_;
    std::filesystem::path image_;
    Mount mount_;
};

/// Whether power cuts were left out on purpose.
inline bool withoutLoopDevices() {
    if (!std::getenv("LOA_NO_LOOP")) return false;
    MESSAGE("LOA_NO_LOOP is set: no power was cut");
    return true;
}

}  // namespace loa::test

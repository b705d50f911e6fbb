// Takes only what cannot block, change or shrink: a memfd with its seals on. A pipe, a device or a file on a dead disk
// fails the first question. Any thread.
#include "player/sound/sealed_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <stdexcept>

namespace loa {
namespace {

constexpr std::size_t largestBytes = 64U << 20U;

}  // namespace

SealedMemory::SealedMemory(int descriptor) {
    constexpr int wanted = F_SEAL_WRITE | F_SEAL_SHRINK;
    const int seals = fcntl(descriptor, F_GET_SEALS);
    if (seals < 0 || (seals & wanted) != wanted) throw std::runtime_error("the descriptor is no sealed memory");
    struct stat facts {};
    if (fstat(descriptor, &facts) != 0 || facts.st_size <= 0) throw std::runtime_error("the memory is empty");
    size_ = static_cast<std::size_t>(facts.st_size);
    if (size_ > largestBytes) throw std::runtime_error("the memory is over 64 MiB");
    data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (data_ == MAP_FAILED) throw std::runtime_error("the memory cannot be mapped");
}

SealedMemory::~SealedMemory() {
    munmap(data_, size_);
}

}  // namespace loa

// Writes the files of an office, keys among them. Overwrites nothing.
#include "scheduler/setup/new_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scheduler/domain/error.h"

namespace loa {

namespace {

Error refusal(const std::string& path) {
    if (errno == EEXIST)
        return Error{Fault::conflict, "office-exists",
                     Words{"Đã có tệp " + path + ". Không ghi đè: chọn thư mục khác, hoặc chuyển tệp cũ đi.",
                           "There is a file " + path +
                               " already. It is not overwritten: choose another directory, or move "
                               "the old file away."}};
    const std::string why = std::strerror(errno);
    return Error{Fault::unavailable, "cannot-write",
                 Words{"Không ghi được " + path + " (" + why + "). Kiểm tra thư mục, quyền ghi và dung lượng đĩa.",
                       "Cannot write " + path + " (" + why + "). Check the directory, its permissions and the disk."}};
}

bool writeAll(int descriptor, const std::string& content) {
    std::size_t done = 0;
    while (done < content.size()) {
        const auto part = ::write(descriptor, content.data() + done, content.size() - done);
        if (part < 0) return false;
        done += static_cast<std::size_t>(part);
    }
    return ::fsync(descriptor) == 0;
}

}  // namespace

NewFiles::~NewFiles() {
    for (const auto& path : written_) ::unlink(path.c_str());
}

void NewFiles::write(const std::string& path, const std::string& content, unsigned mode) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) throw refusal(path);
    written_.push_back(path);
    const bool whole = ::fchmod(descriptor, mode) == 0 && writeAll(descriptor, content);
    const auto refused = refusal(path);  // before close() can change errno
    ::close(descriptor);
    if (!whole) throw refused;
}

}  // namespace loa

#include "scheduler/backup/state_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include "scheduler/backup/office_state.h"
#include "scheduler/domain/error.h"

namespace loa {

StateLock::StateLock(const std::filesystem::path& stateDirectory) {
    const auto path = stateDirectory / "lock";
    file_ = Descriptor{open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!file_.valid())
        throw Error{Fault::unavailable,
                    "state-directory",
                    {"Không ghi được vào " + stateDirectory.string() + ". Kiểm tra thư mục và quyền ghi.",
                     "cannot write in " + stateDirectory.string() + "; check the folder and its permissions"}};
    if (flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
    throw Error{Fault::conflict,
                "office-in-use",
                {"Một loa-scheduler khác đang dùng " + stateDirectory.string() + ". Dừng nó trước.",
                 "another loa-scheduler is using " + stateDirectory.string() + "; stop it first"}};
}

void requireNoHalfRestore(const std::filesystem::path& stateDirectory) {
    if (!std::filesystem::exists(OfficeState{stateDirectory}.unfinishedRestore())) return;
    throw Error{Fault::conflict,
                "restore-unfinished",
                {"Lần khôi phục vào " + stateDirectory.string() + " chưa xong. Chạy lại loa-scheduler restore.",
                 "a restore into " + stateDirectory.string() + " broke off; run loa-scheduler restore again"}};
}

}  // namespace loa

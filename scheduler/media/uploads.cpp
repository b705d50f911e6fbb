// Partial uploads on disk. A byte counts as received when it is durable; what a crash left behind that was not is cut
// off by the next append at its offset. Never looks into a file.
#include "scheduler/media/uploads.h"

#include <fcntl.h>

#include <algorithm>
#include <cctype>
#include <system_error>

#include "scheduler/media/disk.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".part";

Error wrongOffset(std::int64_t received) {
    const auto count = std::to_string(received);
    return {Fault::conflict,
            "upload-offset",
            {"Máy chủ đã nhận " + count + " byte. Gửi tiếp từ chỗ đó.",
             "The server has " + count + " bytes. Go on from there."}};
}

}  // namespace

Error noSuchUpload() {
    return {
        Fault::notFound,
        "no-such-upload",
        {"Không có lần tải lên này. Tải lại tệp từ đầu.", "There is no such upload. Upload the file from its start."}};
}

Uploads::Uploads(const MediaStore& store, IngestLimits limits) : limits_{limits}, directory_{store.root() / "uploads"} {
    std::error_code failed;
    if (fs::create_directories(directory_, failed)) syncDirectory(store.root());
    if (failed) throw diskError();
}

void Uploads::checkSize(std::int64_t announcedBytes) const {
    if (announcedBytes <= 0) throw mediaRefusal("media-empty", limits_);
    if (announcedBytes > limits_.bytes) throw mediaRefusal("media-too-large", limits_, announcedBytes);
}

std::int64_t Uploads::received(const UploadId& id) const {
    return regularFileSize(file(id)).value_or(0);
}

std::int64_t Uploads::append(const UploadId& id, std::int64_t offset, std::string_view bytes) {
    const auto path = file(id);
    const auto before = regularFileSize(path);
    if (offset != before.value_or(0)) throw wrongOffset(before.value_or(0));
    const auto after = offset + static_cast<std::int64_t>(bytes.size());
    if (after > limits_.bytes) throw mediaRefusal("media-too-large", limits_, after);
    const auto opened = openRegular(path, O_WRONLY | O_CREAT);
    if (!opened.valid()) throw diskError();
    try {
        writeAllAt(opened.get(), bytes, offset);
        syncFile(opened.get());
    } catch (const Error&) {
        std::error_code ignored;  // not durable, so not received
        fs::resize_file(path, static_cast<std::uintmax_t>(offset), ignored);
        throw;
    }
    if (!before) syncDirectory(directory_);
    return after;
}

bool Uploads::remove(const UploadId& id) {
    std::error_code ignored;
    return fs::remove(file(id), ignored);
}

fs::path Uploads::file(const UploadId& id) const {
    const auto& text = id.text();
    const bool isHex =
        std::all_of(text.begin(), text.end(), [](unsigned char letter) { return std::isxdigit(letter) != 0; });
    if (!isHex || text.size() < 16 || text.size() > 64) throw noSuchUpload();
    return directory_ / (text + std::string{suffix});
}

std::vector<UploadId> Uploads::all() const {
    std::vector<UploadId> ids;
    for (const auto& entry : fs::directory_iterator{directory_})
        if (entry.path().extension() == suffix) ids.emplace_back(entry.path().stem().string());
    return ids;
}

}  // namespace loa

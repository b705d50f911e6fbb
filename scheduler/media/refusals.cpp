// Every way a sound file is refused: code, kind of fault, and what a person is told. Pure; used by both sides of the
// cage. One more refusal is one more row.
#include "scheduler/media/refusals.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace loa {
namespace {

struct Row {
    std::string_view code;
    Fault fault;
    std::string_view vi;
    std::string_view en;
};

constexpr Row rows[] = {
    {"media-broken", Fault::invalid, "Loa không đọc được tệp này. Xuất lại dạng MP3 hoặc WAV rồi tải lên.",
     "Loa cannot read this file. Export it again as MP3 or WAV and upload that."},
    {"media-empty", Fault::invalid, "Tệp rỗng. Xuất lại tệp rồi tải lên.",
     "The file is empty. Export it again and upload that."},
    {"media-not-a-file", Fault::invalid, "Đây không phải một tệp. Chọn một tệp âm thanh.",
     "This is not a file. Choose a sound file."},
    {"media-too-large", Fault::tooLarge, "Tệp {size} MB, quá mức {bytes} MB. Xuất lại dạng MP3 hoặc cắt bớt.",
     "The file has {size} MB, over the limit of {bytes} MB. Export it as MP3 or cut it."},
    {"media-too-long", Fault::tooLarge, "Âm thanh dài quá {longest} phút. Cắt thành nhiều tệp ngắn hơn.",
     "The sound is longer than {longest} minutes. Cut it into shorter files."},
    {"media-too-short", Fault::invalid, "Âm thanh ngắn hơn {shortest} ms. Nghe lại tệp trên máy rồi chọn tệp khác.",
     "The sound is shorter than {shortest} ms. Listen to the file and choose another."},
    {"media-silent", Fault::invalid, "Tệp này không có tiếng. Nghe lại tệp trên máy rồi chọn tệp khác.",
     "This file has no sound. Listen to it and choose another."},
    {"media-truncated", Fault::invalid, "Tệp thiếu một đoạn âm thanh. Chép lại từ máy ghi rồi tải lên.",
     "Part of the sound is missing. Copy the file again from where it was recorded and upload that."},
    {"media-damaged", Fault::invalid, "Tệp hỏng giữa chừng. Chép hoặc xuất lại tệp rồi tải lên.",
     "The file is damaged inside. Copy or export it again and upload that."},
    {"media-stalled", Fault::invalid, "Tệp không giải mã hết được. Xuất lại dạng MP3 hoặc WAV rồi tải lên.",
     "Decoding this file does not come to an end. Export it again as MP3 or WAV and upload that."},
    {"media-video", Fault::unsupported, "Đây là tệp video. Xuất riêng phần tiếng dạng MP3 hoặc WAV rồi tải lên.",
     "This is a video. Export its sound as MP3 or WAV and upload that."},
    {"media-mp4", Fault::unsupported, "Đây là tệp MP4 hoặc M4A, Loa chưa nhận. Xuất lại dạng MP3 hoặc WAV.",
     "This is an MP4 or M4A file, which Loa does not take. Export it as MP3 or WAV."},
    {"media-playlist", Fault::unsupported, "Đây là danh sách phát, chưa phải âm thanh. Tải lên chính tệp âm thanh.",
     "This is a playlist, not sound. Upload the sound file itself."},
    {"media-page", Fault::unsupported, "Đây là trang web, chưa phải âm thanh. Tải tệp âm thanh về máy rồi tải lên.",
     "This is a web page, not sound. Download the sound file and upload that."},
    {"media-picture", Fault::unsupported, "Đây là tệp ảnh. Chọn một tệp âm thanh.",
     "This is a picture. Choose a sound file."},
    {"media-document", Fault::unsupported, "Đây là tài liệu. Chọn một tệp âm thanh, hoặc tạo bản đọc từ chữ.",
     "This is a document. Choose a sound file, or make speech from its text."},
    {"media-text", Fault::unsupported, "Đây là tệp chữ. Chọn một tệp âm thanh, hoặc tạo bản đọc từ chữ.",
     "This is text. Choose a sound file, or make speech from it."},
    {"media-format", Fault::unsupported, "Loa chỉ nhận WAV, MP3, Ogg và FLAC. Xuất lại một trong các dạng đó.",
     "Loa takes WAV, MP3, Ogg and FLAC only. Export the sound as one of them."},
    {"media-unknown", Fault::unsupported, "Tệp này không phải âm thanh. Chọn tệp WAV, MP3, Ogg hoặc FLAC.",
     "This file is not sound. Choose a WAV, MP3, Ogg or FLAC file."},
    {"media-level", Fault::invalid, "Loa không chỉnh được độ to của tệp này. Xuất lại tệp, giảm âm lượng rồi tải lên.",
     "Loa cannot level this file. Export it again at a lower volume and upload that."},
};

std::string filled(std::string_view sentence, const IngestLimits& limits, std::int64_t originalBytes) {
    const auto put = [](std::string& text, std::string_view name, std::int64_t value) {
        const auto at = text.find(name);
        if (at != std::string::npos) text.replace(at, name.size(), std::to_string(value));
    };
    constexpr std::int64_t megabyte = 1'000'000;
    std::string text{sentence};
    put(text, "{size}", (originalBytes + megabyte - 1) / megabyte);
    put(text, "{bytes}", limits.bytes / megabyte);
    put(text, "{longest}", std::chrono::duration_cast<std::chrono::minutes>(limits.longest).count());
    put(text, "{shortest}", limits.shortest.count());
    return text;
}

}  // namespace

Error mediaRefusal(std::string_view code, const IngestLimits& limits, std::int64_t originalBytes) {
    auto row =
        std::find_if(std::begin(rows), std::end(rows), [&](const Row& candidate) { return candidate.code == code; });
    if (row == std::end(rows)) row = std::begin(rows);
    return Error{row->fault, std::string{row->code},
                 Words{filled(row->vi, limits, originalBytes), filled(row->en, limits, originalBytes)}};
}

}  // namespace loa

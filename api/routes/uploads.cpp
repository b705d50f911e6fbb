#include <charconv>

#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "api/wire/upload_json.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/sight.h"

namespace loa {
namespace {

/// As a problem of RFC 9457, for whom the upload's own request was answered long ago.
Json problemJson(const UploadNote& note, Language language) {
    const auto status = httpStatus(Fault::invalid);
    return {{"type", "urn:loa:problem:" + note.code}, {"title", reasonPhrase(status)}, {"status", status},
            {"detail", in(language, note.words)},     {"vi", note.words.vi},           {"en", note.words.en}};
}

Json uploadJson(const Upload& upload, const Request& request) {
    Json json{{"id", upload.id.text()}, {"title", upload.title},       {"state", toText(upload.state)},
              {"bytes", upload.size},   {"received", upload.received}, {"progress", upload.progress}};
    if (!upload.step.empty()) json["step"] = upload.step;
    if (upload.media) json["media"] = upload.media->text();
    if (upload.note && upload.state == UploadState::refused)
        json["problem"] = problemJson(*upload.note, request.language());
    else if (upload.note)
        json["notice"] = noticeJson(upload.note->code, upload.note->words);
    return json;
}

std::string locationOf(const Upload& upload) {
    return "/v1/uploads/" + upload.id.text();
}

UploadId uploadOf(const Request& request) {
    return UploadId{request.pathValue("upload")};
}

std::int64_t offsetOf(const Request& request) {
    const auto text = request.header("Upload-Offset").value_or("");
    std::int64_t offset = -1;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (fault == std::errc{} && end == text.data() + text.size() && offset >= 0) return offset;
    throw Error{Fault::malformed,
                "no-offset",
                {"Thiếu vị trí của phần tệp gửi lên. Ghi số byte máy chủ đã nhận vào Upload-Offset.",
                 "the field Upload-Offset must say where the piece begins"}};
}

Response createUpload(const Request& request, Scheduler& scheduler) {
    const auto body = uploadBodyFromJson(request.body());
    const auto upload =
        scheduler.media.begin(body.name, body.title, body.bytes, uploadPlaces(scheduler), scheduler.actor);
    return created(uploadJson(upload, request), locationOf(upload));
}

Response getUpload(const Request& request, Scheduler& scheduler) {
    const auto upload = scheduler.media.find(uploadOf(request));
    auto response = jsonAnswer(200, uploadJson(upload, request));
    response.set("Upload-Offset", std::to_string(upload.received));
    return response;
}

Response patchUpload(const Request& request, Scheduler& scheduler) {
    requireContentType(request, "application/offset+octet-stream");
    const auto upload = scheduler.media.append(uploadOf(request), offsetOf(request), request.body(), scheduler.actor);
    return jsonAnswer(200, uploadJson(upload, request));
}

Response deleteUpload(const Request& request, Scheduler& scheduler) {
    scheduler.media.remove(uploadOf(request), scheduler.actor);
    return Response::noContent();
}

Response createSpeech(const Request& request, Scheduler& scheduler) {
    const auto body = speechBodyFromJson(request.body());
    const auto upload = scheduler.media.speak(body.title, body.text, uploadPlaces(scheduler), scheduler.actor);
    auto response = created(uploadJson(upload, request), locationOf(upload));
    response.withStatus(202);
    return response;
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/uploads", Right::addMedia, createUpload, smallBodyBytes},
    {Method::get, "/v1/uploads/{upload}", Right::addMedia, getUpload},
    {Method::patch, "/v1/uploads/{upload}", Right::addMedia, patchUpload, maximumPieceBytes},
    {Method::delete_, "/v1/uploads/{upload}", Right::addMedia, deleteUpload},
    {Method::post, "/v1/speech", Right::addMedia, createSpeech, smallBodyBytes},
};

}  // namespace

std::span<const SchedulerRoute> uploadRoutes() {
    return routes;
}

}  // namespace loa

// Files on their way in. They are nobody's plan yet, so the plan's version stays.
#include "scheduler/storage/upload_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<Upload> uploads(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    auto all = each<Upload>(
        select<UploadId, std::string, std::string, std::int64_t, std::int64_t, UploadState, std::string, int,
               std::optional<MediaId>, std::optional<std::string>, std::optional<std::string>,
               std::optional<std::string>, Instant, std::string>(
            transaction,
            "SELECT id, name, title, size, received, state, step, progress, media, problem, problem_vi, problem_en, "
            "created, spoken_text FROM upload " +
                rest,
            values...),
        [](auto id, auto name, auto title, auto size, auto received, auto state, auto step, auto progress, auto media,
           auto code, auto vi, auto en, auto created, auto text) {
            std::optional<UploadNote> note;
            if (code) note = UploadNote{*code, Words{vi.value_or(""), en.value_or("")}};
            return Upload{std::move(id),    std::move(name), std::move(title), size,
                          received,         state,           std::move(step),  progress,
                          std::move(media), std::move(note), created,          std::move(text)};
        });
    for (auto& upload : all)
        for (auto& [area] : select<AreaId>(transaction, "SELECT area FROM upload_place WHERE upload = $1", upload.id))
            upload.places.insert(std::move(area));
    return all;
}

}  // namespace

std::optional<Upload> UploadRepository::find(ReadTransaction& transaction, const UploadId& id) {
    return first(uploads(transaction, "WHERE id = $1", id));
}

std::vector<Upload> UploadRepository::all(ReadTransaction& transaction) {
    return uploads(transaction, "ORDER BY created, id");
}

std::vector<Upload> UploadRepository::inState(ReadTransaction& transaction, UploadState state) {
    return uploads(transaction, "WHERE state = $1 ORDER BY created, id", state);
}

void UploadRepository::save(WriteTransaction& transaction, const Upload& upload) {
    std::optional<std::string> code, vi, en;
    if (upload.note) {
        code = upload.note->code;
        vi = upload.note->words.vi;
        en = upload.note->words.en;
    }
    execute(transaction,
            "INSERT INTO upload (id, name, title, size, received, state, step, progress, media, problem, problem_vi, "
            "problem_en, created, spoken_text) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, title = excluded.title, size = excluded.size, "
            "received = excluded.received, state = excluded.state, step = excluded.step, "
            "progress = excluded.progress, media = excluded.media, problem = excluded.problem, "
            "problem_vi = excluded.problem_vi, problem_en = excluded.problem_en, created = excluded.created, "
            "spoken_text = excluded.spoken_text",
            upload.id, upload.name, upload.title, upload.size, upload.received, upload.state, upload.step,
            upload.progress, upload.media, code, vi, en, upload.created, upload.text);
    for (const auto& area : upload.places)
        execute(transaction, "INSERT INTO upload_place (upload, area) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                upload.id, area);
}

void UploadRepository::remove(WriteTransaction& transaction, const UploadId& id) {
    execute(transaction, "DELETE FROM upload WHERE id = $1", id);
}

}  // namespace loa

#include "scheduler/backup/inventory.h"

#include "api/wire/json.h"
#include "scheduler/media/media_store.h"
#include "scheduler/media/sha256.h"

namespace loa {
namespace {

constexpr std::int64_t format = 1;
constexpr std::size_t filesLimit = 10'000'000;

std::string hashFrom(ObjectReader& reader) {
    auto hash = reader.text("sha256", 64);
    if (!isSha256(hash)) reader.refuse("sha256", "must be a SHA-256");
    return hash;
}

KeptFile fileFrom(ObjectReader reader) {
    KeptFile file;
    file.shelf = choiceFrom<MediaShelf>(reader, "shelf");
    file.id = MediaId{hashFrom(reader)};
    file.bytes = reader.integer("bytes", 0, INT64_MAX);
    reader.end();
    return file;
}

void readDatabase(ObjectReader reader, Inventory& inventory) {
    inventory.databaseSha256 = hashFrom(reader);
    inventory.databaseBytes = reader.integer("bytes", 0, INT64_MAX);
    inventory.database.version = static_cast<int>(reader.integer("version", 1, 1'000'000));
    const Json& rows = reader.any("rows");
    ObjectReader counts{rows, reader.pathOf("rows")};
    for (const auto& row : rows.items()) inventory.database.rows[row.key()] = counts.integer(row.key(), 0, INT64_MAX);
    reader.end();
}

}  // namespace

std::filesystem::path pathOf(const KeptFile& file) {
    return file.shelf == MediaShelf::canonical ? canonicalPath(file.id) : originalPath(file.id);
}

std::string toJson(const Inventory& inventory) {
    Json rows = Json::object();
    for (const auto& [table, count] : inventory.database.rows) rows[table] = count;
    Json media = Json::array();
    for (const auto& file : inventory.media)
        media.push_back({{"shelf", toText(file.shelf)}, {"sha256", file.id.text()}, {"bytes", file.bytes}});
    return dump({{"format", format},
                 {"made", formatInstant(inventory.made)},
                 {"database",
                  {{"sha256", inventory.databaseSha256},
                   {"bytes", inventory.databaseBytes},
                   {"version", inventory.database.version},
                   {"rows", std::move(rows)}}},
                 {"media", std::move(media)},
                 {"leftOut", inventory.leftOut}});
}

Inventory inventoryFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    reader.integer("format", format, format);
    Inventory inventory;
    inventory.made = reader.instant("made");
    readDatabase(reader.object("database"), inventory);
    const Json& media = reader.array("media", filesLimit);
    for (std::size_t i = 0; i < media.size(); ++i)
        inventory.media.push_back(fileFrom({media[i], "media[" + std::to_string(i) + ']'}));
    for (const auto& path : reader.array("leftOut", filesLimit)) {
        if (!path.is_string()) reader.refuse("leftOut", "must be paths");
        inventory.leftOut.push_back(path.get<std::string>());
    }
    reader.end();
    return inventory;
}

}  // namespace loa

#include "api/wire/fresh_json.h"

#include "api/wire/json.h"
#include "scheduler/domain/manifest.h"

namespace loa {

std::string toJson(const FreshStatement& statement) {
    return dump({{"format", 1},
                 {"station", statement.station.text()},
                 {"nonce", statement.nonce},
                 {"time", formatInstant(statement.time)},
                 {"revision", statement.revision}});
}

FreshStatement freshFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    reader.integer("format", 1, 1);
    FreshStatement statement;
    statement.station = StationId{reader.text("station", 100)};
    statement.nonce = reader.text("nonce", 64);
    statement.time = reader.instant("time");
    statement.revision = reader.integer("revision", 0, manifestRevisionLimit);
    reader.end();
    return statement;
}

}  // namespace loa

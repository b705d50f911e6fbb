#include "api/office/identity_json.h"

namespace loa {

Json toJson(const StationIdentity& identity) {
    Json json{{"number", identity.number}, {"words", identity.words}, {"enrolled", formatInstant(identity.enrolled)}};
    if (identity.retired) json["retired"] = formatInstant(*identity.retired);
    return json;
}

}  // namespace loa

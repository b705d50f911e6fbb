// The audit trail is read and verified here. Nothing writes it but the operations themselves, and nothing changes it.
#include <charconv>

#include "api/office/audit_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/may.h"
#include "scheduler/storage/audit_repository.h"

namespace loa {
namespace {

constexpr int entriesOfPage = 200;

std::optional<Instant> instantIfAsked(const Request& request, std::string_view name) {
    return request.query(name) ? std::optional{instantFromQuery(request, name)} : std::nullopt;
}

/// "?before=4711": the page that begins with what came before that entry.
std::int64_t beforeOf(const Request& request) {
    const auto text = request.query("before");
    if (!text) return INT64_MAX;
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (fault == std::errc{} && end == text->data() + text->size() && number > 0) return number;
    throw Error{Fault::invalid,
                "bad-before",
                {"“before” phải là số của một dòng nhật ký.", "'before' must be the number of an entry"}};
}

/// The trail is one chain for the whole office: who sees a part of the office does not see it.
void requireWhole(const Scheduler& scheduler) {
    requireRight(scheduler, Right::seeAudit, std::nullopt);
}

Response getAudit(const Request& request, Scheduler& scheduler) {
    requireWhole(scheduler);
    const AuditFilter filter{instantIfAsked(request, "from"), instantIfAsked(request, "to"), request.query("object"),
                             request.query("actor")};
    const auto before = beforeOf(request);
    const auto found = scheduler.database.read([&](ReadTransaction& transaction) {
        return AuditRepository::before(transaction, before, filter, entriesOfPage);
    });
    Json json{{"entries", Json::array()}};
    for (const auto& entry : found) json["entries"].push_back(toJson(entry));
    if (found.size() == entriesOfPage) json["next"] = found.back().number;
    return jsonAnswer(200, json);
}

Response getVerification(const Request&, Scheduler& scheduler) {
    requireWhole(scheduler);
    return jsonAnswer(200, toJson(verifyAudit(scheduler)));
}

/// What was written at some time is looked for along the whole trail.
bool asksForTime(const Request& request) {
    return request.query("from") || request.query("to");
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/audit", Right::seeAudit, getAudit, 0, {}, Rate::ofMethod, asksForTime},
    {Method::get, "/v1/audit/verification", Right::seeAudit, getVerification, 0, {}, Rate::ofMethod, alwaysHeavy},
};

}  // namespace

std::span<const SchedulerRoute> auditRoutes() {
    return routes;
}

}  // namespace loa

// Sounds made ready for orders.
#include "scheduler/operations/order_templates.h"

#include "api/office/order_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"

namespace loa {
namespace {

TemplateId templateOf(const Request& request) {
    return TemplateId{request.pathValue("template")};
}

Response getTemplates(const Request&, Scheduler& scheduler) {
    Json templates = Json::array();
    for (const auto& made : templatesInSight(scheduler)) templates.push_back(toJson(made));
    return jsonAnswer(200, {{"templates", std::move(templates)}});
}

Response postTemplates(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    return jsonAnswer(201, toJson(makeTemplate(scheduler, templateWishFromJson(request.body()))));
}

Response postApproval(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, toJson(approveTemplate(scheduler, templateOf(request))));
}

Response deleteTemplate(const Request& request, Scheduler& scheduler) {
    removeTemplate(scheduler, templateOf(request));
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/order-templates", Right::seePlan, getTemplates},
    {Method::post, "/v1/order-templates", Right::draftTemplates, postTemplates, smallBodyBytes},
    {Method::delete_, "/v1/order-templates/{template}", Right::draftTemplates, deleteTemplate},
    {Method::post, "/v1/order-templates/{template}/approval", Right::approve, postApproval},
};

}  // namespace

std::span<const SchedulerRoute> orderTemplateRoutes() {
    return routes;
}

}  // namespace loa

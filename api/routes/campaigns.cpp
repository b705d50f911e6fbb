#include "api/office/campaign_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/campaign_repository.h"

namespace loa {
namespace {

CampaignId campaignOf(const Request& request) {
    return CampaignId{request.pathValue("campaign")};
}

Response getCampaigns(const Request&, Scheduler& scheduler) {
    Json campaigns = Json::array();
    scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        for (const auto& campaign : CampaignRepository::all(transaction))
            if (sight.campaign(campaign)) campaigns.push_back(toJson(sight.shown(campaign)));
    });
    return jsonAnswer(200, {{"campaigns", std::move(campaigns)}});
}

Response getCampaign(const Request& request, Scheduler& scheduler) {
    const auto id = campaignOf(request);
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto campaign = CampaignRepository::find(transaction, id);
        if (!campaign) throw noSuchCampaign(id);
        return jsonAnswer(200, toJson(Sight{transaction, scheduler}.shown(*campaign)));
    });
}

Response plannedAnswer(int status, const Request& request, const PlannedCampaign& planned) {
    auto answer = jsonAnswer(status, toJson(planned, isAsked(request, "placements")));
    answer.withEtag(planned.tag);
    return answer;
}

Response postCampaigns(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto keep = keepOf(request);
    const auto planned =
        saveCampaign(scheduler, campaignFromJson(CampaignId{}, request.body()), keep, expectedTag(request));
    auto answer = plannedAnswer(createdStatus(keep), request, planned);
    if (keep == Keep::yes) answer.set("Location", "/v1/campaigns/" + planned.campaign.id.text());
    return answer;
}

Response putCampaign(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto planned = saveCampaign(scheduler, campaignFromJson(campaignOf(request), request.body()), keepOf(request),
                                      expectedTag(request));
    return plannedAnswer(200, request, planned);
}

Response deleteCampaign(const Request& request, Scheduler& scheduler) {
    removeCampaign(scheduler, campaignOf(request));
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/campaigns", Right::seePlan, getCampaigns},
    {Method::post, "/v1/campaigns", Right::planCampaigns, postCampaigns, smallBodyBytes},
    {Method::get, "/v1/campaigns/{campaign}", Right::seePlan, getCampaign},
    {Method::put, "/v1/campaigns/{campaign}", Right::planCampaigns, putCampaign, smallBodyBytes},
    {Method::delete_, "/v1/campaigns/{campaign}", Right::planCampaigns, deleteCampaign},
};

}  // namespace

std::span<const SchedulerRoute> campaignRoutes() {
    return routes;
}

}  // namespace loa

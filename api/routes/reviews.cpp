// Soạn - duyệt - phát: events and campaigns on their way to the air. Each step is a route of its own, so that the table
// says who may take it.
#include "api/office/review_json.h"
#include "api/routes/answers.h"
#include "api/routes/gate.h"
#include "api/routes/tables.h"
#include "api/wire/event_json.h"
#include "scheduler/calendar/read_events.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/review_repository.h"

namespace loa {
namespace {

EventId eventOf(const Request& request) {
    return EventId{request.pathValue("event")};
}

std::vector<EventId> eventsOfCampaign(const Request& request, Scheduler& scheduler) {
    return eventsOf(scheduler, CampaignId{request.pathValue("campaign")});
}

/// "?state=submitted", which is also what is asked for where nothing is said.
Response getReviews(const Request& request, Scheduler& scheduler) {
    const auto state = choiceFromText<DraftState>(request.query("state").value_or("submitted"));
    if (!state)
        throw Error{Fault::invalid,
                    "bad-state",
                    {"“state” phải là draft, submitted, approved, rejected hoặc withdrawn.",
                     "'state' must be draft, submitted, approved, rejected or withdrawn"}};
    return jsonAnswer(200, toJson(reviewsIn(scheduler, *state)));
}

/// The text approved last, read as the event it was.
Json lastApprovedJson(const Sight& sight, const ApprovedText& approved, const std::string& zone) {
    Json json{{"by", approved.by}, {"at", formatInstant(approved.at)}};
    ReadOptions options;
    options.defaultZone = zone;
    for (const auto& event : readEvents(approved.icalendar, options).events) json["event"] = toJson(sight.shown(event));
    return json;
}

Response getEventReview(const Request& request, Scheduler& scheduler) {
    const auto id = eventOf(request);
    const auto reviews = reviewsOf(scheduler, {id});
    if (reviews.events.empty()) throw noSuchEvent(id);
    auto json = toJson(reviews.events.front());
    scheduler.database.read([&](ReadTransaction& transaction) {
        const auto approved = ReviewRepository::lastApproved(transaction, id);
        if (approved) json["lastApproved"] = lastApprovedJson(Sight{transaction, scheduler}, *approved, scheduler.zone);
    });
    return jsonAnswer(200, json).withEtag(reviews.tag);
}

Response getCampaignReview(const Request& request, Scheduler& scheduler) {
    const auto reviews = reviewsOf(scheduler, eventsOfCampaign(request, scheduler));
    return jsonAnswer(200, toJson(reviews.events)).withEtag(reviews.tag);
}

/// The reason in a body of JSON; a step that takes none has no body.
std::string reasonOf(const Request& request) {
    if (request.body().empty()) return "";
    requireContentType(request, jsonType);
    return reasonFromJson(request.body());
}

template <ReviewStep step>
Response takeWithEvent(const Request& request, Scheduler& scheduler) {
    const auto taken = takeReviewStep(scheduler, step, {eventOf(request)}, reasonOf(request), expectedTag(request));
    return jsonAnswer(200, toJson(taken.events.front()));
}

template <ReviewStep step>
Response takeWithCampaign(const Request& request, Scheduler& scheduler) {
    const auto taken =
        takeReviewStep(scheduler, step, eventsOfCampaign(request, scheduler), reasonOf(request), expectedTag(request));
    return jsonAnswer(200, toJson(taken.events));
}

/// The approver's player says that it played to the end.
Response postHeard(const Request& request, Scheduler& scheduler) {
    if (!isSignedIn(request.principal()))
        throw Error{Fault::forbidden,
                    "heard-by-a-program",
                    {"Chỉ người đã đăng nhập mới nghe để duyệt được. Đăng nhập rồi nghe.",
                     "only who has signed in hears for an approval, no program of theirs; sign in and listen"}};
    return jsonAnswer(200, toJson(reportHeard(scheduler, MediaId{request.pathValue("media")})));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/reviews", Right::seePlan, getReviews},
    {Method::get, "/v1/events/{event}/review", Right::seePlan, getEventReview},
    {Method::post, "/v1/events/{event}/submission", Right::draft, takeWithEvent<ReviewStep::submit>},
    {Method::post, "/v1/events/{event}/approval", Right::approve, takeWithEvent<ReviewStep::approve>},
    {Method::post, "/v1/events/{event}/rejection", Right::approve, takeWithEvent<ReviewStep::reject>, smallBodyBytes},
    {Method::post, "/v1/events/{event}/withdrawal", Right::withdraw, takeWithEvent<ReviewStep::withdraw>,
     smallBodyBytes},
    {Method::get, "/v1/campaigns/{campaign}/review", Right::seePlan, getCampaignReview},
    {Method::post, "/v1/campaigns/{campaign}/submission", Right::draft, takeWithCampaign<ReviewStep::submit>},
    {Method::post, "/v1/campaigns/{campaign}/approval", Right::approve, takeWithCampaign<ReviewStep::approve>},
    {Method::post, "/v1/campaigns/{campaign}/rejection", Right::approve, takeWithCampaign<ReviewStep::reject>,
     smallBodyBytes},
    {Method::post, "/v1/campaigns/{campaign}/withdrawal", Right::withdraw, takeWithCampaign<ReviewStep::withdraw>,
     smallBodyBytes},
    {Method::post, "/v1/media/{media}/heard", Right::seePlan, postHeard},
};

}  // namespace

std::span<const SchedulerRoute> reviewRoutes() {
    return routes;
}

}  // namespace loa

// Feeds: made, listed and revoked by the office, read by whoever knows the address. The last is the one route whose
// credential stands in its path; it answers one 404 to everything that opens nothing.
#include "scheduler/operations/feeds.h"

#include "api/office/feed_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"

namespace loa {
namespace {

/// Where the calendar is: behind the secret its name, as Thunderbird calls it by the last part of its address.
std::string addressOf(const CreatedFeed& made) {
    return "/feeds/" + made.secret + '/' + percentEncoded(made.feed.name) + ".ics";
}

Response postFeed(const Request& request, Scheduler& scheduler) {
    const auto body = feedBodyFromJson(request.body());
    const auto made = createFeed(scheduler, body.target, body.name);
    auto json = toJson(made.feed);
    json["path"] = addressOf(made);
    return jsonAnswer(201, json);
}

Response getFeeds(const Request&, Scheduler& scheduler) {
    Json feeds = Json::array();
    for (const auto& feed : openFeeds(scheduler)) feeds.push_back(toJson(feed));
    return jsonAnswer(200, {{"feeds", std::move(feeds)}});
}

Response deleteFeed(const Request& request, Scheduler& scheduler) {
    revokeFeed(scheduler, FeedId{request.pathValue("feed")});
    return Response::noContent();
}

/// May be kept by the program that asked, and by nobody on the way; each time it asks whether there is a newer one. The
/// secret alone decides, whatever the name.
Response getFeed(const Request& request, Scheduler& scheduler) {
    const auto feed = readFeed(scheduler, request.pathValue("secret"));
    auto answer = request.holds(feed.tag) ? Response::notModified(feed.tag)
                                          : Response::text(200, *feed.text, "text/calendar; charset=utf-8");
    return answer.withEtag(feed.tag).set("Cache-Control", "private, no-cache");
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/feeds", Right::shareFeeds, postFeed, smallBodyBytes},
    {Method::get, "/v1/feeds", Right::shareFeeds, getFeeds},
    {Method::delete_, "/v1/feeds/{feed}", Right::shareFeeds, deleteFeed},
    {Method::get, "/feeds/{secret}/{name}", Access::secretPath, getFeed},
};

}  // namespace

std::span<const SchedulerRoute> feedRoutes() {
    return routes;
}

}  // namespace loa

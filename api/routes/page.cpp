// The page's empty shell: the same files for everyone, without any data.
#include "api/console/console.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"

namespace loa {
namespace {

/// Nothing from elsewhere, nothing inline, in no frame.
constexpr const char* contentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

Response assetAnswer(const Request& request, const std::string& name) {
    const Asset* asset = findAsset(name);
    if (!asset)
        throw Error{Fault::notFound, "no-such-page", {"Không có trang này. Về trang đầu.", "there is no such page"}};
    const std::string etag{asset->etag.substr(1, asset->etag.size() - 2)};  // without the quotes
    if (request.holds(etag)) return Response::notModified(etag);
    auto response = Response::text(200, std::string{asset->content}, std::string{asset->mediaType});
    response.withEtag(etag).set("Cache-Control", "no-cache").set("Content-Security-Policy", contentSecurityPolicy);
    return response;
}

Response getPage(const Request& request, Scheduler&) {
    return assetAnswer(request, "index.html");
}

Response getAsset(const Request& request, Scheduler&) {
    return assetAnswer(request, request.pathValue("asset"));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/", Access::anyone, getPage},
    {Method::get, "/assets/{asset}", Access::anyone, getAsset},
};

}  // namespace

std::span<const SchedulerRoute> pageRoutes() {
    return routes;
}

}  // namespace loa

// Rights at places, for every route alike. Each kind of thing a path can name says what it is called, whether the
// caller sees it, and at which places the right is asked for.
#include "api/routes/gate.h"

#include <algorithm>
#include <array>

#include "scheduler/operations/may.h"
#include "scheduler/operations/media_desk.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/operations/sign_in.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/feed_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/station_repository.h"
#include "scheduler/storage/token_repository.h"

namespace loa {
namespace {

using Places = std::vector<std::optional<AreaId>>;

/// What a path names.
struct Named {
    bool isThere = false;
    bool isSeen = false;
    Places places{};  ///< where the right must be held, at all of them; an empty one is the whole office
    Error missing;    ///< what its handler says where there is none
};

struct Asked {
    ReadTransaction& transaction;
    const Scheduler& scheduler;
    const std::string& id;
    Sight sight{transaction, scheduler};
};

Named namedStation(const Asked& asked) {
    const StationId id{asked.id};
    const auto station = StationRepository::find(asked.transaction, id);
    if (!station) return {.missing = noSuchStation(id)};
    return {true, asked.sight.area(station->area), {station->area}, noSuchStation(id)};
}

Named namedArea(const Asked& asked) {
    const AreaId id{asked.id};
    const bool isThere = AreaRepository::find(asked.transaction, id).has_value();
    return {isThere, asked.sight.area(id), {id}, noSuchArea(id)};
}

Named namedEvent(const Asked& asked) {
    const EventId id{asked.id};
    const auto stored = EventRepository::find(asked.transaction, id);
    if (!stored) return {.missing = noSuchEvent(id)};
    return {true, asked.sight.event(stored->event), {asked.sight.ownerOf(stored->event)}, noSuchEvent(id)};
}

Named namedCampaign(const Asked& asked) {
    const CampaignId id{asked.id};
    const auto campaign = CampaignRepository::find(asked.transaction, id);
    if (!campaign) return {.missing = noSuchCampaign(id)};
    return {true, asked.sight.campaign(*campaign), {asked.sight.ownerOf(*campaign)}, noSuchCampaign(id)};
}

/// It may be at several places, and be one's own at one of them: what is removed there, removing says.
Named namedMedia(const Asked& asked) {
    const MediaId id{asked.id};
    const bool isThere = MediaRepository::find(asked.transaction, id).has_value();
    return {isThere, isThere && asked.sight.media(id), {}, noSuchMedia(id)};
}

Named namedUpload(const Asked& asked) {
    const auto upload = UploadRepository::find(asked.transaction, UploadId{asked.id});
    if (!upload) return {.missing = noSuchUpload()};
    Places places;
    for (const auto& area : upload->places) places.emplace_back(area);
    if (places.empty()) places.emplace_back(std::nullopt);
    return {true, asked.sight.upload(*upload), std::move(places), noSuchUpload()};
}

Named namedFeed(const Asked& asked) {
    for (const auto& feed : FeedRepository::all(asked.transaction))
        if (feed.id.text() == asked.id && !feed.revoked)
            return {true, asked.sight.feed(feed), {asked.sight.ownerOf(feed)}, noSuchFeed(FeedId{asked.id})};
    return {.missing = noSuchFeed(FeedId{asked.id})};
}

Named namedPerson(const Asked& asked) {
    const PersonId id{asked.id};
    const auto person = PersonRepository::find(asked.transaction, id);
    if (!person) return {.missing = noSuchPerson(id)};
    Places places;
    for (const auto& grant : person->grants) places.push_back(grant.area);
    const bool isSeen =
        std::ranges::all_of(places, [&](const auto& place) { return asked.scheduler.standing.sees(place); });
    return {true, isSeen, std::move(places), noSuchPerson(id)};
}

/// Its stations may be in many areas: who sees one of them sees the order, and acts on it who may at all of them.
Named namedOrder(const Asked& asked) {
    const OrderId id{asked.id};
    const auto stations = OrderRepository::stations(asked.transaction, id);
    Places places;
    for (const auto& each : stations) places.emplace_back(each.area);
    return {!stations.empty(), !asked.sight.shown(stations).empty(), std::move(places), noSuchOrder(id)};
}

Named namedTemplate(const Asked& asked) {
    const TemplateId id{asked.id};
    const auto made = OrderTemplateRepository::find(asked.transaction, id);
    if (!made) return {.missing = noSuchTemplate(id)};
    return {true, asked.sight.orderTemplate(*made), {made->area}, noSuchTemplate(id)};
}

/// Only one's own are seen, and those are one's own wherever one is.
Named namedToken(const Asked& asked) {
    const TokenId id{asked.id};
    const auto token = TokenRepository::find(asked.transaction, id);
    const bool isOwn = token && token->person && token->person->text() == asked.scheduler.actor.name;
    return {token.has_value(), isOwn, {}, noSuchToken(id)};
}

struct Kind {
    std::string_view name;  ///< as patterns have it
    Named (*find)(const Asked& asked);
    bool isMadeByPut = false;  ///< who makes one chooses its id
};

constexpr std::array<Kind, 11> kinds{{{"station", namedStation, true},
                                      {"area", namedArea, true},
                                      {"event", namedEvent, true},
                                      {"campaign", namedCampaign},
                                      {"media", namedMedia},
                                      {"upload", namedUpload},
                                      {"feed", namedFeed},
                                      {"person", namedPerson},
                                      {"order", namedOrder},
                                      {"template", namedTemplate},
                                      {"token", namedToken}}};

/// The pattern names the thing itself, last.
bool isMade(const SchedulerRoute& route, const Kind& kind) {
    return kind.isMadeByPut && route.method == Method::put &&
           route.pattern.ends_with("{" + std::string{kind.name} + "}");
}

void requireThere(const Scheduler& scheduler, const SchedulerRoute& route, const Kind& kind, const Named& named) {
    const auto right = *route.access.right;
    const bool isHeld = scheduler.standing.holds(right);
    // Who may make one goes on: a name that is taken out of their sight is refused with what else is wrong. Who may not
    // is told the same of what is not there and of what they do not see.
    if (isHeld && isMade(route, kind) && !(named.isThere && named.isSeen)) return;
    if (!named.isThere || !named.isSeen) throw named.missing;
    const auto holdsAt = [&](const auto& place) { return scheduler.standing.holdsAt(right, place); };
    if (!isHeld || (!isSeeing(right) && !std::ranges::all_of(named.places, holdsAt))) throw forbidden();
}

/// Who has nothing yet but their account is told what to do about that.
void requireSettled(const Caller& caller, Right right, Instant now) {
    if (!caller.session || right == Right::ownAccount) return;
    if (caller.person->hasInitialPassword)
        throw Error{Fault::forbidden,
                    "password-first",
                    {"Mật khẩu này do người khác đặt. Đổi mật khẩu trước rồi làm tiếp.",
                     "somebody else set this password; choose your own first"}};
    if (needsSecondFactor(caller.person->grants) && !caller.person->secondFactor)
        throw Error{Fault::forbidden,
                    "second-factor-first",
                    {"Vai trò này cần mã xác thực. Tạo mã xác thực trước rồi làm tiếp.",
                     "these roles need a second factor; set it up first"}};
    const auto& grants = caller.person->grants;
    if (isDangerous(right) && caller.person->isHeldBack(now) &&
        std::ranges::any_of(grants, [&](const Grant& grant) { return has(grant.role, right); }))
        throw Error{Fault::forbidden,
                    "second-admin-first",
                    {"Quyền này do một quản trị cấp và chưa được xác nhận. Nhờ quản trị khác xác nhận tài khoản này.",
                     "one admin alone gave you this; ask another admin to vouch for your account"}};
}

void requireRight(const Scheduler& scheduler, const SchedulerRoute& route, const Request& request) {
    const auto right = *route.access.right;
    requireSettled(*request.principal().caller, right, scheduler.clock.now());
    bool isNamed = false;
    for (const auto& kind : kinds) {
        if (route.pattern.find("{" + std::string{kind.name} + "}") == std::string_view::npos) continue;
        isNamed = true;
        scheduler.database.read([&](ReadTransaction& transaction) {
            requireThere(scheduler, route, kind, kind.find({transaction, scheduler, request.pathValue(kind.name)}));
        });
    }
    if (!isNamed && !scheduler.standing.holds(right)) throw forbidden();
    const bool changes = route.method != Method::get;
    if (changes && isDangerous(right)) requireConfirmed(*request.principal().caller->session, scheduler.clock.now());
}

Actor actorOf(const Request& request) {
    const auto& principal = request.principal();
    if (principal.station) return {Actor::Kind::station, principal.station->text(), request.peer()};
    return {Actor::Kind::person, principal.name, request.peer()};
}

}  // namespace

Scheduler admitted(const Scheduler& scheduler, const SchedulerRoute& route, const Request& request) {
    const auto& principal = request.principal();
    Scheduler own = scheduler;
    own.actor = actorOf(request);
    own.standing = principal.caller ? principal.caller->standing : Standing{};
    if (principal.kind == Principal::Kind::person && route.access.right) requireRight(own, route, request);
    return own;
}

bool isSignedIn(const Principal& principal) {
    return principal.kind == Principal::Kind::person && principal.caller && principal.caller->session;
}

Principal principalOf(std::optional<Caller> caller) {
    if (!caller) return {};
    Principal principal;
    if (caller->person) {
        principal.kind = Principal::Kind::person;
        principal.name = caller->person->id.text();
    } else if (caller->token && caller->token->station) {
        principal.kind = Principal::Kind::station;
        principal.name = caller->token->name;
        principal.station = caller->token->station;
    } else {
        return {};
    }
    principal.token = caller->token ? caller->token->id : TokenId{caller->session->id.text()};
    principal.caller = std::make_shared<const Caller>(*std::move(caller));
    return principal;
}

}  // namespace loa

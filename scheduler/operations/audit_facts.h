#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/wire/json.h"
#include "scheduler/domain/airtime.h"
#include "scheduler/domain/area.h"
#include "scheduler/domain/campaign.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/feed.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/office_order.h"
#include "scheduler/domain/review.h"
#include "scheduler/domain/settlement.h"
#include "scheduler/domain/station.h"
#include "scheduler/domain/station_identity.h"
#include "scheduler/people/person.h"
#include "scheduler/storage/token_repository.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

// What the audit trail says of a thing before and after: what somebody needs who asks later what was done. Names of
// people do not belong there, but for those that things are called by; secrets never do.

Json auditFacts(const Area& area);
Json auditFacts(const Station& station);
/// How far it had numbered its airings belongs to it: nothing beyond that is its own once it is retired.
Json auditFacts(const StationIdentity& identity);
Json auditFacts(const std::vector<Airtime>& rules);
/// Its first start and its rule stand for the calendar's text, and `tag` says whether anything else of it is another.
Json auditFacts(const Event& event);
Json auditFacts(const Campaign& campaign);
Json auditFacts(const Settlement& settlement);
Json auditFacts(const Review& review);
Json auditFacts(const Hearing& hearing);
Json auditFacts(const Feed& feed);
Json auditFacts(const Token& token);
Json auditFacts(const MediaItem& item);
Json auditFacts(const OrderTemplate& made);
Json auditFacts(const OfficeOrder& order);
/// With the stations it is for.
Json auditFacts(const OfficeOrder& order, const std::vector<OrderAtStation>& stations);
/// Of a text to be spoken its hash alone: it may be about people.
Json auditFacts(const Upload& upload);
/// Roles and what the account is good for; what they are called is their own.
Json auditFacts(const Person& person);

/// The same of what may not be there: null where it is not.
template <class Thing>
Json auditFacts(const std::optional<Thing>& thing) {
    return thing ? auditFacts(*thing) : Json{};
}

/// What an entry is about: "area:thanh-binh".
inline std::string auditObject(const AreaId& id) {
    return "area:" + id.text();
}
inline std::string auditObject(const StationId& id) {
    return "station:" + id.text();
}
inline std::string auditObject(const EventId& id) {
    return "event:" + id.text();
}
inline std::string auditObject(const CampaignId& id) {
    return "campaign:" + id.text();
}
inline std::string auditObject(const FeedId& id) {
    return "feed:" + id.text();
}
inline std::string auditObject(const TokenId& id) {
    return "token:" + id.text();
}
inline std::string auditObject(const PersonId& id) {
    return "person:" + id.text();
}
inline std::string auditObject(const UploadId& id) {
    return "upload:" + id.text();
}
inline std::string auditObject(const MediaId& id) {
    return "media:" + id.text();
}
inline std::string auditObject(const OrderId& id) {
    return "order:" + id.text();
}
inline std::string auditObject(const TemplateId& id) {
    return "order-template:" + id.text();
}

}  // namespace loa

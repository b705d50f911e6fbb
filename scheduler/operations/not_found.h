#pragma once
#include "scheduler/domain/error.h"
#include "scheduler/domain/feed.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/office_order.h"
#include "scheduler/people/person.h"

namespace loa {

/// One sentence for each kind of thing that is not there, or not the caller's to see.
Error noSuchArea(const AreaId& id);
Error noSuchStation(const StationId& id);
Error noSuchIdentity(const StationId& station);
Error noSuchEvent(const EventId& id);
Error noSuchCampaign(const CampaignId& id);
Error noSuchMedia(const MediaId& id);
Error noSuchToken(const TokenId& id);
Error noSuchFeed(const FeedId& id);
Error noSuchPerson(const PersonId& id);
Error noSuchOrder(const OrderId& id);
Error noSuchTemplate(const TemplateId& id);

/// The id that was chosen is one that somebody else's place has, whatever that is.
Error idTaken();

}  // namespace loa

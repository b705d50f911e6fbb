// What the office asked of the campaign planner. It changes nothing that airs: the events do.
#include "scheduler/storage/campaign_repository.h"

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/statement.h"
#include "scheduler/storage/target_columns.h"

namespace loa {
namespace {

void readParts(ReadTransaction& transaction, Campaign& campaign) {
    for (auto& [media] : select<MediaId>(
             transaction, "SELECT media FROM campaign_announcement WHERE campaign = $1 ORDER BY position", campaign.id))
        campaign.announcements.push_back(MediaRepository::find(transaction, media).value());
    for (auto& [station, area] : select<std::optional<StationId>, std::optional<AreaId>>(
             transaction, "SELECT station, area FROM campaign_target WHERE campaign = $1 ORDER BY position",
             campaign.id))
        campaign.targets.push_back(targetOf(station, area));
    for (auto& [daypart] : select<std::string>(
             transaction, "SELECT daypart FROM campaign_daypart WHERE campaign = $1 ORDER BY position", campaign.id))
        campaign.dayparts.push_back(std::move(daypart));
}

template <class... Values>
std::vector<Campaign> campaigns(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    std::vector<Campaign> all;
    for (auto& [id, title, messageClass, owner, first, last, perDay, gap, share] :
         select<CampaignId, std::string, MessageClass, std::optional<AreaId>, Day, Day, int, Milliseconds, double>(
             transaction,
             "SELECT id, title, message_class, owner, first_day, last_day, airings_per_day, smallest_gap, share "
             "FROM campaign " +
                 rest,
             values...)) {
        Campaign campaign;
        campaign.id = std::move(id);
        campaign.title = std::move(title);
        campaign.messageClass = messageClass;
        campaign.owner = std::move(owner);
        campaign.first = first;
        campaign.last = last;
        campaign.airingsPerDay = perDay;
        campaign.smallestGap = std::chrono::floor<std::chrono::minutes>(gap);
        campaign.share = share;
        readParts(transaction, campaign);
        all.push_back(std::move(campaign));
    }
    return all;
}

void saveParts(WriteTransaction& transaction, const Campaign& campaign) {
    for (const auto* table : {"campaign_announcement", "campaign_target", "campaign_daypart"})
        execute(transaction, std::string{"DELETE FROM "} + table + " WHERE campaign = $1", campaign.id);
    int position = 0;
    for (const auto& announcement : campaign.announcements)
        execute(transaction, "INSERT INTO campaign_announcement (campaign, position, media) VALUES ($1, $2, $3)",
                campaign.id, position++, announcement.id);
    for (const auto& target : campaign.targets) {
        const TargetColumns columns{target};
        execute(transaction, "INSERT INTO campaign_target (campaign, position, station, area) VALUES ($1, $2, $3, $4)",
                campaign.id, position++, columns.station, columns.area);
    }
    for (const auto& daypart : campaign.dayparts)
        execute(transaction, "INSERT INTO campaign_daypart (campaign, position, daypart) VALUES ($1, $2, $3)",
                campaign.id, position++, daypart);
}

}  // namespace

std::optional<Campaign> CampaignRepository::find(ReadTransaction& transaction, const CampaignId& id) {
    return first(campaigns(transaction, "WHERE id = $1", id));
}

std::vector<Campaign> CampaignRepository::all(ReadTransaction& transaction) {
    return campaigns(transaction, "ORDER BY first_day DESC, id");
}

void CampaignRepository::save(WriteTransaction& transaction, const Campaign& campaign) {
    execute(transaction,
            "INSERT INTO campaign (id, title, message_class, owner, first_day, last_day, airings_per_day, "
            "smallest_gap, share) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, message_class = excluded.message_class, "
            "owner = excluded.owner, first_day = excluded.first_day, last_day = excluded.last_day, "
            "airings_per_day = excluded.airings_per_day, smallest_gap = excluded.smallest_gap, share = excluded.share",
            campaign.id, campaign.title, campaign.messageClass, campaign.owner, campaign.first, campaign.last,
            campaign.airingsPerDay, Milliseconds{campaign.smallestGap}, campaign.share);
    saveParts(transaction, campaign);
}

bool CampaignRepository::remove(WriteTransaction& transaction, const CampaignId& id) {
    return execute(transaction, "DELETE FROM campaign WHERE id = $1", id) > 0;
}

std::set<EventId> CampaignRepository::everAiring(ReadTransaction& transaction, const CampaignId& id) {
    std::set<EventId> events;
    for (auto& [event] : select<EventId>(transaction, "SELECT event FROM campaign_event WHERE campaign = $1", id))
        events.insert(std::move(event));
    return events;
}

}  // namespace loa

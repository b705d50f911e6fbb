// Feeds and the hashes of their addresses. They change nothing that airs.
#include "scheduler/storage/feed_repository.h"

#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class Kind>
std::optional<Kind> as(const FeedTarget& target) {
    const auto* id = std::get_if<Kind>(&target);
    return id ? std::optional{*id} : std::nullopt;
}

FeedTarget targetOf(const std::optional<StationId>& station, const std::optional<AreaId>& area,
                    const std::optional<CampaignId>& campaign) {
    if (station) return *station;
    if (area) return *area;
    return campaign.value();
}

template <class... Values>
std::vector<Feed> feeds(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<Feed>(
        select<FeedId, std::optional<StationId>, std::optional<AreaId>, std::optional<CampaignId>, std::string, Instant,
               std::optional<Instant>, std::optional<Instant>>(
            transaction, "SELECT id, station, area, campaign, name, created, last_used, revoked FROM feed " + rest,
            values...),
        [](auto id, const auto& station, const auto& area, const auto& campaign, auto name, auto created, auto used,
           auto revoked) {
            return Feed{std::move(id), targetOf(station, area, campaign), std::move(name), created, used, revoked};
        });
}

}  // namespace

std::optional<Feed> FeedRepository::find(ReadTransaction& transaction, const FeedId& id) {
    return first(feeds(transaction, "WHERE id = $1", id));
}

std::optional<Feed> FeedRepository::findByHash(ReadTransaction& transaction, const std::string& hash) {
    return first(feeds(transaction, "WHERE hash = $1", hash));
}

std::vector<Feed> FeedRepository::all(ReadTransaction& transaction) {
    return feeds(transaction, "ORDER BY created, id");
}

void FeedRepository::add(WriteTransaction& transaction, const Feed& feed, const std::string& hash) {
    execute(transaction,
            "INSERT INTO feed (id, hash, station, area, campaign, name, created, last_used, revoked) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            feed.id, hash, as<StationId>(feed.target), as<AreaId>(feed.target), as<CampaignId>(feed.target), feed.name,
            feed.created, feed.lastUsed, feed.revoked);
}

void FeedRepository::touch(WriteTransaction& transaction, const FeedId& id, Instant usedAt) {
    execute(transaction, "UPDATE feed SET last_used = $1 WHERE id = $2", usedAt, id);
}

bool FeedRepository::revoke(WriteTransaction& transaction, const FeedId& id, Instant at) {
    return execute(transaction, "UPDATE feed SET revoked = $1 WHERE id = $2 AND revoked IS NULL", at, id) > 0;
}

}  // namespace loa

// How long it takes to accept a campaign as the product does: planned around what is there, saved with all its events
// and what they meet, then published to every station. A district's month, then the same month in a whole province.
// Media are facts without files. Main thread only.
#include <chrono>
#include <iostream>

#include "scheduler/operations/save_campaign.h"
#include "tests/bench/median.h"
#include "tests/bench/planned_office.h"
#include "tests/bench/result.h"

using namespace loa;
using namespace loa::bench;

namespace {

constexpr int announcements = 50;
constexpr int days = 30;

struct Took {
    double accept = 0;   // milliseconds
    double publish = 0;  // all stations
};

Campaign campaignFor(PlannedOffice& planned) {
    Campaign campaign;
    campaign.title = "Tổng đài 1022";
    campaign.targets = {planned.top};
    for (int i = 0; i < announcements; ++i) {
        auto item = planned.announcement;
        item.id = MediaId{std::string(60, 'd') + std::to_string(1000 + i)};
        item.originalSha256 = item.id;
        item.frames = (30 + i % 60) * frameRate;
        planned.office.database.write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
        campaign.announcements.push_back(std::move(item));
    }
    const std::chrono::sys_days first{firstDay.time_since_epoch()};
    campaign.first = Day{first};
    campaign.last = Day{first + std::chrono::days{days - 1}};
    campaign.airingsPerDay = 3;
    campaign.smallestGap = 2h;
    campaign.share = 1.0 / 3;
    return campaign;
}

Took accept(int districts, int size) {
    PlannedOffice planned{districts, size};
    planned.office.approveAll();
    publishManifests(planned.office.scheduler);
    const auto campaign = campaignFor(planned);
    PlannedCampaign accepted;
    Took took;
    took.accept = millisecondsFor([&] { accepted = saveCampaign(planned.office.scheduler, campaign, Keep::yes); });
    planned.office.approveAll();
    took.publish = millisecondsFor([&] { publishManifests(planned.office.scheduler); });
    std::cerr << planned.stations << " stations: " << accepted.proposal.placements.size() << " airings in "
              << accepted.events.size() << " events, accepted in " << took.accept << " ms, published in "
              << took.publish << " ms\n";
    return took;
}

}  // namespace

int main() {
    const auto district = accept(1, 13);
    print({"accept a campaign 50 x 13 x 30 days", district.accept, 1000, "limit", "ms", "<= 1 s",
           district.accept <= 1000});
    const auto province = accept(25, 40);
    const double linear = 1000.0 / 13;
    print({"accept it at 1,000 stations", province.accept, linear * district.accept, "77 x 13 stations", "ms",
           "no worse than linear", province.accept <= linear * district.accept});
    print({"publish it to 1,000 stations", province.publish, linear * district.publish, "77 x 13 stations", "ms",
           "no worse than linear", province.publish <= linear * district.publish});
}

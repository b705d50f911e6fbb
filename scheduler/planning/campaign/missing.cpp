// Why airings of a campaign do not fit: passes over one rule after the other and looks whether more would.
// Pure.
#include "scheduler/planning/campaign/missing.h"

#include <algorithm>
#include <vector>

#include "scheduler/planning/campaign/fit.h"

namespace loa {
namespace {

bool hasWantedDaypart(const Campaign& campaign, const AirtimeDay& day) {
    const auto& names = campaign.dayparts;
    return std::any_of(day.dayparts.begin(), day.dayparts.end(), [&](const OpenDaypart& daypart) {
        return names.empty() || std::find(names.begin(), names.end(), daypart.name) != names.end();
    });
}

Refusal closedDay(const Campaign& campaign, const AirtimeDay& day) {
    if (!day.special.empty() && day.dayparts.empty())
        return {"special-day",
                {"“" + day.special + "” không phát tin thường kỳ.", "Nothing routine airs on “" + day.special + "”."}};
    if (day.dayparts.empty() || campaign.dayparts.empty())
        return {"outside-dayparts", {"Hôm đó không có buổi phát nào.", "There is no daypart on that day."}};
    return {"outside-dayparts",
            {"Hôm đó không có buổi nào trong các buổi đã chọn.", "None of the chosen dayparts is on that day."}};
}

struct Rule {
    Passing passing;
    Refusal refusal;
};

std::vector<Rule> rules() {
    return {{Passing{.share = true},
             {"campaign-share",
              {"Phần dành cho đợt này trong mỗi buổi đã hết. Tăng tỷ lệ hoặc bớt số lần.",
               "The campaign's share of the dayparts is used up. Raise the share or ask for fewer airings."}}},
            {Passing{.limit = true},
             {"too-many-airings",
              {"Mỗi tin chỉ được phát một số lần trong ngày và đã đủ. Thêm tin hoặc bớt số lần.",
               "Each announcement may air only so often a day. Add announcements or ask for fewer airings."}}},
            {Passing{.ceiling = true},
             {"over-ceiling",
              {"Thời lượng tin của các buổi đã hết. Bớt số lần hoặc chọn tin ngắn hơn.",
               "The dayparts' ceilings are used up. Ask for fewer airings or choose shorter announcements."}}},
            {Passing{.quiet = true},
             {"quiet-hours",
              {"Giờ im lặng chiếm mất giờ phát. Bớt số lần hoặc chọn buổi khác.",
               "Quiet hours take the time. Ask for fewer airings or choose other dayparts."}}},
            {Passing{.planned = true},
             {"overlap",
              {"Giờ còn trống quá ít vì lịch đã xếp. Bớt số lần hoặc dời lịch khác.",
               "What is planned already leaves too little time. Ask for fewer airings or move something."}}}};
}

}  // namespace

Refusal whyMissing(const Campaign& campaign, const CampaignTerms& terms, const Seats& seats, std::size_t index,
                   int placed) {
    const AirtimeDay& today = seats.airtime().days[index];
    if (today.restricted && !hasWantedDaypart(campaign, today)) return closedDay(campaign, today);
    if (today.longest && std::all_of(terms.lengths.begin(), terms.lengths.end(),
                                     [&](Milliseconds length) { return length > *today.longest; }))
        return {"announcement-too-long",
                {"Mọi tin đều dài hơn mức cho phép ở đây. Chọn bản ngắn hơn.",
                 "Every announcement is longer than what is allowed here. Choose shorter ones."}};
    Effort effort;
    for (auto& rule : rules())
        if (lookInto(campaignDay(campaign, terms, seats, index, rule.passing), terms, effort).most > placed)
            return std::move(rule.refusal);
    auto gapless = terms;
    gapless.gap = 0;
    if (lookInto(campaignDay(campaign, terms, seats, index), gapless, effort).most > placed)
        return {"campaign-gap",
                {"Các lần phát phải cách nhau quá xa. Rút ngắn khoảng cách hoặc bớt số lần.",
                 "The airings have to be too far apart. Shorten the gap or ask for fewer airings."}};
    return {"no-room",
            {"Các buổi phát không đủ chỗ cho từng ấy lần. Bớt số lần hoặc chọn tin ngắn hơn.",
             "The dayparts have no room for so many. Ask for fewer airings or choose shorter announcements."}};
}

Refusal stationNotThere() {
    return {"station-not-valid", {"Trạm không hoạt động hôm đó.", "The station is not in service on that day."}};
}

Refusal dayIsPast() {
    return {"past", {"Giờ đó đã qua.", "That time has passed."}};
}

}  // namespace loa

// Bodies of requests and answers, as both programs take them from each other and from people: each reader takes a text
// or refuses it, and what has a text of its own is read again as the same.
#include "api/office/campaign_json.h"
#include "api/office/event_edit_json.h"
#include "api/office/feed_json.h"
#include "api/office/person_json.h"
#include "api/office/review_json.h"
#include "api/wire/airing_json.h"
#include "api/wire/airtime_json.h"
#include "api/wire/event_json.h"
#include "api/wire/manifest_json.h"
#include "api/wire/place_json.h"
#include "api/wire/plan_json.h"
#include "api/wire/status_json.h"
#include "api/wire/upload_json.h"
#include "scheduler/calendar/read_airtime.h"
#include "scheduler/calendar/write_airtime.h"
#include "tests/fuzz/claim.h"

using namespace loa;

namespace {

/// Tries one reader; what it takes goes to `then`.
template <class Read, class Then>
void attempt(Read read, Then then) {
    try {
        then(read());
    } catch (const Error& error) {
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
    }
}

template <class Read>
void attempt(Read read) {
    attempt(read, [](const auto&) {});
}

/// What people send about themselves, each other, and what they heard.
void tryPeople(std::string_view text) {
    for (const auto read : {signInBodyFromJson, confirmationBodyFromJson})
        attempt([&] { return read(text); },
                [](const SignInBody& body) { claim(body.password.size() <= 4096, "no password is too long to hash"); });
    attempt([&] { return passwordBodyFromJson(text); });
    attempt([&] { return codeBodyFromJson(text); });
    for (const auto read : {newPersonBodyFromJson, personBodyFromJson})
        attempt([&] { return read(text); },
                [](const PersonBody& body) {
                    Json written{{"name", body.name}, {"roles", rolesJson(body.grants)}};
                    const auto again = personBodyFromJson(dump(written));
                    claim(again.name == body.name && again.grants == body.grants, "a person survives their JSON");
                });
    attempt([&] { return tokenBodyFromJson(text); });
    attempt([&] { return reasonFromJson(std::string{text}); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    attempt([&] { return targetFromText(text); });
    bool isJson = false;
    attempt([&] { return parseJson(text); },
            [&](const Json& json) {
                isJson = true;
                claim(parseJson(dump(json)) == json, "JSON written is JSON read");
            });
    if (!isJson) return 0;  // all the others would say so too
    attempt([&] { return manifestFromJson(text); },
            [](const Manifest& manifest) {
                claim(manifestFromJson(toJson(manifest)) == manifest, "a manifest survives its text");
            });
    attempt([&] { return airingsFromJson(text); },
            [](const std::vector<Airing>& airings) {
                claim(airingsFromJson(airingsToJson(airings)) == airings, "airings survive their text");
            });
    attempt([&] { return receiptFromJson(text); },
            [](const std::vector<AiringId>& receipt) {
                claim(receiptFromJson(receiptToJson(receipt)) == receipt, "a receipt survives its text");
            });
    attempt([&] { return lackingFromJson(text); },
            [](const LackingAirings& lacking) { lackingFromJson(toJson(lacking)); });
    attempt([&] { return statusFromJson(text); }, [](const StationStatus& status) { statusFromJson(toJson(status)); });
    const AreaId area{"thanh-binh"};
    attempt([&] { return airtimesFromJson(area, text); },
            [&](const std::vector<Airtime>& airtimes) {
                checkAirtime(airtimes);
                claim(airtimesFromJson(area, dump(toJson(airtimes))) == airtimes, "airtime survives its JSON");
                writeAirtime(airtimes);
            });
    attempt([&] { return areaFromJson(area, text); });
    attempt([&] { return stationFromJson(StationId{"tan-hue"}, text); });
    attempt([&] { return uploadBodyFromJson(text); });
    attempt([&] { return speechBodyFromJson(text); });
    attempt([&] { return eventDraftFromJson(text); }, [](const EventDraft& draft) { makeEvent(draft); });
    attempt([&] { return eventEditFromJson(text); });
    attempt([&] { return settlementFromJson(text); });
    attempt([&] { return feedBodyFromJson(text); });
    tryPeople(text);
    attempt([&] { return campaignFromJson(CampaignId{"1022"}, text); },
            [](const Campaign& campaign) {
                auto written = toJson(campaign);
                written.erase("id");
                claim(campaignFromJson(campaign.id, dump(written)) == campaign, "a campaign survives its JSON");
            });
    return 0;
}

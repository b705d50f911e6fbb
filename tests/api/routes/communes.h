#pragma once
#include <map>
#include <string>

#include "api/routes/gate.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/feeds.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "scheduler/storage/upload_repository.h"
#include "tests/api/routes/served.h"

namespace loa::test {

using Names = std::map<std::string, std::string>;

/// What a path may name of one commune.
inline Names thingsAt(Served& served, const std::string& commune, char digit) {
    auto& scheduler = served.office.scheduler;
    const StationId station{commune};
    const auto media = served.office.addMedia(digit, 31);
    Upload upload;
    upload.id = UploadId{std::string(32, digit)};
    upload.name = "a.wav";
    upload.title = "a";
    upload.size = 10;
    upload.created = served.office.clock.now();
    upload.places = {AreaId{commune}};
    Campaign campaign;
    campaign.id = CampaignId{"campaign-" + commune};
    campaign.title = "Đợt";
    campaign.targets = {station};
    campaign.announcements = {media};
    campaign.first = campaign.last = Day{std::chrono::year{2027}, std::chrono::March, std::chrono::day{9}};
    OfficeOrder order;
    order.id = OrderId{std::string(32, digit)};
    order.title = "Lệnh của " + commune;
    order.sound = OrderSound{media.id, media.bytes, media.frames};
    order.madeBy = "person-" + commune;
    order.made = served.office.clock.now();
    OrderTemplate ready;
    ready.id = TemplateId{std::string(16, digit)};
    ready.title = "Mẫu của " + commune;
    ready.sound = *order.sound;
    ready.area = AreaId{commune};
    ready.written = order.made;
    served.office.database.write([&](WriteTransaction& transaction) {
        OrderRepository::add(transaction, order, {{station, AreaId{commune}, {}}});
        OrderTemplateRepository::save(transaction, ready);
        MediaRepository::savePlace(transaction, media.id, {AreaId{commune}, "Bản của " + commune, commune + ".wav"});
        UploadRepository::save(transaction, upload);
        CampaignRepository::save(transaction, campaign);
    });
    auto calendar =
        TestOffice::calendar("event-" + commune, "DTSTART:20270301T220000Z\r\n", "urn:loa:station:" + commune);
    calendar.replace(calendar.find(std::string(64, 'a')), 64, std::string(64, digit));
    importEvents(scheduler, calendar, {});
    personOf(served.office, "person-" + commune, {{Role::auditor, AreaId{commune}}});
    issuePersonalToken(scheduler, PersonId{"person-" + commune}, "máy", {Right::seePlan}, std::nullopt);
    return {{"station", commune},
            {"area", commune},
            {"event", "event-" + commune},
            {"campaign", campaign.id.text()},
            {"media", media.id.text()},
            {"upload", upload.id.text()},
            {"feed", createFeed(scheduler, station, "").feed.id.text()},
            {"order", order.id.text()},
            {"template", ready.id.text()},
            {"person", "person-" + commune},
            {"token", personalTokens(scheduler, PersonId{"person-" + commune}).front().id.text()}};
}

inline std::string filled(std::string pattern, const Names& names) {
    for (const auto& [kind, name] : names)
        if (const auto at = pattern.find('{' + kind + '}'); at != std::string::npos)
            pattern.replace(at, kind.size() + 2, name);
    return pattern;
}

/// Two communes with one of everything and what is shared between them, and people with one role each at the first.
/// Whatever is the neighbour's alone has its id in its name.
struct Communes : Served {
    Names own = thingsAt(*this, "tan-hue", 'a');
    Names theirs = thingsAt(*this, "an-phong", 'b');
    std::map<Role, std::string> sessions;

    Communes() {
        for (const auto& [role, word] : choiceWords<Role>) {
            std::string id{word};
            for (auto& c : id) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            sessions[role] = sessionOf(id, {{role, AreaId{"tan-hue"}}});
        }
        share("an-phong");
        share("tan-hue");
    }

    /// An event and a campaign at both stations, in the plan of one of them: "shared-0" and "campaign-0" in the
    /// neighbour's, "shared-1" and "campaign-1" in the first's. The neighbour's station does something of its own.
    void share(const std::string& owner) {
        const std::string number = owner == "an-phong" ? "0" : "1";
        const auto aired = "DTSTART:2027030" + std::to_string(4 + std::stoi(number)) + "T220000Z\r\n";
        const auto original = aired.substr(8, 16);
        const auto calendar = TestOffice::calendar(
            "shared-" + number,
            aired + "ATTENDEE;CUTYPE=RESOURCE:urn:loa:station:an-phong\r\nX-LOA-OWNER:" + owner +
                "\r\nX-LOA-OVERRIDE;X-STATION=tan-hue;X-ORIGINAL=" + original +
                ";X-START=20270307T220000Z:change\r\nX-LOA-OVERRIDE;X-STATION=an-phong;X-ORIGINAL=" + original +
                ";X-MEDIA=" + std::string(64, 'b') + ":change\r\n",
            "urn:loa:station:tan-hue");
        const auto both = importEvents(office.scheduler, calendar, {}).events.front().event;
        Campaign campaign;
        campaign.id = CampaignId{"campaign-" + number};
        campaign.title = "Đợt chung";
        campaign.targets = both.targets;
        campaign.owner = both.owner;
        campaign.first = campaign.last = Day{std::chrono::year{2027}, std::chrono::March, std::chrono::day{9}};
        office.database.write([&](WriteTransaction& transaction) {
            campaign.announcements = {MediaRepository::find(transaction, MediaId{std::string(64, 'a')}).value()};
            CampaignRepository::save(transaction, campaign);
        });
        airCampaign(campaign, "of-" + campaign.id.text(), campaign.targets);
        if (owner == "an-phong") airCampaign(campaign, "only-an-phong", {StationId{"an-phong"}});
    }

    void airCampaign(const Campaign& campaign, const std::string& uid, const std::vector<Target>& targets) {
        EventDraft draft;
        draft.id = EventId{uid};
        draft.title = "Đợt chung";
        draft.facts.source = MediaSource{campaign.announcements.front().id};
        draft.facts.targets = targets;
        draft.facts.owner = campaign.owner;
        draft.facts.campaign = campaign.id;
        draft.start = parseLocalTime("2027-03-09T05:00:00").value();
        draft.duration = std::chrono::seconds{31};
        draft.stamp = office.clock.now();
        saveEvents(office.scheduler, {makeEvent(draft)}, Keep::yes);
    }

    /// What of the neighbour's stands anywhere in the text; empty: nothing.
    std::string foreignIn(const std::string& text) const {
        for (const auto& [kind, name] : theirs)
            if (text.find(name) != std::string::npos) return kind;
        return "";
    }

    /// What the gate says before any handler: 0 where it lets the request through.
    int gate(const SchedulerRoute& route, const Names& names, const std::string& session) {
        Request request{route.method, filled(std::string{route.pattern}, names)};
        for (const auto& [kind, name] : names) request.withPathValue(kind, name);
        request.withPrincipal(authenticatorFor(office.scheduler)({Credential::Kind::cookie, session}));
        try {
            admitted(office.scheduler, route, request);
            return 0;
        } catch (const Error& refusal) {
            return httpStatus(refusal.fault());
        }
    }

    Response askFor(const SchedulerRoute& route, const Names& names, const std::string& session) {
        return ask(Request{route.method, filled(std::string{route.pattern}, names)}, session);
    }
};

}  // namespace loa::test

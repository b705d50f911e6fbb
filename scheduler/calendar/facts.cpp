// Facts of Loa in a VEVENT: standard properties where they fit (PRIORITY, ATTACH, ATTENDEE), X-LOA- where none does.
// A calendar program can ask for much here; whether its user may is decided by others. Pure; any thread.
#include "scheduler/calendar/facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "scheduler/calendar/ids.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/station_overrides.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

constexpr std::string_view ownUrn = "urn:loa:";
constexpr std::string_view mediaUrn = "urn:loa:media:";
constexpr std::string_view stationUrn = "urn:loa:station:";
constexpr std::string_view areaUrn = "urn:loa:area:";
constexpr std::string_view mediaPath = "/v1/media/";
constexpr std::size_t targetsLimit = 500;
constexpr int graceLimitSeconds = 600;
constexpr std::array ownProperties{"X-LOA-CLASS", "X-LOA-START", "X-LOA-PREEMPT",  "X-LOA-OVERRUN",  "X-LOA-LATE-JOIN",
                                   "X-LOA-GRACE", "X-LOA-OWNER", "X-LOA-CAMPAIGN", "X-LOA-OVERRIDE", "X-LOA-ZONE"};

std::string lowerCase(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

/// What an X-LOA- property says in one of its choice's words; `choice` stays where it is missing.
template <Worded Choice>
void readChoice(const Component& event, std::string_view property, Choice& choice) {
    const auto* line = event.find(property);
    if (line == nullptr) return;
    if (const auto said = choiceFromText<Choice>(line->value)) {
        choice = *said;
        return;
    }
    std::string allowed;
    for (const auto& [_, word] : choiceWords<Choice>) allowed += (allowed.empty() ? "" : ", ") + std::string{word};
    refuse(line->line, "bad-loa-value", line->name + " chỉ nhận: " + allowed + ". Sửa lại giá trị này.",
           line->name + " takes only: " + allowed + ". Correct the value.");
}

void readClass(const Component& event, AiringFacts& facts, Notices& notices) {
    const auto* priority = event.find("PRIORITY");
    const int level = priority == nullptr ? 0 : readNumber(priority->value, 0, 9, priority->line);
    if (event.find("X-LOA-CLASS") != nullptr) {
        readChoice(event, "X-LOA-CLASS", facts.messageClass);
    } else if (level >= 1 && level <= 4) {
        facts.messageClass = MessageClass::priority;
        notices.add(priority->line, "priority-draft",
                    "Mức ưu tiên của lịch thành tin ưu tiên chờ duyệt. Kiểm tra lại loại tin.",
                    "The calendar's priority became a priority draft. Check the message class.");
    }
}

void readPolicy(const Component& event, AirPolicy& policy, Notices& notices) {
    readChoice(event, "X-LOA-START", policy.start);
    readChoice(event, "X-LOA-PREEMPT", policy.preempt);
    readChoice(event, "X-LOA-OVERRUN", policy.overrun);
    readChoice(event, "X-LOA-LATE-JOIN", policy.lateJoin);
    if (const auto* grace = event.find("X-LOA-GRACE"))
        policy.grace = std::chrono::seconds{readNumber(grace->value, 0, graceLimitSeconds, grace->line)};
    for (const auto& line : event.lines) {
        const bool known = std::find(ownProperties.begin(), ownProperties.end(), line.name) != ownProperties.end();
        if (line.name.starts_with("X-LOA-") && !known)
            notices.add(line.line, "unknown-property", "Loa không biết " + line.name + " nên bỏ qua. Kiểm tra tên.",
                        "Loa does not know " + line.name + " and ignores it. Check its name.");
    }
}

/// The media an ATTACH names; empty for anything that is not ours.
std::optional<MediaId> mediaOf(const ContentLine& attach) {
    const auto inlined = !attach.parameter("ENCODING").empty() || upperCase(attach.parameter("VALUE")) == "BINARY" ||
                         lowerCase(attach.value.substr(0, 5)) == "data:";
    if (inlined)
        refuse(attach.line, "inline-attachment",
               "Tệp đính kèm nằm ngay trong lịch. Tải tệp âm thanh lên Loa rồi gắn lại.",
               "The attachment is inside the calendar. Upload the sound to Loa and attach it again.");
    const auto uri = lowerCase(attach.value);
    if (uri.starts_with(mediaUrn)) return mediaIdFrom(std::string_view{uri}.substr(mediaUrn.size()), attach.line);
    const auto name = uri.rfind(mediaPath);
    if (!uri.starts_with("https://") || name == std::string::npos) return std::nullopt;
    const auto digits = std::string_view{uri}.substr(name + mediaPath.size());
    return isMediaId(digits) ? std::optional{MediaId{std::string{digits}}} : std::nullopt;
}

Target targetFrom(std::string_view uri, int line) {
    if (uri.starts_with(areaUrn)) return areaIdFrom(uri.substr(areaUrn.size()), line);
    return stationIdFrom(uri.starts_with(stationUrn) ? uri.substr(stationUrn.size()) : uri, line);
}

void readTargets(const Component& event, AiringFacts& facts) {
    for (const auto& line : event.lines) {
        const auto uri = lowerCase(line.value);
        if (line.name != "ATTENDEE" || !uri.starts_with(ownUrn)) continue;
        const auto target = targetFrom(uri, line.line);
        if (std::find(facts.targets.begin(), facts.targets.end(), target) == facts.targets.end())
            facts.targets.push_back(target);
        if (facts.targets.size() > targetsLimit)
            refuse(line.line, "too-many-targets", "Sự kiện có hơn 500 nơi phát. Chọn địa bàn thay cho từng trạm.",
                   "The event has over 500 targets. Choose an area in place of single stations.");
    }
}

bool isFact(const ContentLine& line) {
    if (line.name == "X-LOA-ZONE") return false;
    if (line.name == "ATTENDEE") return lowerCase(line.value).starts_with(ownUrn);
    if (line.name == "ATTACH") return mediaOf(line).has_value();
    return line.name == "PRIORITY" ||
           std::find(ownProperties.begin(), ownProperties.end(), line.name) != ownProperties.end();
}

ContentLine attendee(const Target& target) {
    const auto* station = std::get_if<StationId>(&target);
    const auto id = station != nullptr ? stationIdFrom(station->text(), 0).text()
                                       : areaIdFrom(std::get<AreaId>(target).text(), 0).text();
    return {"ATTENDEE",
            {{"CUTYPE", "RESOURCE"}, {"ROLE", "REQ-PARTICIPANT"}, {"SCHEDULE-AGENT", "NONE"}, {"CN", id}},
            std::string{station != nullptr ? stationUrn : areaUrn} + id,
            0};
}

}  // namespace

std::optional<Source> readSource(const Component& event, Notices& notices) {
    std::optional<Source> source;
    for (const auto& line : event.lines) {
        if (line.name != "ATTACH") continue;
        const auto media = mediaOf(line);
        if (!media)
            notices.add(line.line, "attachment-unused",
                        "Loa không phát tệp đính kèm từ nơi khác. Tải tệp âm thanh lên Loa.",
                        "Loa does not air an attachment from elsewhere. Upload the sound to Loa.");
        else if (source)
            refuse(line.line, "two-media", "Sự kiện có hai bản âm thanh. Giữ lại một bản.",
                   "The event has two media. Keep one.");
        else
            source = MediaSource{*media};
    }
    return source;
}

AiringFacts readFacts(const Component& event, Notices& notices) {
    AiringFacts facts;
    readClass(event, facts, notices);
    facts.source = readSource(event, notices);
    readTargets(event, facts);
    facts.policy = defaultPolicy(facts.messageClass);
    readPolicy(event, facts.policy, notices);
    if (event.find("RECURRENCE-ID") != nullptr) return facts;
    if (const auto* owner = event.find("X-LOA-OWNER")) facts.owner = areaIdFrom(owner->value, owner->line);
    if (const auto* campaign = event.find("X-LOA-CAMPAIGN"))
        facts.campaign = campaignIdFrom(campaign->value, campaign->line);
    for (auto& [change, line] : readStationOverrides(event)) facts.stationOverrides.push_back(std::move(change));
    return facts;
}

void writeFacts(Component& event, const AiringFacts& facts) {
    std::erase_if(event.lines, isFact);
    const bool priority = facts.messageClass == MessageClass::priority;
    const auto& policy = facts.policy;
    const auto grace = std::chrono::floor<std::chrono::seconds>(policy.grace).count();
    const auto add = [&](std::string name, std::string value) {
        event.lines.push_back({std::move(name), {}, std::move(value), 0});
    };
    add("PRIORITY", priority ? "3" : "5");
    add("X-LOA-CLASS", std::string{toText(facts.messageClass)});
    add("X-LOA-START", std::string{toText(policy.start)});
    add("X-LOA-PREEMPT", std::string{toText(policy.preempt)});
    add("X-LOA-OVERRUN", std::string{toText(policy.overrun)});
    add("X-LOA-LATE-JOIN", std::string{toText(policy.lateJoin)});
    add("X-LOA-GRACE", std::to_string(grace));
    if (event.find("RECURRENCE-ID") == nullptr) {
        if (facts.owner) add("X-LOA-OWNER", areaIdFrom(facts.owner->text(), 0).text());
        if (facts.campaign) add("X-LOA-CAMPAIGN", campaignIdFrom(facts.campaign->text(), 0).text());
        writeStationOverrides(event, facts.stationOverrides);
    }
    if (facts.source) {
        const auto media = mediaIdFrom(std::get<MediaSource>(*facts.source).media.text(), 0);
        event.lines.push_back({"ATTACH", {{"FMTTYPE", "audio/ogg"}}, std::string{mediaUrn} + media.text(), 0});
    }
    if (facts.targets.empty()) return;
    if (event.find("ORGANIZER") == nullptr)
        event.lines.push_back({"ORGANIZER", {{"SCHEDULE-AGENT", "NONE"}, {"CN", "Loa"}}, "urn:loa:office", 0});
    for (const auto& target : facts.targets) event.lines.push_back(attendee(target));
}

AiringFacts factsOf(const Component& event) {
    std::vector<Notice> ignored;
    Notices unheard{ignored, {}};
    return readFacts(event, unheard);
}

bool sameButSource(const AiringFacts& one, const AiringFacts& other) {
    return one.messageClass == other.messageClass && one.targets == other.targets && one.policy == other.policy;
}

void writeFacts(std::vector<Component>& series, const AiringFacts& facts) {
    const auto before = factsOf(series.front());
    writeFacts(series.front(), facts);
    for (auto event = series.begin() + 1; event != series.end(); ++event) {
        const auto own = factsOf(*event);
        if (!sameButSource(own, before)) continue;
        auto after = facts;
        if (own.source != before.source) after.source = own.source;
        writeFacts(*event, after);
    }
}

}  // namespace loa

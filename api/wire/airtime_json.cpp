#include "api/wire/airtime_json.h"

#include <array>

#include "api/wire/place_json.h"

namespace loa {
namespace {

constexpr std::size_t periodsLimit = 100;
constexpr std::size_t windowsLimit = 50;
constexpr std::size_t specialDaysLimit = 400;
constexpr std::int64_t minutesOfDay = 24 * 60;
constexpr std::array<std::string_view, 7> dayWords{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string timeOfDay(std::chrono::minutes from) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(from.count() / 60) + ":" + two(from.count() % 60);
}

std::chrono::minutes timeOfDayFrom(ObjectReader& reader, std::string_view member) {
    const auto text = reader.text(member, 5);
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
        const int hours = (text[0] - '0') * 10 + (text[1] - '0');
        const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
        if (hours < 24 && minutes < 60) return std::chrono::minutes{hours * 60 + minutes};
    }
    reader.refuse(member, "must be a time of day such as \"05:00\"");
}

Weekdays weekdaysFrom(ObjectReader& reader) {
    if (!reader.has("weekdays")) return Weekdays::all();
    unsigned bits = 0;
    for (const auto& each : reader.array("weekdays", dayWords.size())) {
        const auto* word = each.get_ptr<const std::string*>();
        const auto* found = word ? std::find(dayWords.begin(), dayWords.end(), *word) : dayWords.end();
        if (found == dayWords.end()) reader.refuse("weekdays", "has \"mon\" to \"sun\" only");
        bits |= 1U << static_cast<unsigned>(found - dayWords.begin());
    }
    if (bits == 0) reader.refuse("weekdays", "is empty");
    return Weekdays::fromBits(bits);
}

DailyWindow windowFrom(ObjectReader& reader) {
    DailyWindow window;
    window.name = reader.text("name");
    window.weekdays = weekdaysFrom(reader);
    window.from = timeOfDayFrom(reader, "from");
    window.length = std::chrono::minutes{reader.integer("minutes", 1, minutesOfDay)};
    return window;
}

/// Reads each object of a list with `read`, which must ask for all its members.
template <class Value, class Read>
std::vector<Value> listFrom(ObjectReader& reader, std::string_view member, std::size_t limit, const Read& read) {
    std::vector<Value> values;
    const Json& list = reader.array(member, limit);
    for (std::size_t i = 0; i < list.size(); ++i) {
        ObjectReader each{list[i], reader.pathOf(member) + "[" + std::to_string(i) + "]"};
        values.push_back(read(each));
        each.end();
    }
    return values;
}

Daypart daypartFrom(ObjectReader& reader) {
    Daypart daypart{windowFrom(reader), std::nullopt};
    if (reader.has("ceilingMinutes"))
        daypart.ceiling = std::chrono::minutes{reader.integer("ceilingMinutes", 1, minutesOfDay)};
    daypart.volumeCeilingDb = volumeCeilingFrom(reader);
    return daypart;
}

SpecialDays specialDaysFrom(ObjectReader& reader) {
    SpecialDays special{reader.text("name"), reader.day("first"), reader.day("last"), {}};
    if (reader.has("dayparts")) special.dayparts = listFrom<Daypart>(reader, "dayparts", windowsLimit, daypartFrom);
    return special;
}

Airtime airtimeFrom(const AreaId& area, ObjectReader& reader) {
    Airtime rules;
    rules.area = area;
    if (reader.has("validFrom")) rules.validFrom = reader.day("validFrom");
    if (reader.has("validTo")) rules.validTo = reader.day("validTo");
    if (reader.has("dayparts")) rules.dayparts = listFrom<Daypart>(reader, "dayparts", windowsLimit, daypartFrom);
    if (reader.has("quietHours"))
        rules.quietHours = listFrom<DailyWindow>(reader, "quietHours", windowsLimit, windowFrom);
    if (reader.has("specialDays"))
        rules.specialDays = listFrom<SpecialDays>(reader, "specialDays", specialDaysLimit, specialDaysFrom);
    if (reader.has("longestSeconds"))
        rules.longestAnnouncement = std::chrono::seconds{reader.integer("longestSeconds", 1, 86'400)};
    if (reader.has("airingsPerDay")) rules.airingsPerDay = static_cast<int>(reader.integer("airingsPerDay", 1, 1000));
    return rules;
}

Json windowJson(const DailyWindow& window) {
    return {{"name", window.name},
            {"weekdays", toJson(window.weekdays)},
            {"from", timeOfDay(window.from)},
            {"minutes", window.length.count()}};
}

Json daypartsJson(const std::vector<Daypart>& dayparts) {
    Json list = Json::array();
    for (const Daypart& daypart : dayparts) {
        Json json = windowJson(daypart.window);
        if (daypart.ceiling) json["ceilingMinutes"] = daypart.ceiling->count();
        if (daypart.volumeCeilingDb) json["volumeCeilingDb"] = *daypart.volumeCeilingDb;
        list.push_back(std::move(json));
    }
    return list;
}

Json airtimeJson(const Airtime& rules) {
    Json json = Json::object();
    if (rules.validFrom) json["validFrom"] = formatDay(*rules.validFrom);
    if (rules.validTo) json["validTo"] = formatDay(*rules.validTo);
    if (rules.dayparts) json["dayparts"] = daypartsJson(*rules.dayparts);
    json["quietHours"] = Json::array();
    for (const DailyWindow& quiet : rules.quietHours) json["quietHours"].push_back(windowJson(quiet));
    json["specialDays"] = Json::array();
    for (const SpecialDays& special : rules.specialDays)
        json["specialDays"].push_back({{"name", special.name},
                                       {"first", formatDay(special.first)},
                                       {"last", formatDay(special.last)},
                                       {"dayparts", daypartsJson(special.dayparts)}});
    if (rules.longestAnnouncement) json["longestSeconds"] = secondsOf(*rules.longestAnnouncement);
    if (rules.airingsPerDay) json["airingsPerDay"] = *rules.airingsPerDay;
    return json;
}

}  // namespace

Json toJson(const Weekdays& weekdays) {
    Json list = Json::array();
    for (std::size_t day = 0; day < dayWords.size(); ++day)
        if ((weekdays.bits() >> day & 1U) != 0) list.push_back(dayWords[day]);
    return list;
}

Json toJson(const std::vector<Airtime>& rules) {
    Json periods = Json::array();
    for (const Airtime& each : rules) periods.push_back(airtimeJson(each));
    return {{"periods", std::move(periods)}};
}

std::vector<Airtime> airtimesFromJson(const AreaId& area, std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    auto rules =
        listFrom<Airtime>(reader, "periods", periodsLimit, [&](ObjectReader& each) { return airtimeFrom(area, each); });
    reader.end();
    return rules;
}

}  // namespace loa

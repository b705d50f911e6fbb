#include "api/wire/order_json.h"

#include <algorithm>

#include "api/wire/json.h"

namespace loa {
namespace {

constexpr std::int64_t mostNumbers = std::int64_t{1} << 53;  // every JSON reader keeps it exactly
constexpr std::size_t orderIdDigits = 32;
constexpr std::size_t mediaIdDigits = 64;

std::string hexFrom(ObjectReader& reader, std::string_view member, std::size_t digits) {
    auto text = reader.text(member, digits);
    const bool isHex = text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!isHex) reader.refuse(member, "must be " + std::to_string(digits) + " lower-case hex digits");
    return text;
}

void add(Json& json, const OrderSound& sound) {
    json["media"] = sound.media.text();
    json["bytes"] = sound.bytes;
    json["frames"] = sound.frames;
}

OrderSound soundFrom(ObjectReader& reader) {
    OrderSound sound;
    sound.media = MediaId{hexFrom(reader, "media", mediaIdDigits)};
    sound.bytes = reader.integer("bytes", 1, mostNumbers);
    sound.frames = reader.integer("frames", 1, mostFrames);
    return sound;
}

/// All elements of the list that is the text's one member.
template <class Value, class Read>
std::vector<Value> listFrom(std::string_view text, std::string_view member, std::size_t most, const Read& read) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    const Json& list = reader.array(member, most);
    std::vector<Value> values;
    for (std::size_t i = 0; i < list.size(); ++i) {
        ObjectReader element{list[i], std::string{member} + '[' + std::to_string(i) + ']'};
        values.push_back(read(element));
        element.end();
    }
    reader.end();
    return values;
}

}  // namespace

std::string toJson(const Order& order) {
    Json json{{"format", 1},
              {"id", order.id.text()},
              {"type", toText(order.type)},
              {"number", order.number},
              {"station", order.station.text()},
              {"issued", formatInstant(order.issued)},
              {"validUntil", formatInstant(order.validUntil)},
              {"title", order.title}};
    if (order.sound) {
        add(json, *order.sound);
        json["repeats"] = order.repeats;
    }
    if (order.of) json["of"] = order.of->text();
    json["alone"] = order.alone;
    return dump(json);
}

Order orderFromJson(std::string_view kind, std::string_view payload) {
    const Json json = parseJson(payload);
    ObjectReader reader{json, ""};
    reader.integer("format", 1, 1);
    Order order;
    order.id = OrderId{hexFrom(reader, "id", orderIdDigits)};
    order.type = choiceFrom<OrderType>(reader, "type");
    if (documentKind(order.type) != kind) reader.refuse("type", "is not one of documents of this kind");
    order.number = reader.integer("number", 1, mostNumbers);
    order.station = StationId{reader.text("station", 100)};
    order.issued = reader.instant("issued");
    order.validUntil = reader.instant("validUntil");
    if (order.validUntil <= order.issued) reader.refuse("validUntil", "must be after it was issued");
    order.title = reader.text("title", orderTitleCharacters);
    if (sounds(order.type)) {
        order.sound = soundFrom(reader);
        order.repeats = static_cast<int>(reader.integer("repeats", 1, mostRepeats));
    }
    if (isAboutAnother(order.type)) order.of = OrderId{hexFrom(reader, "of", orderIdDigits)};
    order.alone = reader.boolean("alone");
    reader.end();
    return order;
}

std::string orderReportsToJson(std::span<const OrderReport> reports) {
    Json list = Json::array();
    for (const auto& report : reports)
        list.push_back({{"order", report.order.text()},
                        {"state", toText(report.state)},
                        {"at", formatInstant(report.at)},
                        {"frames", report.frames},
                        {"detail", report.detail}});
    return dump({{"reports", std::move(list)}});
}

std::vector<OrderReport> orderReportsFromJson(std::string_view text) {
    return listFrom<OrderReport>(text, "reports", maximumReportsInBatch, [](ObjectReader& reader) {
        OrderReport report;
        report.order = OrderId{hexFrom(reader, "order", orderIdDigits)};
        report.state = choiceFrom<OrderProgress>(reader, "state");
        report.at = reader.instant("at");
        report.frames = reader.integer("frames", 0, mostRepeats * mostFrames);
        report.detail = reader.text("detail", 1000);
        return report;
    });
}

std::string orderSoundsToJson(std::span<const OrderSound> sounds) {
    Json list = Json::array();
    for (const auto& sound : sounds) add(list.emplace_back(Json::object()), sound);
    return dump({{"sounds", std::move(list)}});
}

std::vector<OrderSound> orderSoundsFromJson(std::string_view text) {
    return listFrom<OrderSound>(text, "sounds", maximumOrderSounds, soundFrom);
}

}  // namespace loa

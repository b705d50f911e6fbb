#include "api/office/order_json.h"

#include <map>

#include "api/office/targets_json.h"

namespace loa {
namespace {

constexpr std::int64_t leastValidSeconds = 60;
constexpr std::int64_t mostValidSeconds = 24 * 60 * 60;

template <class Tag>
void add(Json& json, const char* member, const std::optional<Id<Tag>>& id) {
    if (id) json[member] = id->text();
}
void add(Json& json, const char* member, const std::optional<Instant>& at) {
    if (at) json[member] = formatInstant(*at);
}

Error badOrder(const char* vi, const char* en) {
    return {Fault::invalid, "bad-order", {vi, en}};
}

/// Members that only some orders have, and that these need.
void requireFit(const OrderWish& wish) {
    if (!sounds(wish.type))
        throw badOrder("Chỉ lập lệnh khẩn cấp, đính chính hoặc diễn tập ở đây. Hủy và tắt tiếng có nút riêng.",
                       "an order that is made here is an emergency, a correct or a drill");
    if (wish.from.has_value() == wish.media.has_value())
        throw badOrder("Chọn một bản tin mẫu hoặc một bản âm thanh.", "choose one of template and media");
    const bool isCorrect = wish.type == OrderType::correct;
    if (isCorrect != wish.of.has_value() || isCorrect == !wish.targets.empty())
        throw badOrder("Đính chính thì ghi lệnh được đính chính; lệnh khác thì chọn nơi phát.",
                       "a correct names the order it is about, in 'of'; all others name their targets");
}

Json countsOf(const SeenOrder& seen) {
    std::map<Reached, int> counts;
    for (const auto reached : seen.reached) ++counts[reached];
    Json json = Json::object();
    for (const auto& [reached, count] : counts) json[std::string{toText(reached)}] = count;
    return json;
}

}  // namespace

Json toJson(const OrderTemplate& made) {
    Json json{{"id", made.id.text()},        {"type", toText(made.type)},
              {"title", made.title},         {"media", made.sound.media.text()},
              {"writtenBy", made.writtenBy}, {"written", formatInstant(made.written)}};
    add(json, "area", made.area);
    if (made.approved) json["approvedBy"] = made.approvedBy;
    add(json, "approved", made.approved);
    return json;
}

Json toJson(const SeenOrder& seen) {
    const auto& order = seen.order;
    Json json{{"id", order.id.text()},  {"type", toText(order.type)},        {"state", toText(order.state)},
              {"title", order.title},   {"repeats", order.repeats},          {"alone", order.alone},
              {"madeBy", order.madeBy}, {"made", formatInstant(order.made)}, {"stations", seen.stations.size()}};
    if (order.sound) json["media"] = order.sound->media.text();
    add(json, "template", order.from);
    add(json, "of", order.of);
    if (order.sent) {
        json["number"] = order.number;
        json["sentBy"] = order.sentBy;
        json["reached"] = countsOf(seen);
    }
    add(json, "sent", order.sent);
    add(json, "validUntil", order.validUntil);
    return json;
}

Json boardJson(const SeenOrder& seen) {
    Json list = Json::array();
    for (std::size_t i = 0; i < seen.stations.size(); ++i) {
        const auto& station = seen.stations[i];
        Json json{{"station", station.station.text()}, {"reports", Json::array()}};
        if (i < seen.reached.size()) json["reached"] = toText(seen.reached[i]);
        for (const auto& report : station.reports)
            json["reports"].push_back({{"state", toText(report.state)},
                                       {"at", formatInstant(report.at)},
                                       {"frames", report.frames},
                                       {"detail", report.detail}});
        list.push_back(std::move(json));
    }
    return {{"stations", std::move(list)}};
}

Json toJson(const StationMute& mute) {
    return {{"station", mute.station.text()},
            {"order", mute.order.text()},
            {"by", mute.by},
            {"since", formatInstant(mute.since)}};
}

OrderWish orderWishFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    OrderWish wish;
    wish.type = choiceFrom<OrderType>(reader, "type");
    if (reader.has("targets")) wish.targets = targetsFrom(reader);
    if (reader.has("template")) wish.from = TemplateId{reader.text("template", 16)};
    if (reader.has("media")) {
        wish.media = MediaId{reader.text("media", 64)};
        wish.title = reader.text("title");
    }
    wish.repeats = static_cast<int>(reader.integer("repeats", 1, mostRepeats));
    wish.validFor = std::chrono::seconds{reader.integer("validSeconds", leastValidSeconds, mostValidSeconds)};
    if (reader.has("of")) wish.of = OrderId{reader.text("of", 32)};
    reader.end();
    requireFit(wish);
    return wish;
}

TemplateWish templateWishFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    TemplateWish wish;
    wish.type = choiceFrom<OrderType>(reader, "type");
    wish.title = reader.text("title");
    wish.media = MediaId{reader.text("media", 64)};
    if (reader.has("area")) wish.area = AreaId{reader.text("area", 63)};
    reader.end();
    if (wish.type != OrderType::emergency && wish.type != OrderType::drill)
        throw badOrder("Bản tin mẫu là của lệnh khẩn cấp hoặc diễn tập.",
                       "a template is for emergencies or for drills");
    return wish;
}

OrderType saidTypeFromJson(std::string_view text) {
    const Json json = parseJson(text);
    ObjectReader reader{json, ""};
    const auto type = choiceFrom<OrderType>(reader, "type");
    reader.end();
    return type;
}

}  // namespace loa

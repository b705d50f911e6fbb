#include "scheduler/planning/order_steps.h"

#include <algorithm>
#include <set>

namespace loa {
namespace {

Refusal notWaiting() {
    return {"not-waiting",
            {"Lệnh này không còn chờ xác nhận. Tải lại danh sách lệnh.",
             "This order waits for nobody any more. Load the list again."}};
}

Refusal orderLapsed() {
    return {"order-lapsed",
            {"Quá 5 phút không có người xác nhận nên lệnh đã hết hiệu lực. Lập lệnh mới.",
             "Nobody confirmed it within 5 minutes, so it has lapsed. Make a new order."}};
}

Refusal otherType(OrderType type) {
    if (type == OrderType::drill)
        return {"other-type",
                {"Đây là lệnh diễn tập, không phải lệnh thật. Xác nhận đúng loại lệnh.",
                 "This is a drill and not the real thing. Confirm it as what it is."}};
    return {"other-type",
            {"Đây là lệnh thật, không phải diễn tập. Xác nhận đúng loại lệnh.",
             "This is the real thing and no drill. Confirm it as what it is."}};
}

Refusal ownOrder() {
    return {"own-order",
            {"Người lập lệnh không tự xác nhận. Nhờ người trực ban khác hoặc người duyệt.",
             "Who made it does not confirm it. Ask another duty officer or an approver."}};
}

Refusal orderNotHeard() {
    return {"not-heard",
            {"Bản âm thanh này chưa được duyệt trước. Nghe từ đầu đến cuối rồi xác nhận.",
             "This sound was not approved beforehand. Listen to it whole, then confirm."}};
}

Refusal secondPersonFirst(std::chrono::seconds left) {
    const auto seconds = std::to_string(left.count());
    return {"second-person-first",
            {"Cần người thứ hai xác nhận. Nếu không có ai, sau " + seconds + " giây nữa được gửi một mình.",
             "A second person confirms it. If nobody does, it may be sent alone in " + seconds + " s."}};
}

Refusal notATemplate() {
    return {"not-a-template",
            {"Chỉ bản tin khẩn cấp mẫu đã duyệt mới được gửi một mình. Nhờ người thứ hai xác nhận.",
             "Only an approved template of an emergency may be sent alone. Ask a second person to confirm it."}};
}

Refusal tooWide() {
    return {"too-wide",
            {"Gửi một mình chỉ được trong một huyện, nhiều nhất 60 trạm. Chọn ít nơi hơn hoặc nhờ người thứ hai.",
             "Alone one sends to one district and 60 stations at most. Choose fewer places or ask a second person."}};
}

Refusal nothingToCancel() {
    return {"nothing-to-cancel",
            {"Lệnh này không còn gì để hủy. Tải lại danh sách lệnh.",
             "There is nothing to cancel about this order. Load the list again."}};
}

std::optional<Refusal> outOfTurn(const OfficeOrder& order, Instant now) {
    const auto state = stateAt(order, now);
    if (state == OrderState::lapsed) return orderLapsed();
    return state == OrderState::made ? std::nullopt : std::optional{notWaiting()};
}

/// The area and the one above it.
std::set<AreaId> nearest(const Places& places, const AreaId& area) {
    std::set<AreaId> found;
    for (const auto* each : places.wayUp(area)) {
        found.insert(each->id);
        if (found.size() == 2) break;
    }
    return found;
}

/// Later ones outrank earlier ones: a station may report them in any order.
int rankOf(OrderProgress state) {
    switch (state) {
        case OrderProgress::received:
            return 1;
        case OrderProgress::fetching:
            return 2;
        case OrderProgress::sounding:
            return 3;
        case OrderProgress::refused:
            return 4;
        case OrderProgress::cancelled:
            return 5;
        case OrderProgress::sounded:
            return 6;
    }
    return 0;
}

Reached reachedBy(OrderProgress state) {
    switch (state) {
        case OrderProgress::received:
            return Reached::received;
        case OrderProgress::fetching:
            return Reached::fetching;
        case OrderProgress::sounding:
            return Reached::sounding;
        case OrderProgress::sounded:
            return Reached::sounded;
        case OrderProgress::cancelled:
            return Reached::cancelled;
        case OrderProgress::refused:
            return Reached::refused;
    }
    return Reached::notReached;
}

bool isAboutSilence(const OfficeOrder& order) {
    return order.type == OrderType::mute || order.type == OrderType::unmute;
}

}  // namespace

OrderState stateAt(const OfficeOrder& order, Instant now) {
    return order.state == OrderState::made && now >= order.made + lapsesAfter ? OrderState::lapsed : order.state;
}

std::optional<Refusal> refusalOfConfirming(const OrderCase& asked) {
    const auto& order = asked.order;
    if (auto why = outOfTurn(order, asked.now)) return why;
    if (asked.said != order.type) return otherType(order.type);
    if (asked.actor == order.madeBy) return ownOrder();
    return asked.isReady || asked.wasHeard ? std::nullopt : std::optional{orderNotHeard()};
}

std::optional<Refusal> refusalOfSendingAlone(const OrderCase& asked) {
    const auto& order = asked.order;
    if (auto why = outOfTurn(order, asked.now)) return why;
    if (order.type == OrderType::drill || !asked.isReady) return notATemplate();
    if (!asked.isNarrow) return tooWide();
    const auto left = std::chrono::ceil<std::chrono::seconds>(order.made + aloneAfter - asked.now);
    return left.count() > 0 ? std::optional{secondPersonFirst(left)} : std::nullopt;
}

std::optional<Refusal> refusalOfCancelling(const OfficeOrder& order, Instant now) {
    const auto state = stateAt(order, now);
    const bool isThere = sounds(order.type) && (state == OrderState::made || state == OrderState::sent);
    return isThere ? std::nullopt : std::optional{nothingToCancel()};
}

bool isNarrow(const Places& places, std::span<const AreaId> areas) {
    if (areas.empty() || areas.size() > mostStationsAlone) return false;
    auto shared = nearest(places, areas.front());
    for (const auto& area : areas) {
        const auto near = nearest(places, area);
        std::erase_if(shared, [&](const AreaId& each) { return !near.contains(each); });
    }
    return !shared.empty();
}

Reached reachedAt(std::span<const OrderReport> reports, Instant sent, Instant now) {
    const auto farthest =
        std::ranges::max_element(reports, {}, [](const OrderReport& report) { return rankOf(report.state); });
    if (farthest != reports.end()) return reachedBy(farthest->state);
    return now < sent + wordWithin ? Reached::ordered : Reached::notReached;
}

std::vector<OfficeOrder> toTellAgain(std::vector<OfficeOrder> orders) {
    std::int64_t silence = 0;  // the newest mute or unmute
    std::int64_t mute = 0;
    for (const auto& order : orders) {
        if (isAboutSilence(order)) silence = std::max(silence, order.number);
        if (order.type == OrderType::mute) mute = std::max(mute, order.number);
    }
    std::erase_if(orders, [&](const OfficeOrder& order) {
        return isAboutSilence(order) ? order.number < silence : sounds(order.type) && order.number < mute;
    });
    return orders;
}

}  // namespace loa

#include "scheduler/operations/not_found.h"

namespace loa {

Error noSuchArea(const AreaId& id) {
    return {Fault::notFound,
            "no-such-area",
            {"Không có địa bàn “" + id.text() + "”. Kiểm tra lại mã địa bàn.", "there is no area '" + id.text() + "'"}};
}

Error noSuchStation(const StationId& id) {
    return {Fault::notFound,
            "no-such-station",
            {"Không có trạm “" + id.text() + "”. Kiểm tra lại mã trạm.", "there is no station '" + id.text() + "'"}};
}

Error noSuchEvent(const EventId& id) {
    return {
        Fault::notFound,
        "no-such-event",
        {"Không có lịch “" + id.text() + "”. Tải lại danh sách lịch phát.", "there is no event '" + id.text() + "'"}};
}

Error noSuchIdentity(const StationId& station) {
    return {Fault::notFound,
            "no-such-identity",
            {"Không có máy nào đang ghi danh ở trạm “" + station.text() + "”. Tải lại danh sách trạm.",
             "no box is enrolled as station '" + station.text() + "'"}};
}

Error noSuchCampaign(const CampaignId& id) {
    return {Fault::notFound,
            "no-such-campaign",
            {"Không có đợt tuyên truyền “" + id.text() + "”. Tải lại danh sách đợt.",
             "there is no campaign '" + id.text() + "'"}};
}

Error noSuchMedia(const MediaId& id) {
    return {
        Fault::notFound,
        "no-such-media",
        {"Không có bản âm thanh này. Tải tệp lên hoặc tạo bản đọc trước.", "there is no media '" + id.text() + "'"}};
}

Error noSuchToken(const TokenId& id) {
    return {Fault::notFound,
            "no-such-token",
            {"Không có mã truy cập “" + id.text() + "”, hoặc mã đã bị thu hồi. Xem lại danh sách mã.",
             "there is no token '" + id.text() + "', or it was revoked before"}};
}

Error noSuchPerson(const PersonId& id) {
    return {Fault::notFound,
            "no-such-person",
            {"Không có người dùng “" + id.text() + "”. Tải lại danh sách.", "there is no person '" + id.text() + "'"}};
}

Error noSuchOrder(const OrderId& id) {
    return {Fault::notFound,
            "no-such-order",
            {"Không có lệnh “" + id.text() + "”. Tải lại danh sách lệnh.", "there is no order '" + id.text() + "'"}};
}

Error noSuchTemplate(const TemplateId& id) {
    return {Fault::notFound,
            "no-such-template",
            {"Không có bản tin mẫu “" + id.text() + "”. Tải lại danh sách bản tin mẫu.",
             "there is no order template '" + id.text() + "'"}};
}

Error idTaken() {
    return {Fault::conflict,
            "id-taken",
            {"Mã này đã dùng. Đặt mã khác.", "This id is in use already. Choose another one."}};
}

Error noSuchFeed(const FeedId& id) {
    return {Fault::notFound,
            "no-such-feed",
            {"Không có lịch chia sẻ này, hoặc nó đã bị thu hồi. Xem lại danh sách.",
             "there is no feed '" + id.text() + "', or it was revoked before"}};
}

}  // namespace loa

#include "player/verified_order.h"

#include "api/wire/json.h"
#include "api/wire/order_json.h"
#include "scheduler/domain/error.h"

namespace loa {

Order verifiedOrder(std::string_view document, const std::vector<VerifyingKey>& officeKeys) {
    if (document.size() > orderDocumentBytes)
        throw Error(Fault::tooLarge, "order-too-long",
                    {"Lệnh nhận được dài hơn mọi lệnh của Loa.", "what came is longer than any order"});
    const Json json = parseJson(document);
    const auto drill = documentKind(OrderType::drill);
    const bool isDrill = json.is_object() && json.contains("kind") && json.at("kind") == drill;
    const auto kind = isDrill ? drill : documentKind(OrderType::emergency);
    return orderFromJson(kind, verify(kind, document, officeKeys));
}

}  // namespace loa

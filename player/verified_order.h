#pragma once
#include <string_view>
#include <vector>

#include "api/signing/signing.h"
#include "scheduler/domain/order.h"

namespace loa {

/// The order in a signed document. Throws Error when it is longer than any order, when no trusted key signed it, when
/// it is of a kind that is no order's, or not of the kind its type asks for, or malformed. Whose it is is not looked
/// at.
Order verifiedOrder(std::string_view document, const std::vector<VerifyingKey>& officeKeys);

}  // namespace loa

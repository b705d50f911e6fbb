#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct OrderTemplateRepository {
    static std::optional<OrderTemplate> find(ReadTransaction& transaction, const TemplateId& id);
    /// Newest first, then by id.
    static std::vector<OrderTemplate> all(ReadTransaction& transaction);
    /// Whether one is made of it.
    static bool uses(ReadTransaction& transaction, const MediaId& media);
    /// Adds it, or replaces it to note its approval.
    static void save(WriteTransaction& transaction, const OrderTemplate& made);
    static void remove(WriteTransaction& transaction, const TemplateId& id);
};

}  // namespace loa

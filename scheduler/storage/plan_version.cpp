#include "scheduler/storage/plan_version.h"

#include "scheduler/storage/statement.h"

namespace loa {

std::int64_t PlanVersion::current(ReadTransaction& transaction) {
    return std::get<0>(select<std::int64_t>(transaction, "SELECT version FROM plan_version").at(0));
}

std::int64_t PlanVersion::bump(WriteTransaction& transaction) {
    execute(transaction, "UPDATE plan_version SET version = version + 1");
    return current(transaction);
}

std::int64_t PlanVersion::rules(ReadTransaction& transaction) {
    return std::get<0>(select<std::int64_t>(transaction, "SELECT rules FROM plan_version").at(0));
}

void PlanVersion::bumpRules(WriteTransaction& transaction) {
    execute(transaction, "UPDATE plan_version SET version = version + 1, rules = rules + 1");
}

}  // namespace loa

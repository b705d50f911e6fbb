#include "scheduler/operations/clean_name.h"

#include "scheduler/calendar/unicode.h"
#include "scheduler/domain/error.h"

namespace loa {

std::string cleanName(std::string_view name) {
    auto clean = cleanTitle(name);
    if (clean.empty())
        throw Error{Fault::invalid, "no-name", {"Chưa có tên. Điền tên rồi lưu lại.", "the name is empty"}};
    return clean;
}

}  // namespace loa

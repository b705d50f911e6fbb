#pragma once
#include <string>

#include "scheduler/domain/error.h"

namespace loa::test {

/// The code of the Error that `work` throws; empty when it throws none.
template <class Work>
std::string refusalOf(const Work& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return "";
}

}  // namespace loa::test

// What a benchmark says to tests/bench/run: one JSON object a line on stdout, at once. It judges nothing.
#include "tests/bench/result.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace loa::bench {

void print(const Result& result) {
    const nlohmann::json line{{"name", result.name},   {"ours", result.ours}, {"against", result.against},
                              {"whose", result.whose}, {"unit", result.unit}, {"aim", result.aim},
                              {"holds", result.holds}};
    std::cout << line.dump() << std::endl;
}

}  // namespace loa::bench

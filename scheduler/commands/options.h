#pragma once
#include <map>
#include <string>
#include <vector>

#include "scheduler/domain/error.h"

namespace loa {

/// "--key value" pairs; a key may stand several times.
class Options {
public:
    explicit Options(const std::vector<std::string>& words) {
        for (std::size_t i = 0; i < words.size(); i += 2) {
            if (!words[i].starts_with("--") || i + 1 == words.size())
                throw usage("'" + words[i] + "' is not understood");
            values_[words[i].substr(2)].push_back(words[i + 1]);
        }
    }
    std::vector<std::string> take(const std::string& key) {
        auto taken = values_.extract(key);
        return taken.empty() ? std::vector<std::string>{} : std::move(taken.mapped());
    }
    std::string takeOne(const std::string& key, const std::string& fallback) {
        const auto taken = take(key);
        return taken.empty() ? fallback : taken.back();
    }
    std::string need(const std::string& key) {
        auto value = takeOne(key, "");
        if (value.empty()) throw usage("--" + key + " is needed");
        return value;
    }
    void end() const {
        if (!values_.empty()) throw usage("--" + values_.begin()->first + " is no option of this command");
    }

    static Error usage(const std::string& what) {
        return {Fault::invalid,
                "usage",
                {"Lệnh chưa đúng. Xem loa-scheduler --help.", what + "; see loa-scheduler --help"}};
    }

private:
    std::map<std::string, std::vector<std::string>> values_;
};

}  // namespace loa

// A properties file by Poco::Util, and the gathering of what is wrong with it.
#include "config/settings.h"

#include <Poco/AutoPtr.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <charconv>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

void collect(const Poco::Util::AbstractConfiguration& configuration, const std::string& prefix,
             std::map<std::string, std::string>& values) {
    Poco::Util::AbstractConfiguration::Keys keys;
    configuration.keys(prefix, keys);
    for (const auto& key : keys) {
        const auto full = prefix.empty() ? key : prefix + '.' + key;
        if (configuration.hasProperty(full)) values[full] = configuration.getRawString(full);
        collect(configuration, full, values);
    }
}

}  // namespace

Settings::Settings(const std::filesystem::path& path) : file_{path} {
    try {
        const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> read{
            new Poco::Util::PropertyFileConfiguration{path.string()}};
        collect(*read, "", values_);
    } catch (const Poco::Exception& fault) {
        throw Error{Fault::notFound,
                    "no-configuration",
                    {"Không đọc được tệp cấu hình " + path.string() + ". Kiểm tra đường dẫn và quyền đọc.",
                     "cannot read the configuration " + path.string() + ": " + fault.displayText()}};
    }
}

std::string Settings::text(const std::string& key) {
    asked_.insert(key);
    const auto found = values_.find(key);
    if (found != values_.end() && !found->second.empty()) return found->second;
    fault(key, "is missing");
    return {};
}

std::string Settings::text(const std::string& key, const std::string& fallback) {
    asked_.insert(key);
    const auto found = values_.find(key);
    return found == values_.end() ? fallback : found->second;
}

std::filesystem::path Settings::path(const std::string& key) {
    return text(key);
}

std::filesystem::path Settings::path(const std::string& key, const std::filesystem::path& fallback) {
    return text(key, fallback.string());
}

int Settings::number(const std::string& key, int fallback, int minimum, int maximum) {
    const auto value = text(key, std::to_string(fallback));
    int number = 0;
    const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (wrong != std::errc{} || end != value.data() + value.size() || number < minimum || number > maximum) {
        fault(key, "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
        return fallback;
    }
    return number;
}

std::chrono::seconds Settings::seconds(const std::string& key, int fallback, int minimum, int maximum) {
    return std::chrono::seconds{number(key, fallback, minimum, maximum)};
}

void Settings::fault(const std::string& key, const std::string& what) {
    faults_.push_back(key + ' ' + what);
}

void Settings::finish() const {
    auto faults = faults_;
    for (const auto& [key, value] : values_)
        if (!asked_.contains(key)) faults.push_back(key + " is not a key of this program");
    if (faults.empty()) return;
    std::string list;
    for (const auto& fault : faults) list += "\n  - " + fault;
    throw Error{Fault::invalid,
                "bad-configuration",
                {"Tệp cấu hình " + file_.string() + " có chỗ sai, sửa rồi chạy lại:" + list,
                 "the configuration " + file_.string() + " is wrong:" + list}};
}

}  // namespace loa

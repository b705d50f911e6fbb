#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// "/v1/stations/t%C3%A2n" becomes {"v1", "stations", "tân"}; "/" becomes {""}. Throws Error malformed.
std::vector<std::string> readPath(std::string_view path);

/// "from=1&to=2" by name. Throws Error malformed, also for a name given twice: two readers might choose differently.
std::map<std::string, std::string, std::less<>> readQuery(std::string_view query);

/// `path` with unreserved characters as they are, also where it has them percent-encoded (RFC 3986, 6.2.2.2): two paths
/// that differ in nothing else are read alike. A "%" that encodes nothing stays. Never throws.
std::string normalPath(std::string_view path);

}  // namespace loa

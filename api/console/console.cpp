// Finds the page's files, which the build has put into the program: nothing is read from disk while it runs, so a path
// in a request never becomes a path on the machine. Any thread; never changes anything.
#include "api/console/console.h"

#include <algorithm>

#include "api/console/assets.h"

namespace loa {

const Asset* findAsset(std::string_view name) {
    const auto found = std::ranges::lower_bound(assets, name, {}, &Asset::name);
    return found != assets.end() && found->name == name ? &*found : nullptr;
}

}  // namespace loa

// Civil time and instants. Each zone is read once, through GLib, into an immutable table of its offset changes;
// libical's own offsets are wrong for some zones (Cairo since 2023, Gaza, Tehran) and its lazy loading races. Any
// thread; a table lives as long as the program. Never reads the clock.
#include "scheduler/calendar/zones.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/windows_zones.h"

namespace loa {
namespace {

using namespace std::chrono;
using SysSeconds = sys_time<seconds>;

constexpr const char* zoneFolder = "/usr/share/zoneinfo/";
constexpr SysSeconds tableFrom = sys_days{1900y / January / 1};
constexpr SysSeconds tableTo = sys_days{2200y / January / 1};
// Shorter than any stay on one offset in these years (Morocco's Ramadan, four weeks, is the shortest that matters).
constexpr auto stride = days{5};

/// From `since` on, the offset holds; the first period has held for ever.
struct Period {
    SysSeconds since;
    seconds offset;
};
using Table = std::vector<Period>;

struct FreeZone {
    void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
};
using GlibZone = std::unique_ptr<GTimeZone, FreeZone>;

/// Names like Asia/Ho_Chi_Minh or UTC; not posix/..., right/..., ../... and what else lies in the folder.
bool looksLikeZone(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() < 'A' || name.front() > 'Z') return false;
    return std::all_of(name.begin(), name.end(), [](char letter) {
        return g_ascii_isalnum(letter) || letter == '_' || letter == '-' || letter == '+' || letter == '/';
    });
}

bool hasZoneFile(const std::string& name) {
    std::ifstream file{zoneFolder + name, std::ios::binary};
    std::array<char, 4> magic{};
    return file.read(magic.data(), magic.size()) && std::string_view{magic.data(), magic.size()} == "TZif";
}

seconds offsetAt(GTimeZone* zone, SysSeconds at) {
    const auto interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at.time_since_epoch().count());
    return seconds{interval < 0 ? 0 : g_time_zone_get_offset(zone, interval)};
}

Table readTable(GTimeZone* zone) {
    Table table{{tableFrom, offsetAt(zone, tableFrom)}};
    for (auto from = tableFrom; from < tableTo; from += stride) {
        auto before = from;
        auto after = from + stride;
        if (offsetAt(zone, after) == table.back().offset) continue;
        while (after - before > 1s) {
            const auto middle = before + (after - before) / 2;
            (offsetAt(zone, middle) == table.back().offset ? before : after) = middle;
        }
        table.push_back({after, offsetAt(zone, after)});
    }
    return table;
}

/// The table of a zone, or nullptr.
const Table* findTable(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, Table, std::less<>> tables;  // grows only by zones that exist: some 600
    const std::lock_guard lock{mutex};
    const auto known = tables.find(name);
    if (known != tables.end()) return &known->second;
    const std::string wanted{name};
    if (!looksLikeZone(name) || !hasZoneFile(wanted)) return nullptr;
    const GlibZone zone{g_time_zone_new_identifier(wanted.c_str())};
    return zone ? &tables.emplace(wanted, readTable(zone.get())).first->second : nullptr;
}

const Table& tableOf(std::string_view name) {
    const auto* table = findTable(name);
    if (table == nullptr) unknownZone(std::string{name}, 0);
    return *table;
}

/// The period that holds at an instant.
Table::const_iterator periodAt(const Table& table, SysSeconds at) {
    const auto next = std::upper_bound(table.begin() + 1, table.end(), at,
                                       [](SysSeconds wanted, const Period& period) { return wanted < period.since; });
    return next - 1;
}

/// "/mozilla.org/20050126_1/Asia/Ho_Chi_Minh" and its like: the last three, two or one parts are the name.
std::optional<std::string> zoneAtTail(std::string_view name) {
    std::size_t at = name.size();
    std::optional<std::string> longest;
    for (int part = 0; part < 3 && at != std::string_view::npos && at > 0; ++part) {
        at = name.rfind('/', at - 1);
        if (at == std::string_view::npos) break;
        if (knownZone(name.substr(at + 1))) longest = name.substr(at + 1);
    }
    return longest;
}

}  // namespace

std::optional<LocalTime> parseLocalTime(std::string_view text) {
    if (text.size() != 19 || text[10] != 'T') return std::nullopt;
    const auto instant = parseInstant(std::string{text} + "Z");
    if (!instant) return std::nullopt;
    return LocalTime{floor<seconds>(instant->time_since_epoch())};
}

std::string formatLocalTime(LocalTime time) {
    const auto day = floor<days>(time);
    const hh_mm_ss clock{time - day};
    const std::array parts{clock.hours().count(), clock.minutes().count(), clock.seconds().count()};
    std::string text = formatDay(Day{day});
    for (std::size_t part = 0; part < parts.size(); ++part) {
        text += part == 0 ? 'T' : ':';
        text += static_cast<char>('0' + parts[part] / 10);
        text += static_cast<char>('0' + parts[part] % 10);
    }
    return text;
}

void warmZones() {
    if (!knownZone("Asia/Ho_Chi_Minh"))
        throw Error(Fault::unavailable, "no-zone-data",
                    Words{"Máy này thiếu dữ liệu múi giờ. Cài gói tzdata rồi chạy lại.",
                          "This machine has no time zone data. Install the package tzdata and start again."});
}

bool knownZone(std::string_view name) {
    return findTable(name) != nullptr;
}

std::optional<std::string> canonicalZone(std::string_view name) {
    if (knownZone(name)) return std::string{name};
    if (name.starts_with('/')) return zoneAtTail(name);
    const auto windows = zoneOfWindowsName(name);
    return knownZone(windows) ? std::optional{std::string{windows}} : std::nullopt;
}

Instant toInstant(LocalTime time, std::string_view zone) {
    const auto& table = tableOf(zone);
    const SysSeconds wall{time.time_since_epoch()};
    // The first period that is not over yet by its own clock: of two fitting ones the earlier, so the first time in a
    // fold.
    auto period = table.begin();
    const auto over = [&](const Period& candidate) {
        const auto next = &candidate - table.data() + 1;
        return static_cast<std::size_t>(next) < table.size() &&
               wall >= table[static_cast<std::size_t>(next)].since + candidate.offset;
    };
    period = std::partition_point(table.begin(), table.end(), over);
    const bool inGap = period != table.begin() && wall - period->offset < period->since;
    return wall - (inGap ? std::prev(period) : period)->offset;
}

LocalTime toLocal(Instant at, std::string_view zone) {
    const auto whole = floor<seconds>(at);
    return LocalTime{(whole + periodAt(tableOf(zone), whole)->offset).time_since_epoch()};
}

Interval dayInZone(Day day, std::string_view zone) {
    const local_days local{day};
    return {toInstant(local, zone), toInstant(local + days{1}, zone)};
}

Day dayOf(Instant at, std::string_view zone) {
    return Day{floor<days>(toLocal(at, zone))};
}

std::vector<OffsetChange> offsetChanges(std::string_view zone, Interval window) {
    const auto& table = tableOf(zone);
    std::vector<OffsetChange> changes;
    for (auto period = periodAt(table, floor<seconds>(window.start)); period != table.end(); ++period) {
        if (!changes.empty() && period->since >= window.end) break;
        changes.push_back({period->since, period->offset});
    }
    return changes;
}

}  // namespace loa

#include "scheduler/operations/places.h"

#include <algorithm>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::size_t longestId = 63;

void checkId(const std::string& id) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (!id.empty() && id.size() <= longestId && id.front() != '-' && std::all_of(id.begin(), id.end(), allowed))
        return;
    throw Error{Fault::invalid,
                "bad-id",
                {"Mã chỉ gồm chữ thường không dấu, số và gạch nối, tối đa 63 ký tự, ví dụ “tan-hue”.",
                 "an id has lower-case letters, digits and hyphens only, at most 63, such as 'tan-hue'"}};
}

void checkValidity(const std::optional<Day>& from, const std::optional<Day>& to) {
    if (!from || !to || *from <= *to) return;
    throw Error{Fault::invalid,
                "inverted-validity",
                {"Ngày kết thúc trước ngày bắt đầu. Sửa lại một trong hai ngày.", "validTo is before validFrom"}};
}

/// Throws Error unless that is the actor's to keep, an area with all that lies in it; empty: the whole office.
void requireKept(const Standing& standing, const std::optional<AreaId>& area) {
    if (!standing.holdsAt(Right::keepPlaces, area)) throw forbidden();
}

/// Likewise for where something is put. One that they do not see is not there.
void requirePlace(const Standing& standing, const std::optional<AreaId>& area) {
    if (area && !standing.sees(area))
        throw Error{Fault::invalid,
                    "unknown-area",
                    {"Không có địa bàn “" + area->text() + "”. Tạo địa bàn này trước.",
                     "There is no area “" + area->text() + "”. Create it first."}};
    requireKept(standing, area);
}

/// Whether an event is aimed at it, or is its own.
bool hasEvents(ReadTransaction& transaction, const Target& place) {
    const auto* area = std::get_if<AreaId>(&place);
    const auto events = EventRepository::all(transaction);
    return std::any_of(events.begin(), events.end(), [&](const StoredEvent& stored) {
        const auto& targets = stored.event.targets;
        return std::find(targets.begin(), targets.end(), place) != targets.end() ||
               (area && stored.event.owner == *area);
    });
}

Error inUse(const std::string& id) {
    return {
        Fault::conflict,
        "in-use",
        {"“" + id +
             "” còn lịch phát, người phụ trách hoặc đã phát nên không xóa được. Đặt ngày cuối còn hiệu lực thay vì "
             "xóa.",
         "'" + id + "' has been planned, has people or has aired; give it a last valid day instead of removing it"}};
}

}  // namespace

Area saveArea(Scheduler& scheduler, Area area) {
    checkId(area.id.text());
    area.name = cleanName(area.name);
    checkValidity(area.validFrom, area.validTo);
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto standing = standingNow(transaction, scheduler.standing);
        const auto before = AreaRepository::find(transaction, area.id);
        const bool isSeen = before && standing.sees(area.id);
        if (!isSeen || before->parent != area.parent) requirePlace(standing, area.parent);
        if (before && !isSeen) throw idTaken();
        if (before) requireKept(standing, area.id);
        AreaRepository::save(transaction, area);
        audit(transaction, scheduler, "save-area", auditObject(area.id), auditFacts(before), auditFacts(area));
    });
    scheduler.planChanges.note();
    return area;
}

void removeArea(Scheduler& scheduler, const AreaId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto standing = standingNow(transaction, scheduler.standing);
        const auto before = AreaRepository::find(transaction, id);
        if (!before || !standing.sees(id)) throw noSuchArea(id);
        requireKept(standing, id);
        if (hasEvents(transaction, id) || PersonRepository::anyAt(transaction, id)) throw inUse(id.text());
        AreaRepository::remove(transaction, id);
        audit(transaction, scheduler, "remove-area", auditObject(id), auditFacts(before), {});
    });
    scheduler.planChanges.note();
}

Station saveStation(Scheduler& scheduler, Station station) {
    checkId(station.id.text());
    station.name = cleanName(station.name);
    checkValidity(station.validFrom, station.validTo);
    if (!knownZone(station.zone))
        throw Error{Fault::invalid,
                    "unknown-zone",
                    {"Không biết múi giờ “" + station.zone + "”. Ghi tên như “Asia/Ho_Chi_Minh”.",
                     "'" + station.zone + "' is no IANA time zone"}};
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto standing = standingNow(transaction, scheduler.standing);
        requirePlace(standing, station.area);
        const auto before = StationRepository::find(transaction, station.id);
        if (before && !standing.sees(before->area)) throw idTaken();
        if (before) requireKept(standing, before->area);
        StationRepository::save(transaction, station);
        audit(transaction, scheduler, "save-station", auditObject(station.id), auditFacts(before), auditFacts(station));
    });
    scheduler.planChanges.note();
    return station;
}

void removeStation(Scheduler& scheduler, const StationId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto standing = standingNow(transaction, scheduler.standing);
        const auto before = StationRepository::find(transaction, id);
        if (!before || !standing.sees(before->area)) throw noSuchStation(id);
        requireKept(standing, before->area);
        if (hasEvents(transaction, id) || StationRepository::hasHistory(transaction, id)) throw inUse(id.text());
        StationRepository::remove(transaction, id);
        audit(transaction, scheduler, "remove-station", auditObject(id), auditFacts(before), {});
    });
}

}  // namespace loa

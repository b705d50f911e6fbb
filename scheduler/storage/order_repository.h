#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Orders, the stations they are for, and what became of them there.
struct OrderRepository {
    static std::optional<OfficeOrder> find(ReadTransaction& transaction, const OrderId& id);
    /// The newest `most` of them, newest first, then by id.
    static std::vector<OfficeOrder> newest(ReadTransaction& transaction, int most);
    /// Those that sound it, newest first.
    static std::vector<OfficeOrder> withMedia(ReadTransaction& transaction, const MediaId& media);
    /// For these stations and no others.
    static void add(WriteTransaction& transaction, const OfficeOrder& order,
                    const std::vector<OrderAtStation>& stations);
    /// What changes of one that is there: its state, and how it was sent.
    static void save(WriteTransaction& transaction, const OfficeOrder& order);
    /// What sounds, or waits to, is cancelled: nobody knows what became of it since.
    static void endAll(WriteTransaction& transaction);
    /// The next number, which nothing else gets.
    static std::int64_t takeNumber(WriteTransaction& transaction);
    /// Leaves out so many.
    static void skipNumbers(WriteTransaction& transaction, std::int64_t count);

    /// Its stations with what they reported, by station.
    static std::vector<OrderAtStation> stations(ReadTransaction& transaction, const OrderId& id);
    static bool isFor(ReadTransaction& transaction, const OrderId& id, const StationId& station);
    /// Sent to the station with a higher number and not cancelled, and valid now; by number.
    static std::vector<OfficeOrder> sentTo(ReadTransaction& transaction, const StationId& station, std::int64_t after,
                                           Instant now);
    /// Those with a sound that wait for somebody, made since, or are sent and valid; newest first.
    static std::vector<OfficeOrder> underWay(ReadTransaction& transaction, Instant madeSince, Instant now);
    /// All stations that were told last to be silent, by id.
    static std::vector<StationMute> mutes(ReadTransaction& transaction);

    /// Keeps a report; one of the same order, station and state stays as it was. False where the order is not the
    /// station's, or not known: then nothing is kept.
    static bool keepReport(WriteTransaction& transaction, const StationId& station, const OrderReport& report,
                           Instant received);

    /// The stations that take part in drills, by id.
    static std::vector<StationId> drillStations(ReadTransaction& transaction);
    static void joinDrills(WriteTransaction& transaction, const StationId& station);
    static void leaveDrills(WriteTransaction& transaction, const StationId& station);
};

}  // namespace loa

// Boxes that are stations, and the codes that let them become one.
#include "scheduler/storage/identity_repository.h"

#include "scheduler/storage/statement.h"

namespace loa {
namespace {

std::optional<StationIdentity> identity(ReadTransaction& transaction, const std::string& rest, const auto& value) {
    return first(each<StationIdentity>(
        select<StationId, std::int64_t, std::string, std::string, Instant, std::optional<Instant>, std::int64_t,
               std::int64_t>(transaction,
                             "SELECT station, number, public_key, words, enrolled, retired, epoch, last_sequence FROM "
                             "station_identity WHERE " +
                                 rest,
                             value),
        [](auto station, auto number, auto key, auto words, auto enrolled, auto retired, auto epoch, auto last) {
            return StationIdentity{std::move(station), number,  std::move(key), std::move(words),
                                   enrolled,           retired, epoch,          last};
        }));
}

}  // namespace

std::optional<StationIdentity> IdentityRepository::newest(ReadTransaction& transaction, const StationId& station) {
    return identity(transaction, "station = $1 ORDER BY number DESC LIMIT 1", station);
}

std::optional<StationIdentity> IdentityRepository::findByKey(ReadTransaction& transaction, const std::string& key) {
    return identity(transaction, "public_key = $1", key);
}

void IdentityRepository::save(WriteTransaction& transaction, const StationIdentity& identity) {
    execute(transaction,
            "INSERT INTO station_identity (station, number, public_key, words, enrolled, retired, epoch, "
            "last_sequence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (station, number) DO UPDATE SET "
            "public_key = excluded.public_key, words = excluded.words, enrolled = excluded.enrolled, "
            "retired = excluded.retired, epoch = excluded.epoch, last_sequence = excluded.last_sequence",
            identity.station, identity.number, identity.key, identity.words, identity.enrolled, identity.retired,
            identity.epoch, identity.lastSequence);
}

std::optional<GivenCode> GivenCodeRepository::find(ReadTransaction& transaction, const std::string& name) {
    return first(each<GivenCode>(
        select<std::string, StationId, std::string, Instant, int, std::optional<Instant>>(
            transaction,
            "SELECT name, station, public_key, expires, wrong_tries, used FROM enrolment_code WHERE name = $1", name),
        [](auto found, auto station, auto key, auto expires, auto tries, auto used) {
            return GivenCode{std::move(found), std::move(station), std::move(key), expires, tries, used};
        }));
}

void GivenCodeRepository::save(WriteTransaction& transaction, const GivenCode& code) {
    execute(transaction, "DELETE FROM enrolment_code WHERE station = $1", code.station);
    execute(transaction,
            "INSERT INTO enrolment_code (name, station, public_key, expires, wrong_tries, used) VALUES ($1, $2, $3, "
            "$4, $5, $6)",
            code.name, code.station, code.key, code.expires, code.wrongTries, code.used);
}

void GivenCodeRepository::remove(WriteTransaction& transaction, const std::string& name) {
    execute(transaction, "DELETE FROM enrolment_code WHERE name = $1", name);
}

void GivenCodeRepository::forget(WriteTransaction& transaction, Instant instant) {
    execute(transaction, "DELETE FROM enrolment_code WHERE expires < $1", instant);
}

}  // namespace loa

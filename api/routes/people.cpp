#include "scheduler/operations/people.h"

#include "api/office/person_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/vouch.h"

namespace loa {
namespace {

PersonId personOf(const Request& request) {
    return PersonId{request.pathValue("person")};
}

/// The one time its password is shown.
Json withPasswordJson(const WithPassword& made) {
    auto json = toJson(made.person);
    json["password"] = made.password;
    return json;
}

Response getPeople(const Request&, Scheduler& scheduler) {
    Json people = Json::array();
    for (const auto& person : peopleInSight(scheduler)) people.push_back(toJson(person));
    return jsonAnswer(200, {{"people", std::move(people)}});
}

Response postPeople(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    auto body = newPersonBodyFromJson(request.body());
    const auto made = addPerson(scheduler, body.id, body.name, std::move(body.grants));
    return created(withPasswordJson(made), "/v1/people/" + percentEncoded(made.person.id.text()));
}

Response getPerson(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, toJson(personInSight(scheduler, personOf(request))));
}

Response putPerson(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    auto body = personBodyFromJson(request.body());
    return jsonAnswer(200, toJson(changePerson(scheduler, personOf(request), body.name, std::move(body.grants))));
}

Response deletePerson(const Request& request, Scheduler& scheduler) {
    disablePerson(scheduler, personOf(request));
    return Response::noContent();
}

Response postReset(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, withPasswordJson(resetPerson(scheduler, personOf(request))));
}

Response postVouching(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, toJson(vouchFor(scheduler, personOf(request))));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/people", Right::managePeople, getPeople},
    {Method::post, "/v1/people", Right::managePeople, postPeople, smallBodyBytes},
    {Method::get, "/v1/people/{person}", Right::managePeople, getPerson},
    {Method::put, "/v1/people/{person}", Right::managePeople, putPerson, smallBodyBytes},
    {Method::delete_, "/v1/people/{person}", Right::managePeople, deletePerson},
    {Method::post, "/v1/people/{person}/reset", Right::managePeople, postReset},
    {Method::post, "/v1/people/{person}/vouching", Right::managePeople, postVouching},
};

}  // namespace

std::span<const SchedulerRoute> peopleRoutes() {
    return routes;
}

}  // namespace loa

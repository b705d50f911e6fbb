#include "api/routes/kept_answer.h"

#include "scheduler/operations/kept_answers.h"
#include "scheduler/operations/publish_manifest.h"

namespace loa {

std::string nameOf(const DaySpan& span) {
    return formatDay(span.first) + '\n' + std::to_string(span.days);
}

Response keptAnswer(Scheduler& scheduler, const std::string& name, const std::function<Json()>& make) {
    auto& shelf = scheduler.manifests.answers();
    const auto moment = momentOf(scheduler);
    auto kept = shelf.find(moment, name);
    if (!kept) {
        kept = taggedAnswer(dump(make()));
        shelf.keep(moment, name, *kept, kept->text->size());
    }
    return Response::json(200, *kept->text).withEtag(kept->tag);
}

}  // namespace loa

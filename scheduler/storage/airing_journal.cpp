// Group commit. Callers put their batch in a queue; the first to find nobody writing takes the whole queue and writes
// it in one transaction while later callers queue up behind. Runs on the callers' threads; keeps none of its own, so
// there is nothing to stop. Never answers before the commit has reached the disk.
#include "scheduler/storage/airing_journal.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/database.h"

namespace loa {
namespace {

/// What one caller handed in. Lives on that caller's stack until `done`.
struct Batch {
    std::vector<Airing> airings;
    std::exception_ptr refused;
    bool done = false;
};

/// Throws what AiringRepository::add would, without having written anything.
void check(ReadTransaction& transaction, const std::vector<Airing>& airings) {
    std::map<AiringId, const Airing*> own;
    for (const Airing& airing : airings) {
        AiringRepository::holds(transaction, airing);
        const auto [same, isNew] = own.emplace(airing.id, &airing);
        if (!isNew && *same->second != airing) AiringRepository::refuseDifferent(airing.id);
    }
}

/// All of the batch or nothing of it.
void add(WriteTransaction& transaction, Batch& batch) {
    try {
        check(transaction, batch.airings);
    } catch (const Error&) {
        batch.refused = std::current_exception();
        return;
    }
    for (const Airing& airing : batch.airings) AiringRepository::add(transaction, airing);
}

}  // namespace

struct AiringJournal::State {
    explicit State(Database& where) : database{where} {}

    void commit(const std::vector<Batch*>& group) {
        try {
            database.write([&](WriteTransaction& transaction) {
                for (Batch* batch : group) add(transaction, *batch);
                killPoint("storage.airingsWritten");
            });
            killPoint("storage.airingsCommitted");
        } catch (...) {
            for (Batch* batch : group) batch->refused = std::current_exception();
        }
    }

    Database& database;
    std::mutex mutex;  ///< guards the members below and `done` of every batch
    std::condition_variable changed;
    std::vector<Batch*> waiting;
    bool writing = false;
};

AiringJournal::AiringJournal(Database& database) : state_{std::make_unique<State>(database)} {}

AiringJournal::~AiringJournal() = default;

std::vector<AiringId> AiringJournal::accept(std::vector<Airing> airings) {
    Batch batch{std::move(airings), nullptr, false};
    std::unique_lock lock{state_->mutex};
    state_->waiting.push_back(&batch);
    while (!batch.done) {
        if (state_->writing) {
            state_->changed.wait(lock);
            continue;
        }
        state_->writing = true;
        const auto group = std::exchange(state_->waiting, {});
        lock.unlock();
        state_->commit(group);
        lock.lock();
        for (Batch* written : group) written->done = true;
        state_->writing = false;
        state_->changed.notify_all();
    }
    if (batch.refused) std::rethrow_exception(batch.refused);
    std::vector<AiringId> accepted;
    for (const Airing& airing : batch.airings) accepted.push_back(airing.id);
    return accepted;
}

}  // namespace loa

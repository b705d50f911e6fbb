// The register of open connections and its reaper. The acceptor adds, workers enter phases and remove, the reaper's own
// thread cuts. It never closes a descriptor, only shuts it down: closing is the worker's, after remove().
#include "api/http/connections.h"

#include <sys/socket.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "api/http/rates.h"

namespace loa {

namespace {

using namespace std::chrono_literals;

constexpr auto reaperPeriod = 100ms;
// While others wait for a thread: how long a connection may sit unused, and nobody's request take to come in.
constexpr auto freshPatience = 2s;
constexpr auto idlePatience = 250ms;
// How long an answer may take to go out once the server ends.
constexpr auto endPatience = 5s;

bool isComing(Connections::Phase phase) {
    return phase == Connections::Phase::opening || phase == Connections::Phase::reading;
}

}  // namespace

Connections::Connections(int threads, int queued, int perAddress)
    : threads_{static_cast<std::size_t>(threads)},
      queued_{static_cast<std::size_t>(queued)},
      perAddress_{perAddress},
      reaper_{[this] { reap(); }} {}

Connections::~Connections() {
    {
        const std::lock_guard lock{mutex_};
        finished_ = true;
    }
    changed_.notify_all();
    reaper_.join();
}

bool Connections::add(const Poco::Net::StreamSocket& socket, Milliseconds deadline) {
    const auto peer = socket.peerAddress().host().toString();
    const auto network = networkOf(peer);
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock{mutex_};
    if (entries_.size() >= threads_ + queued_) return false;
    if (hasAll(network)) return false;
    ++open_[network];
    entries_.insert_or_assign(keyOf(socket), Entry{socket, peer, network, Phase::queued, now, now + deadline});
    changed_.notify_all();
    return true;
}

void Connections::enter(const Poco::Net::StreamSocket& socket, Phase phase, Milliseconds deadline) {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock{mutex_};
    auto& entry = entries_.at(keyOf(socket));
    entry.phase = phase;
    entry.since = now;
    entry.deadline = std::min<Time>(now + deadline, latest_);
}

void Connections::countBy(const Poco::Net::StreamSocket& socket, const std::string& browser) {
    auto owner = "browser " + browser;
    const std::lock_guard lock{mutex_};
    auto& entry = entries_.at(keyOf(socket));
    if (entry.owner == owner || hasAll(owner)) return;
    forget(entry.owner);
    ++open_[owner];
    entry.owner = std::move(owner);
}

bool Connections::hasAll(const std::string& owner) const {
    const auto open = open_.find(owner);
    return perAddress_ > 0 && open != open_.end() && open->second >= perAddress_;
}

void Connections::forget(const std::string& owner) {
    if (--open_[owner] == 0) open_.erase(owner);
}

std::string Connections::peer(const Poco::Net::StreamSocket& socket) const {
    const std::lock_guard lock{mutex_};
    return entries_.at(keyOf(socket)).peer;
}

bool Connections::stale(const Poco::Net::StreamSocket& socket) const {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock{mutex_};
    return entries_.size() > threads_ && now - entries_.at(keyOf(socket)).since >= freshPatience;
}

bool Connections::crowded() const {
    const std::lock_guard lock{mutex_};
    return entries_.size() > threads_;
}

bool Connections::beginTransfer() {
    const std::lock_guard lock{mutex_};
    if (transfers_ >= share()) return false;
    ++transfers_;
    return true;
}

void Connections::endTransfer() {
    const std::lock_guard lock{mutex_};
    --transfers_;
}

bool Connections::late(const Poco::Net::StreamSocket& socket) const {
    const std::lock_guard lock{mutex_};
    return entries_.at(keyOf(socket)).late;
}

void Connections::remove(const Poco::Net::StreamSocket& socket) {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(keyOf(socket));
    if (found == entries_.end()) return;
    forget(found->second.owner);
    entries_.erase(found);
}

void Connections::end() {
    ending_ = true;
    const std::lock_guard lock{mutex_};
    latest_ = std::chrono::steady_clock::now() + endPatience;
    for (auto& [key, entry] : entries_) {
        ::shutdown(entry.socket.impl()->sockfd(), SHUT_RD);
        entry.deadline = std::min<Time>(entry.deadline, latest_);
    }
}

void Connections::cut(Entry& entry) {
    // Only the reading side of a request that comes too slowly: the worker wakes and can still say 408.
    const bool answerable = isComing(entry.phase);
    ::shutdown(entry.socket.impl()->sockfd(), answerable ? SHUT_RD : SHUT_RDWR);
    entry.late = answerable;
    entry.deadline = Time::max();
}

void Connections::reap() {
    std::unique_lock lock{mutex_};
    while (!finished_) {
        if (entries_.empty())
            changed_.wait(lock);
        else
            changed_.wait_for(lock, reaperPeriod);
        const auto now = std::chrono::steady_clock::now();
        cutLate(now);
        makeRoom(now);
        shareThreads(now);
    }
}

void Connections::cutLate(Time now) {
    for (auto& [key, entry] : entries_)
        if (entry.phase != Phase::working && entry.deadline <= now) cut(entry);
}

void Connections::makeRoom(Time now) {
    if (entries_.size() <= threads_) return;
    const auto waiting = entries_.size() - threads_;
    std::vector<Entry*> unused;
    for (auto& [key, entry] : entries_) {
        const bool mayGo = entry.phase == Phase::idle || entry.phase == Phase::fresh || entry.phase == Phase::opening;
        const bool tired = mayGo && now - entry.since >= (entry.phase == Phase::idle ? idlePatience : freshPatience);
        if (tired && entry.deadline != Time::max()) unused.push_back(&entry);
    }
    std::sort(unused.begin(), unused.end(), [](const Entry* a, const Entry* b) { return a->since < b->since; });
    for (std::size_t i = 0; i < std::min(unused.size(), waiting); ++i) cut(*unused[i]);
}

void Connections::shareThreads(Time now) {
    if (entries_.size() <= threads_) return;
    std::map<std::string, std::vector<Entry*>> unfinished;
    for (auto& [key, entry] : entries_)
        if (isComing(entry.phase) && entry.deadline != Time::max()) unfinished[entry.owner].push_back(&entry);
    // Many may share an address and all be slow, so each address keeps half of the threads, for its newest requests.
    for (auto& [owner, entries] : unfinished) {
        if (entries.size() <= share()) continue;
        std::sort(entries.begin(), entries.end(), [](const Entry* a, const Entry* b) { return a->since < b->since; });
        const auto last = std::prev(entries.end(), static_cast<std::ptrdiff_t>(share()));
        for (auto entry = entries.begin(); entry != last && now - (*entry)->since >= freshPatience; ++entry)
            cut(**entry);
    }
}

}  // namespace loa

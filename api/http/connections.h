#pragma once
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "scheduler/domain/time.h"

namespace loa {

/// All open connections of one listener, and when each must have moved on. A thread of its own, the reaper, shuts down
/// what is past its deadline: Poco's timeouts are per read, so a byte now and then would hold a worker for ever.
class Connections {
public:
    enum class Phase {
        queued,   ///< accepted, waiting for a thread
        fresh,    ///< has its thread, nothing has come yet (TLS handshake included)
        idle,     ///< between two requests
        opening,  ///< a request's head is coming in, or a body of nobody's
        reading,  ///< the body of a caller whom we know
        working,  ///< its handler runs: not ours to cut
        writing   ///< its answer goes out
    };

    /// `threads` connections are served at a time, `queued` more may wait; at most `perAddress` from one address
    /// (networkOf; 0: any).
    Connections(int threads, int queued, int perAddress);
    ~Connections();

    /// False when the queue is full or the connection's address has too many open: then it is not registered.
    bool add(const Poco::Net::StreamSocket& socket, Milliseconds deadline);
    void enter(const Poco::Net::StreamSocket& socket, Phase phase, Milliseconds deadline);
    /// It is that known browser's: from now on it is counted with the browser's others, and no longer by its address,
    /// unless the browser has as many open as one address may have.
    void countBy(const Poco::Net::StreamSocket& socket, const std::string& browser);
    std::string peer(const Poco::Net::StreamSocket& socket) const;  ///< its address, even when it has hung up
    bool late(const Poco::Net::StreamSocket& socket) const;         ///< its deadline cut the request it was reading
    void remove(const Poco::Net::StreamSocket& socket);             ///< before the socket is closed
    /// Others wait, and it has waited itself so long that its first byte should have come: when it has not, nobody is
    /// there.
    bool stale(const Poco::Net::StreamSocket& socket) const;
    bool crowded() const;  ///< connections wait for a thread: those that hold one unused give way
    /// A place for an answer that may take long to go out. Half of the threads are such places, so that all other
    /// answers find one; false when none is free. Who has one gives it back with endTransfer.
    bool beginTransfer();
    void endTransfer();
    /// Wakes all that read, and gives answers under way a few seconds more, altogether.
    void end();
    bool ending() const { return ending_; }

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Entry {
        Poco::Net::StreamSocket socket;  // a copy keeps the descriptor from being used for something else
        std::string peer;
        std::string owner;  // with whose it is counted: its network's, or a browser's
        Phase phase;
        Time since;
        Time deadline;
        bool late = false;
    };
    using Key = const void*;

    static Key keyOf(const Poco::Net::StreamSocket& socket) { return socket.impl(); }
    static void cut(Entry& entry);
    bool hasAll(const std::string& owner) const;  // as many open as one may have
    void forget(const std::string& owner);
    void reap();
    void cutLate(Time now);
    void makeRoom(Time now);
    void shareThreads(Time now);
    /// Half of the threads.
    std::size_t share() const { return std::max<std::size_t>(1, threads_ / 2); }

    const std::size_t threads_;
    const std::size_t queued_;
    const int perAddress_;
    std::atomic<bool> ending_{false};
    mutable std::mutex mutex_;  // guards all below
    std::map<Key, Entry> entries_;
    std::map<std::string, int> open_;  // by owner
    std::size_t transfers_ = 0;
    Time latest_ = Time::max();  // nothing goes on after it
    bool finished_ = false;
    std::condition_variable changed_;
    std::thread reaper_;
};

}  // namespace loa

// One thread has all streams and their sockets; everybody else leaves it a note and wakes it. Notes are taken in the
// order in which they were left, so that what is posted after open() is never missed. Poco's own reactor is not used:
// its poll set has data races and wakes without end.
#include "api/http/event_hub.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "api/http/event_stream.h"
#include "scheduler/domain/descriptor.h"

namespace loa {

class EventHub::Pump {
public:
    explicit Pump(EventHubOptions options) : options_{options}, thread_{[this] { run(); }} {}
    ~Pump() {
        leave([this] { isEnding_ = true; });
        thread_.join();
    }
    Pump(const Pump&) = delete;
    Pump& operator=(const Pump&) = delete;

    void post(const std::string& topic, StreamEvent event) {
        if (!isOpen(topic)) return;
        leave([this, topic, event = std::move(event)]() mutable {
            const auto found = byTopic_.find(topic);
            if (found != byTopic_.end())
                attend(found->second, [&](EventStream& stream) { stream.take(std::move(event), now()); });
        });
    }
    std::int64_t open(const std::string& topic) {
        const std::lock_guard lock{mutex_};
        const auto name = ++newest_;
        ++open_[topic];
        notes_.push_back([this, name, topic] { begin(name, topic); });
        wake();
        return name;
    }
    void attach(std::int64_t name, const Poco::Net::StreamSocket& socket, std::vector<StreamEvent> earlier) {
        leave([this, name, socket, earlier = std::move(earlier)]() mutable {
            attend(name, [&](EventStream& stream) {
                stream.attach(socket, std::move(earlier), now());
                watch(EPOLL_CTL_ADD, name, stream, false);
            });
        });
    }
    void abandon(std::int64_t name) {
        leave([this, name] { end(name); });
    }
    bool isOpen(const std::string& topic) const {
        const std::lock_guard lock{mutex_};
        return open_.contains(topic);
    }
    std::size_t streams() const {
        const std::lock_guard lock{mutex_};
        return open_.size();
    }

private:
    using Note = std::function<void()>;
    using Time = EventStream::Time;
    struct Held {
        std::unique_ptr<EventStream> stream;
        bool isWatchedForRoom = false;
    };
    static constexpr std::uint64_t wakeName = 0;
    static constexpr int roundMilliseconds = 1'000;

    static Time now() { return std::chrono::steady_clock::now(); }

    void wake() {
        const std::uint64_t one = 1;
        static_cast<void>(!::write(wake_.get(), &one, sizeof one));  // full: it is awake
    }
    void leave(Note note) {
        const std::lock_guard lock{mutex_};
        notes_.push_back(std::move(note));
        wake();
    }

    // All below on the hub's thread.

    void begin(std::int64_t name, const std::string& topic) {
        if (const auto before = byTopic_.find(topic); before != byTopic_.end()) end(before->second);
        held_.emplace(name, Held{std::make_unique<EventStream>(topic, options_.mostWaitingBytes)});
        byTopic_[topic] = name;
    }

    void end(std::int64_t name) {
        const auto found = held_.find(name);
        if (found == held_.end()) return;
        const auto topic = found->second.stream->topic();
        if (const auto newest = byTopic_.find(topic); newest != byTopic_.end() && newest->second == name)
            byTopic_.erase(newest);
        held_.erase(found);  // closes, and so epoll forgets it
        const std::lock_guard lock{mutex_};
        if (const auto open = open_.find(topic); --open->second == 0) open_.erase(open);
    }

    /// Does it, and sends what there is then; whatever throws ends the stream.
    void attend(std::int64_t name, const std::function<void(EventStream&)>& work) {
        const auto found = held_.find(name);
        if (found == held_.end()) return;
        auto& held = found->second;
        try {
            work(*held.stream);
            if (!held.stream->isAttached()) return;
            held.stream->write(now());
            if (held.isWatchedForRoom == held.stream->isWaiting()) return;
            held.isWatchedForRoom = held.stream->isWaiting();
            watch(EPOLL_CTL_MOD, name, *held.stream, held.isWatchedForRoom);
        } catch (const std::exception&) {
            end(name);  // its reader comes back
        }
    }

    void watch(int change, std::int64_t name, const EventStream& stream, bool isForRoom) {
        epoll_event wanted{};
        wanted.events = EPOLLIN | EPOLLRDHUP | (isForRoom ? EPOLLOUT : 0U);
        wanted.data.u64 = static_cast<std::uint64_t>(name);
        if (::epoll_ctl(epoll_.get(), change, stream.descriptor(), &wanted) != 0)
            throw std::runtime_error{"no room for another stream"};
    }

    void heed(const epoll_event& happened) {
        if (happened.data.u64 == wakeName) {
            std::uint64_t count = 0;
            static_cast<void>(!::read(wake_.get(), &count, sizeof count));
            return;
        }
        const auto name = static_cast<std::int64_t>(happened.data.u64);
        if (happened.events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) return end(name);
        attend(name, [&](EventStream& stream) {
            if (happened.events & EPOLLIN) stream.listen();
        });
    }

    void goRound() {
        const auto at = now();
        std::vector<std::int64_t> stuck;
        std::vector<std::int64_t> quiet;
        for (const auto& [name, held] : held_) {
            if (!held.stream->isAttached()) continue;
            if (held.stream->isWaiting() && at - held.stream->progressed() >= options_.stuckAfter)
                stuck.push_back(name);
            else if (at - held.stream->wrote() >= options_.commentEvery)
                quiet.push_back(name);
        }
        for (const auto name : stuck) end(name);
        for (const auto name : quiet) attend(name, [&](EventStream& stream) { stream.comment(at); });
    }

    void takeNotes() {
        std::vector<Note> notes;
        {
            const std::lock_guard lock{mutex_};
            notes.swap(notes_);
        }
        for (const auto& note : notes) note();
    }

    void run() {
        sigset_t broken;
        sigemptyset(&broken);
        sigaddset(&broken, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken, nullptr);
        std::array<epoll_event, 256> happened{};
        auto round = now();
        while (!isEnding_) {
            const auto count = ::epoll_wait(
                epoll_.get(), happened.data(), static_cast<int>(happened.size()),
                held_.empty() ? -1 : std::min<int>(roundMilliseconds, static_cast<int>(options_.commentEvery.count())));
            for (int i = 0; i < count; ++i) heed(happened.at(static_cast<std::size_t>(i)));
            takeNotes();
            if (now() - round < std::min<Milliseconds>(Milliseconds{roundMilliseconds}, options_.commentEvery))
                continue;
            goRound();
            round = now();
        }
        held_.clear();
    }

    static Descriptor wokenBy(const Descriptor& epoll) {
        Descriptor wake{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.u64 = wakeName;
        if (wake.get() < 0 || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, wake.get(), &wanted) != 0)
            throw std::runtime_error{"no descriptors are left for streams of events"};
        return wake;
    }

    const EventHubOptions options_;
    const Descriptor epoll_{::epoll_create1(EPOLL_CLOEXEC)};
    const Descriptor wake_{wokenBy(epoll_)};
    std::map<std::int64_t, Held> held_;            // the thread's
    std::map<std::string, std::int64_t> byTopic_;  // the thread's: the newest of each
    bool isEnding_ = false;                        // the thread's
    mutable std::mutex mutex_;                     // guards what follows
    std::vector<Note> notes_;
    std::map<std::string, int> open_;
    std::int64_t newest_ = 0;
    std::thread thread_;  // the last: it uses all the others
};

EventHub::EventHub(EventHubOptions options) : pump_{std::make_unique<Pump>(options)} {}
EventHub::~EventHub() = default;

void EventHub::post(const std::string& topic, StreamEvent event) {
    pump_->post(topic, std::move(event));
}
bool EventHub::isOpen(const std::string& topic) const {
    return pump_->isOpen(topic);
}
std::size_t EventHub::streams() const {
    return pump_->streams();
}
std::int64_t EventHub::open(const std::string& topic) {
    return pump_->open(topic);
}
void EventHub::attach(std::int64_t stream, const Poco::Net::StreamSocket& socket, std::vector<StreamEvent> earlier) {
    pump_->attach(stream, socket, std::move(earlier));
}
void EventHub::abandon(std::int64_t stream) {
    pump_->abandon(stream);
}

}  // namespace loa

// From the second person's word to the bytes at the last station: an emergency to all stations of an office that
// listen, over TLS, 14 and 1,000 of them. Everything is as in the product: what is stored is durable first, each
// station's document is signed for it alone, one hub has all streams. The stations are sockets of this process, read
// one after the other on the main thread, so that what they take of the same cores counts against us.
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "api/http/server.h"
#include "api/routes/event_lines.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/send_order.h"
#include "scheduler/storage/order_template_repository.h"
#include "tests/bench/median.h"
#include "tests/bench/result.h"
#include "tests/scheduler/setup/office_case.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::bench;
using namespace loa::test;

namespace {

Response listen(const Request& request, Scheduler&) {
    return Response::events({request.pathValue("station"), [] { return std::vector<StreamEvent>{}; }});
}
constexpr Route<Scheduler> streams[] = {{Method::get, "/{station}", Access::anyone, listen}};

class ListeningOffice {
public:
    explicit ListeningOffice(int stations) {
        for (int i = 0; i < stations; ++i) {
            const StationId station{"tram-" + std::to_string(i)};
            office_.addStation(station.text(), "tan-hue");
            targets_.emplace_back(station);
        }
        router_.add(streams, [this](const Request&, const auto&) -> Scheduler& { return office_.scheduler; });
        ListenerOptions options;
        options.tls = TlsFiles{files_.files.server, files_.files.serverKey};
        options.maxConnectionsPerAddress = 0;
        options.events = &hub_;
        server_.emplace(router_, options);
        server_->start();
        Poco::Net::Context::Params params;
        params.caLocation = files_.files.ca;
        params.loadDefaultCAs = false;
        const auto context = Poco::makeAuto<Poco::Net::Context>(Poco::Net::Context::TLS_CLIENT_USE, params);
        for (const auto& target : targets_) connect(context, std::get<StationId>(target));
        std::cerr << hub_.streams() << " stations listen\n";
    }

    /// Milliseconds from the confirmation to the last station.
    double tellAll() {
        auto lan = actor("lan");
        auto minh = actor("minh");
        OrderWish wish;
        wish.targets = targets_;
        wish.from = template_;
        wish.validFor = std::chrono::minutes{10};
        const auto made = makeOrder(lan, wish);
        return millisecondsFor([&] {
            confirmOrder(minh, made.id, OrderType::emergency);
            for (auto& socket : sockets_) readTo(socket, "\"}]}\n\n");
        });
    }

private:
    Scheduler actor(const char* name) {
        Scheduler own{
            office_.database,      office_.journal, office_.clock,  office_.key,  office_.shelf, office_.media,
            office_.planChanges,   office_.feeds,   office_.served, office_.door, lines_,        "UTC",
            std::chrono::hours{48}};
        own.actor = {Actor::Kind::person, name, "10.0.0.1"};
        return own;
    }
    TemplateId approved() {
        const OrderTemplate made{TemplateId{std::string(16, '1')},
                                 OrderType::emergency,
                                 "Xả lũ khẩn cấp",
                                 {MediaId{std::string(64, 'a')}, 187'512, 1'500'000},
                                 {},
                                 "lan",
                                 office_.clock.now(),
                                 "binh",
                                 office_.clock.now()};
        office_.database.write(
            [&](WriteTransaction& transaction) { OrderTemplateRepository::save(transaction, made); });
        return made.id;
    }
    void connect(const Poco::Net::Context::Ptr& context, const StationId& station) {
        Poco::Net::SecureStreamSocket socket{Poco::Net::SocketAddress{"127.0.0.1", server_->port()}, "localhost",
                                             context};
        socket.setReceiveTimeout(Poco::Timespan{30, 0});
        const auto request = "GET /" + station.text() + " HTTP/1.1\r\nHost: loa\r\n\r\n";
        socket.sendBytes(request.data(), static_cast<int>(request.size()));
        readTo(socket, ":\n\n");
        sockets_.push_back(socket);
    }
    static void readTo(Poco::Net::SecureStreamSocket& socket, const std::string& end) {
        std::array<char, 8192> block{};
        for (std::string read; !read.ends_with(end);) {
            const int got = socket.receiveBytes(block.data(), static_cast<int>(block.size()));
            if (got <= 0) throw std::runtime_error{"a station was cut off"};
            read.append(block.data(), static_cast<std::size_t>(got));
        }
    }

    Office files_;
    TestOffice office_;
    EventHub hub_{{.commentEvery = std::chrono::hours{1}}};  // nothing but orders is read
    EventLines lines_{hub_};
    TemplateId template_ = approved();
    std::vector<Target> targets_;
    Router router_{[](const Credential&) { return Principal{}; }, [](const std::string&) {}};
    std::optional<Server> server_;
    std::vector<Poco::Net::SecureStreamSocket> sockets_;
};

double worstOf(ListeningOffice& office, int orders) {
    std::vector<double> took;
    for (int i = 0; i < orders; ++i) took.push_back(office.tellAll());
    std::cerr << "median " << median(took) << " ms\n";
    return *std::ranges::max_element(took);
}

}  // namespace

int main() {
    ListeningOffice district{14};
    const double few = worstOf(district, 50);
    print({"order to 14 stations, worst of 50", few, 500, "limit", "ms", "<= 500 ms", few <= 500});
    ListeningOffice province{1'000};
    const double many = worstOf(province, 10);
    print({"order to 1,000 stations, worst of 10", many, 1'500, "limit", "ms", "<= 1,500 ms", many <= 1'500});
}

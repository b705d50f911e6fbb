// The only requests of a station that are made without a token, and the only one to a server that nobody vouches for.
#include "player/uplink/first_contact.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include "api/wire/json.h"
#include "player/uplink/http_connection.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr const char* path = "/v1/enrolment";
constexpr std::size_t answerLimit = 64 * 1024;
constexpr int patienceSeconds = 15;

Error noAnswer(const std::string& why) {
    return {Fault::unavailable,
            "no-answer",
            {"Máy chủ của văn phòng không trả lời. Kiểm tra địa chỉ, mạng và đồng hồ của máy này rồi thử lại.",
             "the office's server does not answer; check its address, the network and this machine's clock: " + why}};
}

std::unique_ptr<Poco::Net::HTTPClientSession> toAnybody(const Poco::URI& uri) {
    using namespace Poco::Net;
    if (uri.getScheme() == "http") return std::make_unique<HTTPClientSession>(uri.getHost(), uri.getPort());
    initializeSSL();
    Context::Ptr context{new Context{Context::TLS_CLIENT_USE, "", "", "", Context::VERIFY_NONE, 1, false}};
    context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
    return std::make_unique<HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

/// The office's own words, where it has any.
Error refusal(const HttpConnection::Response& answer) {
    try {
        const Json problem = parseJson(answer.body);
        return {Fault::forbidden,
                "enrolment-refused",
                {problem.at("vi").get<std::string>(), problem.at("en").get<std::string>()}};
    } catch (const std::exception&) {
        return noAnswer("HTTP " + std::to_string(answer.status));
    }
}

}  // namespace

std::string askOfficeCa(const std::string& server) {
    try {
        const auto session = toAnybody(Poco::URI{server});
        session->setTimeout(Poco::Timespan{patienceSeconds, 0});
        Poco::Net::HTTPRequest request{"GET", path, Poco::Net::HTTPMessage::HTTP_1_1};
        session->sendRequest(request);
        Poco::Net::HTTPResponse response;
        auto& in = session->receiveResponse(response);
        std::string text(answerLimit, '\0');
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(in.gcount()));
        const Json json = parseJson(text);
        return ObjectReader{json, ""}.text("officeCa", answerLimit);
    } catch (const Poco::Exception& fault) {
        throw noAnswer(fault.displayText());
    }
}

std::string postEnrolment(const std::string& server, const std::filesystem::path& officeCa,
                          const std::string& request) {
    const std::atomic<bool> datesCount{false};  // a box without a clock enrols too
    HttpConnection connection{{server, officeCa, "", StationId{}}, datesCount};
    HttpConnection::Response answer;
    try {
        answer = connection.exchange({"POST", path, request}, answerLimit);
    } catch (const Poco::Exception& fault) {
        throw noAnswer(fault.displayText());
    } catch (const std::exception& fault) {
        throw noAnswer(fault.what());
    }
    if (answer.status != 201) throw refusal(answer);
    return answer.body;
}

}  // namespace loa

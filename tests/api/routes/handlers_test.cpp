// What each handler answers, through the router, without a socket.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

std::vector<std::string> ids(const Json& list) {
    std::vector<std::string> found;
    for (const auto& entry : list) found.push_back(entry.at("id"));
    return found;
}

constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";

}  // namespace

TEST_CASE("areas: one is made, changed, listed by id and removed") {
    Served served;
    CHECK(served.ask(Method::put, "/v1/areas/phu-loi", R"({"name":" xã  Phú Lợi ","parent":"thanh-binh"})").status() ==
          200);
    const auto area = served.json(Method::get, "/v1/areas/phu-loi");
    CHECK(area.at("name") == "xã Phú Lợi");
    CHECK(area.at("parent") == "thanh-binh");
    served.ask(Method::put, "/v1/areas/phu-loi", R"({"name":"Phú Lợi","validTo":"2025-06-30"})");
    CHECK(served.json(Method::get, "/v1/areas/phu-loi").at("validTo") == "2025-06-30");
    CHECK_FALSE(served.json(Method::get, "/v1/areas/phu-loi").contains("parent"));
    CHECK(ids(served.json(Method::get, "/v1/areas").at("areas")) ==
          std::vector<std::string>{"an-phong", "phu-loi", "tan-hue", "thanh-binh"});
    CHECK(served.ask(Method::delete_, "/v1/areas/phu-loi").status() == 204);
    CHECK(served.refusal(Method::get, "/v1/areas/phu-loi") == "no-such-area");
}

TEST_CASE("areas: what cannot be is refused by name, and a name is measured in characters") {
    Served served;
    const auto put = [&](const std::string& body) { return served.refusal(Method::put, "/v1/areas/x", body); };
    CHECK(put(R"({"name":"x","parent":"nowhere"})") == "unknown-area");
    CHECK(put(R"({"name":"x","colour":"red"})") == "malformed-json");
    CHECK(put(R"({"parent":"thanh-binh"})") == "malformed-json");
    CHECK(served.refusal(Method::put, "/v1/areas/X", R"({"name":"x"})") == "bad-id");
    CHECK(served.refusal(Method::delete_, "/v1/areas/thanh-binh") == "area-in-use");
    std::string name;
    for (int i = 0; i < 300; ++i) name += "ệ";
    CHECK(served.ask(Method::put, "/v1/areas/x", "{\"name\":\"" + name + "\"}").status() == 200);
    CHECK(put("{\"name\":\"" + name + "x\"}") == "title-too-long");
}

TEST_CASE("stations: one is made, changed and removed, and is listed with what it said") {
    Served served;
    const auto made = served.json(Method::put, "/v1/stations/tram", R"({"name":"Trạm","area":"tan-hue"})");
    CHECK(made.at("zone") == "Asia/Ho_Chi_Minh");
    served.ask(Method::put, "/v1/stations/tram", R"({"name":"Trạm 2","area":"tan-hue","zone":"Asia/Bangkok"})");
    CHECK(served.json(Method::get, "/v1/stations/tram").at("name") == "Trạm 2");
    CHECK(ids(served.json(Method::get, "/v1/stations").at("stations")) ==
          std::vector<std::string>{"an-phong", "tan-hue", "tram"});
    CHECK(served.ask(Method::delete_, "/v1/stations/tram").status() == 204);
    CHECK(served.refusal(Method::delete_, "/v1/stations/tram") == "no-such-station");
    CHECK(served.refusal(Method::put, "/v1/stations/y", R"({"name":"y","area":"nowhere"})") == "unknown-area");
    CHECK(served.refusal(Method::put, "/v1/stations/y", R"({"name":"y","area":"tan-hue","zone":"Mars"})") ==
          "unknown-zone");
}

TEST_CASE("plan: a station's slots, and what was refused with its reason in both languages") {
    Served served;
    served.office.addMedia('a', 31);
    importEvents(served.office.scheduler, TestOffice::calendar("1", daily), {});
    // The same hour a second time: one of the two gives way.
    importEvents(served.office.scheduler, TestOffice::calendar("2", daily), {});
    served.office.approveAll();
    const auto plan = served.json(Method::get, "/v1/stations/tan-hue/plan");
    CHECK(plan.at("slots").size() + plan.at("rejections").size() == 6);
    CHECK(plan.at("slots").size() >= 3);
    CHECK(plan.at("slots").at(0).at("at").at("start") == "2027-02-28T22:00:00Z");
    for (const auto& rejection : plan.at("rejections")) {
        CHECK_FALSE(rejection.at("vi").get<std::string>().empty());
        CHECK_FALSE(rejection.at("en").get<std::string>().empty());
    }
    CHECK(served.refusal(Method::get, "/v1/stations/nowhere/plan") == "no-such-station");
}

TEST_CASE("speech: it goes on as an upload does; no word, too many and no title are refused at once") {
    Served served{"/nowhere/loa-ingest"};
    const auto answer = served.ask(Method::post, "/v1/speech", R"({"title":"Tổng đài","text":"Gọi 1022 ngay."})");
    CHECK(answer.status() == 202);
    const auto upload = parseJson(answer.text());
    CHECK(upload.at("state") == "ingesting");
    CHECK(answer.header("Location") == "/v1/uploads/" + upload.at("id").get<std::string>());
    const auto refusal = [&](const std::string& title, const std::string& text) {
        return served.refusal(Method::post, "/v1/speech", dump({{"title", title}, {"text", text}}));
    };
    CHECK(refusal("Tổng đài", " ... ") == "speech-empty");
    CHECK(refusal(" ", "Gọi ngay.") == "no-name");
    std::string text;
    for (int i = 0; i < 8001; ++i) text += "ạ";
    CHECK(refusal("Tổng đài", text) == "speech-too-long");
    CHECK(served.refusal(Method::post, "/v1/speech", R"({"text":"x"})") == "malformed-json");
}

TEST_CASE("uploads: begun, sent piece by piece, and refused where the offset, the size or the type is wrong") {
    Served served{"/nowhere/loa-ingest"};
    const auto begun = served.ask(Method::post, "/v1/uploads", R"({"name":"a.wav","bytes":10})");
    CHECK(begun.status() == 201);
    const std::string path{begun.header("Location").value()};
    const auto patch = [&](const std::string& offset, const std::string& piece,
                           const std::string& type = "application/offset+octet-stream") {
        return served.ask(Request{Method::patch, path}
                              .withHeader("Upload-Offset", offset)
                              .withHeader("Content-Type", type)
                              .withBody(piece),
                          served.clerk);
    };
    CHECK(patch("0", "12345").status() == 200);
    CHECK(patch("0", "12345").status() == 409);
    CHECK(patch("5", "123456").status() == 413);
    CHECK(patch("-1", "1").status() == 400);
    CHECK(patch("9223372036854775807", "1").status() == 413);
    CHECK(patch("5", "1", "text/plain").status() == 415);
    CHECK(served.ask(Method::get, path).header("Upload-Offset") == "5");
    CHECK(parseJson(patch("5", "67890").text()).at("state") == "ingesting");
    CHECK(served.refusal(Method::post, "/v1/uploads", R"({"name":"a.wav","bytes":200000001})") == "media-too-large");
    CHECK(served.refusal(Method::get, "/v1/uploads/" + std::string(32, '0')) == "no-such-upload");
}

TEST_CASE("media: what misses the common loudness says so in both languages; what an event uses stays") {
    Served served;
    auto item = served.office.addMedia('a', 31);
    const auto path = "/v1/media/" + item.id.text();
    item.loudnessLufs = -20.2;
    served.office.database.write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
    const auto facts = served.json(Method::get, path + "/facts");
    CHECK(facts.at("notice").at("code") == "media-not-levelled");
    CHECK(facts.at("notice").at("vi").get<std::string>().find("nhỏ hơn các bản khác khoảng 4 dB") != std::string::npos);
    item.loudnessLufs = -16.4;
    served.office.database.write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
    CHECK_FALSE(served.json(Method::get, "/v1/media").at("media").at(0).contains("notice"));
    importEvents(served.office.scheduler, TestOffice::calendar("1", daily), {});
    CHECK(served.refusal(Method::delete_, path) == "media-in-use");
    removeEvent(served.office.scheduler, EventId{"1"});
    CHECK(served.ask(Method::delete_, path).status() == 204);
    CHECK(served.refusal(Method::delete_, path) == "no-such-media");
}

TEST_CASE("as-run: JSON with the lines and their counts, CSV with one header, and refusals before anything is sent") {
    Served served;
    served.office.addMedia('a', 31);
    importEvents(served.office.scheduler, TestOffice::calendar("1", daily), {});
    served.office.publishAll();
    const std::string days = "/v1/as-run?from=2027-01-01&to=2027-04-30";
    const auto report = served.json(Method::get, days);
    CHECK(report.at("from") == "2027-01-01");
    CHECK(report.at("lines").size() == 6);
    CHECK(report.at("lines").at(0).at("station") == "an-phong");
    CHECK(report.at("lines").at(1).at("station") == "tan-hue");
    CHECK(report.at("counts") == Json{{"unknown", 6}});
    const auto csv =
        whole(served.ask(Request{Method::get, days}.withHeader("Accept", "text/csv, */*;q=0.1"), served.clerk));
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 7);
    CHECK(csv.find("\xEF\xBB\xBF", 1) == std::string::npos);
    CHECK(served.json(Method::get, "/v1/as-run?from=2026-01-01&to=2026-12-31").at("lines").empty());
    CHECK(served.refusal(Method::get, days + "&station=nowhere") == "no-such-station");
    CHECK(served.refusal(Method::get, days + "&area=nowhere") == "no-such-area");
    CHECK(served.refusal(Method::get, "/v1/as-run?from=2027-01-01&to=2017-01-01") == "bad-period");
    CHECK(served.refusal(Method::get, "/v1/as-run?from=2027-01-01") == "bad-instant");
}

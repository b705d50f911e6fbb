// What is written short in announcements of communes and districts, and how it is said. Only tables; pure.
#include "scheduler/media/spoken_words.h"

#include <algorithm>
#include <iterator>

namespace loa {
namespace {

struct Row {
    std::string_view written;
    std::string_view said;
};

constexpr Row abbreviations[] = {
    {"UBND", "ủy ban nhân dân"},
    {"HĐND", "hội đồng nhân dân"},
    {"UBMTTQ", "ủy ban mặt trận tổ quốc"},
    {"MTTQ", "mặt trận tổ quốc"},
    {"VH-TT", "văn hóa thông tin"},
    {"VHTT", "văn hóa thông tin"},
    {"VHTTDL", "văn hóa thể thao và du lịch"},
    {"VH-TT&DL", "văn hóa thể thao và du lịch"},
    {"TT&TT", "thông tin và truyền thông"},
    {"TTTT", "thông tin truyền thông"},
    {"BTTTT", "bộ thông tin truyền thông"},
    {"TP", "thành phố"},
    {"Tp", "thành phố"},
    {"TPHCM", "thành phố Hồ Chí Minh"},
    {"HCM", "Hồ Chí Minh"},
    {"TX", "thị xã"},
    {"Tx", "thị xã"},
    {"TTr", "thị trấn"},
    {"QĐ", "quyết định"},
    {"NĐ", "nghị định"},
    {"NĐ-CP", "nghị định chính phủ"},
    {"CP", "chính phủ"},
    {"NQ", "nghị quyết"},
    {"CT", "chỉ thị"},
    {"CV", "công văn"},
    {"KH", "kế hoạch"},
    {"BC", "báo cáo"},
    {"TB", "thông báo"},
    {"HD", "hướng dẫn"},
    {"TTg", "thủ tướng"},
    {"TW", "trung ương"},
    {"TƯ", "trung ương"},
    {"HC", "hành chính"},
    {"TTHC", "thủ tục hành chính"},
    {"KSTTHC", "kiểm soát thủ tục hành chính"},
    {"CCHC", "cải cách hành chính"},
    {"DVC", "dịch vụ công"},
    {"BPTN&TKQ", "bộ phận tiếp nhận và trả kết quả"},
    {"VP", "văn phòng"},
    {"LĐVP", "lãnh đạo văn phòng"},
    {"BHYT", "bảo hiểm y tế"},
    {"BHXH", "bảo hiểm xã hội"},
    {"BHTN", "bảo hiểm thất nghiệp"},
    {"CMND", "chứng minh nhân dân"},
    {"CCCD", "căn cước công dân"},
    {"GPLX", "giấy phép lái xe"},
    {"ANTT", "an ninh trật tự"},
    {"ATGT", "an toàn giao thông"},
    {"ATTP", "an toàn thực phẩm"},
    {"PCCC", "phòng cháy chữa cháy"},
    {"CNCH", "cứu nạn cứu hộ"},
    {"PCTT", "phòng chống thiên tai"},
    {"TKCN", "tìm kiếm cứu nạn"},
    {"BCH", "ban chỉ huy"},
    {"BCĐ", "ban chỉ đạo"},
    {"KT-XH", "kinh tế xã hội"},
    {"NTM", "nông thôn mới"},
    {"HTX", "hợp tác xã"},
    {"NN&PTNT", "nông nghiệp và phát triển nông thôn"},
    {"TNMT", "tài nguyên môi trường"},
    {"TN&MT", "tài nguyên và môi trường"},
    {"GDĐT", "giáo dục đào tạo"},
    {"GD&ĐT", "giáo dục và đào tạo"},
    {"LĐTBXH", "lao động thương binh và xã hội"},
    {"NHCSXH", "ngân hàng chính sách xã hội"},
    {"THCS", "trung học cơ sở"},
    {"THPT", "trung học phổ thông"},
    {"LHPN", "liên hiệp phụ nữ"},
    {"CNTT", "công nghệ thông tin"},
    {"TNHH", "trách nhiệm hữu hạn"},
    {"VNPT", "vê nờ pê tê"},
    {"SĐT", "số điện thoại"},
    {"ĐT", "điện thoại"},
    {"QL", "quốc lộ"},
    {"STT", "số thứ tự"},
    {"TS", "tiến sĩ"},
    {"ThS", "thạc sĩ"},
    {"BS", "bác sĩ"},
    {"COVID", "cô vít"},
    {"Covid", "cô vít"},
    {"TV", "ti vi"},
    {"FM", "ép em"},
    {"SMS", "tin nhắn"},
    {"USD", "đô la Mỹ"},
    {"VNĐ", "đồng"},
    {"VND", "đồng"},
    {"Q", "quận"},
    {"P", "phường"},
    {"H", "huyện"},
};

constexpr Row units[] = {
    {"%", "phần trăm"},
    {"‰", "phần nghìn"},
    {"km", "ki lô mét"},
    {"m", "mét"},
    {"dm", "đề xi mét"},
    {"cm", "xen ti mét"},
    {"mm", "mi li mét"},
    {"m2", "mét vuông"},
    {"m²", "mét vuông"},
    {"km2", "ki lô mét vuông"},
    {"km²", "ki lô mét vuông"},
    {"m3", "mét khối"},
    {"m³", "mét khối"},
    {"ha", "héc ta"},
    {"kg", "ki lô gam"},
    {"g", "gam"},
    {"mg", "mi li gam"},
    {"l", "lít"},
    {"ml", "mi li lít"},
    {"đ", "đồng"},
    {"₫", "đồng"},
    {"VNĐ", "đồng"},
    {"VND", "đồng"},
    {"USD", "đô la Mỹ"},
    {"$", "đô la"},
    {"kW", "ki lô oát"},
    {"kWh", "ki lô oát giờ"},
    {"MHz", "mê ga héc"},
    {"V", "vôn"},
    {"W", "oát"},
    {"°C", "độ xê"},
    {"°", "độ"},
    {"h", "giờ"},
    {"s", "giây"},
    {"ngày", "ngày"},
    {"giờ", "giờ"},
    {"người", "người"},
    {"tháng", "tháng"},
    {"năm", "năm"},
    {"đồng", "đồng"},
    {"MB", "mê ga bai"},
    {"GB", "gi ga bai"},
};

constexpr Row addressParts[] = {
    {"dongthap", "đồng tháp"},
    {"thanhbinh", "thanh bình"},
    {"baodongthap", "báo đồng tháp"},
    {"dichvucong", "dịch vụ công"},
    {"www", "vê kép vê kép vê kép"},
    {"facebook", "phây búc"},
    {"zalo", "za lô"},
    {"gmail", "gờ meo"},
    {"com", "com"},
};

constexpr Row symbols[] = {
    {"&", "và"},   {"+", "cộng"}, {"=", "bằng"},      {"@", "a còng"},    {"<", "nhỏ hơn"}, {">", "lớn hơn"},
    {"×", "nhân"}, {"≥", "từ"},   {"≤", "không quá"}, {"%", "phần trăm"}, {"°", "độ"},
};

// Consonants only: with a vowel in it, capitals may well be a word ("THÔNG BÁO").
constexpr Row letters[] = {
    {"B", "bê"}, {"C", "xê"}, {"D", "dê"}, {"Đ", "đê"}, {"F", "ép"},     {"G", "giê"},    {"H", "hát"},
    {"J", "gi"}, {"K", "ca"}, {"L", "lờ"}, {"M", "mờ"}, {"N", "nờ"},     {"P", "pê"},     {"Q", "quy"},
    {"R", "rờ"}, {"S", "sờ"}, {"T", "tê"}, {"V", "vê"}, {"W", "vê kép"}, {"X", "ích xì"}, {"Z", "dét"},
};

template <std::size_t count>
std::string_view find(const Row (&table)[count], std::string_view written) {
    const auto row =
        std::find_if(std::begin(table), std::end(table), [&](const Row& each) { return each.written == written; });
    return row == std::end(table) ? std::string_view{} : row->said;
}

}  // namespace

std::string_view abbreviationWords(std::string_view abbreviation) {
    return find(abbreviations, abbreviation);
}
std::string_view unitWords(std::string_view unit) {
    return find(units, unit);
}
std::string_view addressWords(std::string_view label) {
    return find(addressParts, label);
}
std::string_view symbolWords(std::string_view symbol) {
    return find(symbols, symbol);
}

bool isHotline(std::string_view digits, std::string_view before) {
    if (digits == "1022") return true;
    const bool isFree = digits.size() >= 6 && (digits.starts_with("1800") || digits.starts_with("1900"));
    if (isFree) return true;
    constexpr std::string_view callers[] = {"số", "gọi", "đài", "nóng", "thoại", "máy", "hotline"};
    const bool isCalled = std::find(std::begin(callers), std::end(callers), before) != std::end(callers);
    constexpr std::string_view services[] = {"111", "112", "113", "114", "115", "116", "119"};
    return isCalled && std::find(std::begin(services), std::end(services), digits) != std::end(services);
}

std::string spelled(std::string_view capitals) {
    std::string text;
    for (std::size_t at = 0; at < capitals.size();) {
        const std::size_t bytes = static_cast<unsigned char>(capitals[at]) < 0x80 ? 1 : 2;
        const auto name = find(letters, capitals.substr(at, bytes));
        if (name.empty()) return {};
        text += (text.empty() ? "" : " ") + std::string{name};
        at += bytes;
    }
    return text;
}

}  // namespace loa

// 256 words, one for each byte: Vietnamese syllables as they look without marks, so that they can be read aloud, heard
// over a bad line and shown by any terminal.
#include "api/enrolment/six_words.h"

#include <array>

#include "api/signing/signing.h"

namespace loa {
namespace {

// clang-format off
constexpr std::array<std::string_view, 256> words{
    "anh", "bac", "ban", "bao", "bap", "bea", "beo", "bep", "bia", "bien", "binh", "boc", "bong", "bot", "bui",
    "bun", "buoi", "buom", "but", "canh", "cap", "cau", "cay", "chai", "cham", "chan", "chanh", "chao", "che",
    "chen", "cheo", "chi", "chieu", "chim", "chin", "cho", "choi", "chong", "chua", "chuc", "chum", "chuoi",
    "chuong", "coc", "com", "con", "cot", "cua", "cui", "cung", "cuoc", "dan", "dao", "dat", "dau", "dem", "deo",
    "dep", "dia", "diem", "dien", "dinh", "doi", "dom", "don", "dua", "duc", "dui", "dung", "duoc", "duong", "gac",
    "gach", "gai", "gan", "gao", "gia", "giay", "gio", "gioi", "giong", "gom", "gon", "ham", "hanh", "hat", "hau",
    "heo", "hien", "hoa", "hoc", "hop", "hot", "hue", "hung", "huong", "kem", "keo", "ket", "khach", "khay", "khe",
    "kho", "khoai", "khoi", "khom", "kim", "lac", "lai", "lam", "lang", "lat", "len", "lich", "liem", "linh", "loa",
    "lop", "lua", "luc", "lui", "lung", "luoi", "luong", "mai", "mang", "mat", "may", "men", "meo", "mia", "mien",
    "moc", "mom", "mong", "muc", "mun", "muoi", "muon", "nai", "nam", "nang", "nem", "nen", "nep", "ngai", "ngan",
    "ngay", "nghe", "ngo", "ngoi", "ngon", "ngua", "nha", "nhac", "nhan", "nhanh", "nhay", "nho", "noi", "nong",
    "nui", "nuoc", "ong", "pha", "phai", "phan", "phao", "phat", "pho", "phoi", "phong", "phuc", "quan", "quang",
    "quat", "que", "quoc", "rach", "rang", "rau", "ray", "ren", "reo", "rieng", "roi", "rom", "ruoc", "ruong",
    "ruou", "sac", "sach", "sam", "sang", "sao", "sen", "song", "sua", "sung", "suoi", "tan", "tao", "tay", "tet",
    "thac", "thang", "thanh", "thap", "thau", "theo", "thep", "thi", "thoc", "thom", "thon", "thu", "thuoc",
    "thuyen", "tia", "tien", "tieu", "tim", "tinh", "toc", "toi", "trai", "tram", "trau", "tre", "trong", "trung",
    "tua", "tuoi", "tuong", "ung", "vai", "vang", "vay", "vien", "viet", "voi", "von", "vua", "vun", "vuon", "xanh",
    "xau", "xem", "xep", "xoai", "xom", "xong", "xuan", "xuong", "yen", "yeu"};
// clang-format on

constexpr std::size_t wordCount = 6;

}  // namespace

std::string sixWords(std::string_view stationKey, std::string_view officeKey) {
    const auto digest = blake2bHex("loa:six-words:1\n" + std::string{stationKey} + '\n' + std::string{officeKey});
    std::string text;
    for (std::size_t i = 0; i < wordCount; ++i) {
        const auto byte = std::stoul(digest.substr(2 * i, 2), nullptr, 16);
        text.append(text.empty() ? "" : " ").append(words.at(byte));
    }
    return text;
}

}  // namespace loa

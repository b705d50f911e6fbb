#include <doctest/doctest.h>

#include "scheduler/media/speech.h"

using namespace loa;

namespace {

struct Row {
    const char* written;
    const char* said;
};

template <std::size_t count>
void checkAll(const Row (&rows)[count]) {
    for (const auto& row : rows) {
        CAPTURE(row.written);
        CHECK(spokenForm(row.written) == row.said);
    }
}

}  // namespace

TEST_CASE("spoken form: numbers, grouped, with decimals, with leading zeros") {
    checkAll({
        {"0", "không"},
        {"5", "năm"},
        {"10", "mười"},
        {"15", "mười lăm"},
        {"21", "hai mươi mốt"},
        {"24", "hai mươi bốn"},
        {"55", "năm mươi lăm"},
        {"101", "một trăm lẻ một"},
        {"110", "một trăm mười"},
        {"1005", "một nghìn không trăm lẻ năm"},
        {"1.096", "một nghìn không trăm chín mươi sáu"},
        {"1.234.567", "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy"},
        {"1.000.005", "một triệu không trăm lẻ năm"},
        {"2.000.000.000", "hai tỷ"},
        {"3.000.000.000.000", "ba nghìn tỷ"},
        {"1.500 hộ", "một nghìn năm trăm hộ"},
        {"12,5", "mười hai phẩy năm"},
        {"3,14", "ba phẩy mười bốn"},
        {"0,05", "không phẩy không năm"},
        {"1.234,5", "một nghìn hai trăm ba mươi bốn phẩy năm"},
        {"05 bao", "năm bao"},
        {"007", "không không bảy"},
        {"12345678901234567890", "một hai ba bốn năm sáu bảy tám chín không một hai ba bốn năm sáu bảy tám chín không"},
        {"từ 5-10 người", "từ năm đến mười người"},
        {"5 - 10 người", "năm đến mười người"},
        {"lạnh -5 độ", "lạnh âm năm độ"},
        {"1/2 diện tích", "một phần hai diện tích"},
        {"2, 3 và 4.", "hai, ba và bốn."},
    });
}

TEST_CASE("spoken form: percent, units and money") {
    checkAll({
        {"12,5 %", "mười hai phẩy năm phần trăm"},
        {"100%", "một trăm phần trăm"},
        {"10-15%", "mười đến mười lăm phần trăm"},
        {"30 km", "ba mươi ki lô mét"},
        {"1.200m2", "một nghìn hai trăm mét vuông"},
        {"50 m² đất", "năm mươi mét vuông đất"},
        {"40 km/h", "bốn mươi ki lô mét một giờ"},
        {"37,5°C", "ba mươi bảy phẩy năm độ xê"},
        {"2 ha", "hai héc ta"},
        {"1.000đ", "một nghìn đồng"},
        {"20.000 đồng", "hai mươi nghìn đồng"},
        {"12.000 đồng/kg", "mười hai nghìn đồng một ki lô gam"},
        {"500.000 VNĐ", "năm trăm nghìn đồng"},
        {"3 ml/ngày", "ba mi li lít một ngày"},
    });
}

TEST_CASE("spoken form: ordinals and Roman numerals") {
    checkAll({
        {"lần thứ 1", "lần thứ nhất"},
        {"thứ 4 hằng tuần", "thứ tư hằng tuần"},
        {"Thứ 2", "Thứ hai"},
        {"quý 4", "quý tư"},
        {"quý IV", "quý tư"},
        {"Đại hội lần thứ XIII", "Đại hội lần thứ mười ba"},
        {"thế kỷ XX", "thế kỷ hai mươi"},
        {"khóa XII", "khóa mười hai"},
    });
}

TEST_CASE("spoken form: days, months and years") {
    checkAll({
        {"26/3/2020", "ngày hai mươi sáu tháng ba năm hai nghìn không trăm hai mươi"},
        {"ngày 26/3/2020", "ngày hai mươi sáu tháng ba năm hai nghìn không trăm hai mươi"},
        {"ngày 05/02", "ngày mùng năm tháng hai"},
        {"Ngày 06/3/2020,", "Ngày mùng sáu tháng ba năm hai nghìn không trăm hai mươi,"},
        {"ngày 28 tháng 02 năm 2020", "ngày hai mươi tám tháng hai năm hai nghìn không trăm hai mươi"},
        {"ngày 05 tháng 4", "ngày mùng năm tháng tư"},
        {"từ 26/3 đến 28/3", "từ ngày hai mươi sáu tháng ba đến ngày hai mươi tám tháng ba"},
        {"ngày 26-28/3", "ngày hai mươi sáu đến hai mươi tám tháng ba"},
        {"sáng 01/6", "sáng ngày mùng một tháng sáu"},
        {"26-3-2020", "ngày hai mươi sáu tháng ba năm hai nghìn không trăm hai mươi"},
        {"tháng 02/2020", "tháng hai năm hai nghìn không trăm hai mươi"},
        {"12/2019", "tháng mười hai năm hai nghìn không trăm mười chín"},
        {"tháng 4", "tháng tư"},
        {"trực 24/7", "trực hai mươi bốn trên bảy"},
        {"32/13/2020", "ba mươi hai trên mười ba trên hai nghìn không trăm hai mươi"},
    });
}

TEST_CASE("spoken form: times of day") {
    checkAll({
        {"17:00", "mười bảy giờ"},
        {"lúc 05:00 sáng", "lúc năm giờ sáng"},
        {"17:05", "mười bảy giờ năm phút"},
        {"17:13:20", "mười bảy giờ mười ba phút hai mươi giây"},
        {"05:00–05:45", "năm giờ đến năm giờ bốn mươi lăm phút"},
        {"05 giờ 30", "năm giờ ba mươi phút"},
        {"05 giờ 30 phút", "năm giờ ba mươi phút"},
        {"7h30", "bảy giờ ba mươi phút"},
        {"17h, thứ 6", "mười bảy giờ, thứ sáu"},
        {"24 giờ", "hai mươi bốn giờ"},
        {"từ 7h-11h", "từ bảy giờ đến mười một giờ"},
        {"7h00 ngày 02/9", "bảy giờ ngày mùng hai tháng chín"},
    });
}

TEST_CASE("spoken form: hotlines and telephone numbers are called, not counted") {
    checkAll({
        {"1022", "một không hai hai"},
        {"Tổng đài 1022.", "Tổng đài một không hai hai."},
        {"1.022 người", "một nghìn không trăm hai mươi hai người"},
        {"gọi 114", "gọi một một bốn"},
        {"114 hộ", "một trăm mười bốn hộ"},
        {"0277 3 834 567", "không hai bảy bảy, ba, tám ba bốn, năm sáu bảy"},
        {"(0277) 3834567", "không hai bảy bảy, ba tám ba bốn năm sáu bảy"},
        {"0912.345.678", "không chín một hai, ba bốn năm, sáu bảy tám"},
        {"0912345678, gặp ông An", "không chín một hai ba bốn năm sáu bảy tám, gặp ông An"},
        {"+84 277 3834567", "cộng tám bốn, hai bảy bảy, ba tám ba bốn năm sáu bảy"},
        {"19001022", "một chín không không một không hai hai"},
    });
}

TEST_CASE("spoken form: abbreviations of offices, and capitals that make no word") {
    checkAll({
        {"UBND huyện", "ủy ban nhân dân huyện"},
        {"HĐND và UBND", "hội đồng nhân dân và ủy ban nhân dân"},
        {"Phòng VH-TT huyện", "Phòng văn hóa thông tin huyện"},
        {"TP. Cao Lãnh", "thành phố Cao Lãnh"},
        {"TP Sa Đéc, TX Hồng Ngự", "thành phố Sa Đéc, thị xã Hồng Ngự"},
        {"TT Thanh Bình", "thị trấn Thanh Bình"},
        {"TT. Thanh Bình", "thị trấn Thanh Bình"},
        {"TT.HU, TT.HĐND", "thường trực HU, thường trực hội đồng nhân dân"},
        {"TT y tế", "trung tâm y tế"},
        {"TTHC", "thủ tục hành chính"},
        {"thẻ BHYT", "thẻ bảo hiểm y tế"},
        {"QĐ số 5", "quyết định số năm"},
        {"số 64/UBND-KSTTHC", "số sáu mươi bốn trên ủy ban nhân dân kiểm soát thủ tục hành chính"},
        {"30/2020/NĐ-CP", "ba mươi trên hai nghìn không trăm hai mươi trên nghị định chính phủ"},
        {"22/2021/TT-BTTTT",
         "hai mươi hai trên hai nghìn không trăm hai mươi mốt trên thông tư bộ thông tin truyền thông"},
        {"NN&PTNT", "nông nghiệp và phát triển nông thôn"},
        {"COVID-19", "cô vít mười chín"},
        {"QL30", "quốc lộ ba mươi"},
        {"sóng FM 96,2 MHz", "sóng ép em chín mươi sáu phẩy hai mê ga héc"},
        {"GS", "giê sờ"},
        {"THÔNG BÁO", "THÔNG BÁO"},
        {"Q. 5", "Q. năm"},
    });
}

TEST_CASE("spoken form: web and mail addresses") {
    checkAll({
        {"1022.dongthap.gov.vn", "một không hai hai chấm đồng tháp chấm gov chấm vn"},
        {"https://1022.dongthap.gov.vn/", "một không hai hai chấm đồng tháp chấm gov chấm vn"},
        {"Xem dongthap.gov.vn.", "Xem đồng tháp chấm gov chấm vn."},
        {"1022@dongthap.gov.vn", "một không hai hai a còng đồng tháp chấm gov chấm vn"},
    });
}

TEST_CASE("spoken form: everything else stays as it is") {
    checkAll({
        {"", ""},
        {"  Kính mời  bà con.  ", "Kính mời bà con."},
        {"báo cáo ./.", "báo cáo"},
        {"văn hóa và/hoặc thể thao", "văn hóa và hoặc thể thao"},
        {"(có 3 người)", "(có ba người)"},
        {"Một dòng.\nHai dòng.", "Một dòng.\nHai dòng."},
        {"a\xFF\xC3", "a\xFF\xC3"},
        {"xã Tân Huề – huyện Thanh Bình", "xã Tân Huề – huyện Thanh Bình"},
    });
}

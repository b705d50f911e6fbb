// The letters of a code. The last is the remainder modulo 37 of the number that the others are: of the 37 only the 32
// that have a letter are used, so that nobody has to say "dollar sign"; a code that would need another is drawn anew.
#include "api/enrolment/code.h"

#include <algorithm>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t nameLetters = 3;
constexpr std::size_t secretLetters = 16;
constexpr std::size_t codeLetters = nameLetters + secretLetters + 1;
constexpr std::size_t groupLetters = 4;
constexpr std::size_t checkModulus = 37;

std::size_t checkOf(std::string_view code) {
    std::size_t rest = 0;
    for (const char letter : code) rest = (rest * letters.size() + letters.find(letter)) % checkModulus;
    return rest;
}

/// Without its check.
std::string randomLetters() {
    const auto random = randomHex(codeLetters - 1);
    std::string code;
    for (std::size_t i = 0; i + 1 < random.size(); i += 2)
        code += letters[static_cast<std::size_t>(std::stoi(random.substr(i, 2), nullptr, 16)) % letters.size()];
    return code;
}

/// As the alphabet has it; what is in no alphabet stays.
std::string plain(std::string_view typed) {
    std::string code;
    for (char letter : typed) {
        if (letter == '-' || letter == ' ') continue;
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        if (letter == 'O') letter = '0';
        if (letter == 'I' || letter == 'L') letter = '1';
        code += letter;
    }
    return code;
}

}  // namespace

std::string makeEnrolmentCode() {
    auto code = randomLetters();
    while (checkOf(code) >= letters.size()) code = randomLetters();
    code += letters[checkOf(code)];
    for (auto at = groupLetters; at < code.size(); at += groupLetters + 1) code.insert(at, 1, '-');
    return code;
}

EnrolmentCode readEnrolmentCode(std::string_view typed) {
    const auto code = plain(typed);
    const bool isWhole = code.size() == codeLetters && code.find_first_not_of(letters) == std::string::npos;
    if (!isWhole || checkOf(std::string_view{code}.substr(0, codeLetters - 1)) != letters.find(code.back()))
        throw Error{Fault::invalid,
                    "bad-code",
                    {"Mã ghi danh gõ chưa đúng. Xem lại từng nhóm bốn ký tự rồi gõ lại.",
                     "the enrolment code was mistyped; compare it group by group and type it again"}};
    return {code.substr(0, nameLetters), SigningKey::fromSeed("loa:enrolment-code:1\n" + code)};
}

}  // namespace loa

// A box's identity on disk. Files are written beside and renamed, identity.json last: it is there, or whole, or what it
// was.
#include "player/identity.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "api/enrolment/proof.h"
#include "api/enrolment/six_words.h"
#include "api/wire/json.h"
#include "player/uplink/first_contact.h"
#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr mode_t forOwner = 0600;
constexpr mode_t forAll = 0644;
constexpr std::size_t longestText = 1000;

Error cannotWrite(const std::filesystem::path& file) {
    const std::string why = std::strerror(errno);
    return {Fault::unavailable,
            "cannot-write",
            {"Không ghi được " + file.string() + " (" + why + "). Kiểm tra quyền ghi và dung lượng đĩa.",
             "cannot write " + file.string() + " (" + why + ")"}};
}

std::filesystem::path fresh(const std::filesystem::path& file) {
    return file.string() + ".new";
}

/// Durable when it returns, under its fresh name.
void writeFresh(const std::filesystem::path& file, const std::string& content, mode_t mode) {
    const auto name = fresh(file);
    std::error_code unimportant;
    std::filesystem::remove(name, unimportant);
    const Descriptor descriptor{open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (!descriptor.valid() || fchmod(descriptor.get(), mode) != 0 ||
        write(descriptor.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
        fsync(descriptor.get()) != 0)
        throw cannotWrite(name);
}

void takeFresh(const std::filesystem::path& file) {
    if (rename(fresh(file).c_str(), file.c_str()) != 0) throw cannotWrite(file);
}

void syncFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor{open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!descriptor.valid() || fsync(descriptor.get()) != 0) throw cannotWrite(folder);
}

std::string linesOf(const std::vector<std::string>& keys) {
    std::string text;
    for (const auto& key : keys) text += key + '\n';
    return text;
}

}  // namespace

Identity loadIdentity(const std::filesystem::path& file) {
    std::ifstream in{file};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    try {
        const Json json = parseJson(text);
        ObjectReader reader{json, ""};
        return {StationId{reader.text("station", longestText)}, reader.integer("identity", 1, INT64_MAX),
                SigningKey::fromText(reader.text("key", longestText)), reader.text("token", longestText)};
    } catch (const Error& error) {
        throw Error{Fault::invalid,
                    "no-identity",
                    {"Máy này chưa ghi danh, hoặc tệp " + file.string() +
                         " đã hỏng. Chạy loa-player enrol với mã của "
                         "văn phòng.",
                     "this box has not enrolled, or " + file.string() +
                         " is damaged; run loa-player enrol with a code from the office (" + error.what() + ")"}};
    }
}

std::string enrol(const std::string& server, std::string_view typed, const std::filesystem::path& folder) {
    const auto code = readEnrolmentCode(typed);
    std::error_code shown;  // by the first file that cannot be written
    using std::filesystem::perms;
    if (std::filesystem::create_directories(folder, shown))  // the player reads all in it but the identity
        std::filesystem::permissions(folder, perms{0755}, shown);
    const auto ca = folder / "ca.pem";
    const auto office = folder / "office.pub";
    const auto identity = folder / "identity.json";
    const auto own = SigningKey::generate();
    const auto officeCa = askOfficeCa(server);
    writeFresh(ca, officeCa, forAll);
    const auto answer = postEnrolment(server, fresh(ca), toJson(provenRequest(code, own, officeCa)));
    const auto enrolled = provenEnrolled(answer, code, own, officeCa);
    writeFresh(office, linesOf(enrolled.officeKeys), forAll);
    writeFresh(identity,
               dump({{"station", enrolled.station.text()},
                     {"identity", enrolled.identity},
                     {"key", own.toText()},
                     {"token", own.open(enrolled.sealedToken)}}) +
                   '\n',
               forOwner);
    for (const auto& file : {ca, office, identity}) takeFresh(file);
    syncFolder(folder);
    return sixWords(own.publicText(), enrolled.officeKeys.front());
}

}  // namespace loa

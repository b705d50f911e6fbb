// Airtime of strangers: read or refused; what is read is written and read again as the same.
#include "scheduler/calendar/read_airtime.h"

#include "scheduler/calendar/write_airtime.h"
#include "scheduler/domain/error.h"
#include "tests/fuzz/claim.h"

using namespace loa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const AreaId area{"thanh-binh"};
    std::vector<Airtime> airtimes;
    try {
        airtimes = readAirtime(text, area);
    } catch (const Error& error) {
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
        return 0;
    }
    checkAirtime(airtimes);
    claim(readAirtime(writeAirtime(airtimes), area) == airtimes, "what is written is read again, nothing more");
    return 0;
}

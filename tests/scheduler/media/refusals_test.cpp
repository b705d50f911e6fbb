#include "scheduler/media/refusals.h"

#include <doctest/doctest.h>

using namespace loa;

TEST_CASE("refusals: the words of design.md, with sizes in them") {
    CHECK(mediaRefusal("media-silent").words().vi ==
          "Tệp này không có tiếng. Nghe lại tệp trên máy rồi chọn tệp khác.");
    const auto tooLarge = mediaRefusal("media-too-large", {}, 310'000'000);
    CHECK(tooLarge.words().vi == "Tệp 310 MB, quá mức 200 MB. Xuất lại dạng MP3 hoặc cắt bớt.");
    CHECK(tooLarge.fault() == Fault::tooLarge);
    CHECK(mediaRefusal("media-too-long").words().en ==
          "The sound is longer than 30 minutes. Cut it into shorter files.");
}

TEST_CASE("refusals: a code that nobody knows is a broken file, whatever it says") {
    CHECK(mediaRefusal("<script>").code() == "media-broken");
}

// What Loa asks of Unicode, through GLib. Pure; any thread.
#include "scheduler/calendar/unicode.h"

#include <glib.h>

#include <memory>

#include "scheduler/calendar/refusal.h"
#include "scheduler/domain/utf8.h"

namespace loa {
namespace {

constexpr glong titleCharacters = 300;

struct Free {
    void operator()(char* text) const { g_free(text); }
};

}  // namespace

std::string composed(std::string_view text) {
    const std::unique_ptr<char, Free> normal{
        g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), G_NORMALIZE_NFC)};
    return normal ? normal.get() : std::string{text};
}

std::string cleanTitle(std::string_view text, int line) {
    const bool hasNul = text.find('\0') != std::string_view::npos;  // GLib would stop there
    if (hasNul || !isUtf8(text))
        refuse(line, "bad-utf8", "Tiêu đề có chữ không đúng mã UTF-8. Gõ lại tiêu đề.",
               "The title has text that is not UTF-8. Type it again.");
    const auto whole = composed(text);
    std::string title;
    for (const char* at = whole.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar character = g_utf8_get_char(at);
        const bool blank =
            g_unichar_iscntrl(character) || character == ' ' || character == 0x2028 || character == 0x2029;
        if (!blank)
            title.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        else if (!title.empty() && title.back() != ' ')
            title += ' ';
    }
    if (title.ends_with(' ')) title.pop_back();
    if (g_utf8_strlen(title.data(), static_cast<gssize>(title.size())) > titleCharacters)
        refuse(line, "title-too-long", "Tiêu đề dài hơn 300 chữ. Rút ngắn tiêu đề, đưa phần còn lại vào mô tả.",
               "The title is over 300 characters. Shorten it; put the rest into the description.");
    return title;
}

}  // namespace loa

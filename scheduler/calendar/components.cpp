// The frame of an iCalendar text: components, lines, parameters. Own code, because every refusal names its line and
// every property of another program survives as it came: libical's parser keeps no lines, cuts X- values at commas and
// lists at 500 values. Pure; any thread. Never reads a value.
#include "scheduler/calendar/components.h"

#include <algorithm>

#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/refusal.h"

namespace loa {
namespace {

constexpr std::size_t parametersLimit = 50;  // of one line

[[noreturn]] void brokenLine(int line) {
    refuseText(line, "broken-line", "Dòng này không đúng dạng iCalendar. Xuất lại tệp lịch từ chương trình lịch.",
               "This line is not iCalendar. Export the file again from the calendar program.");
}

[[noreturn]] void brokenFrame(int line) {
    refuseText(line, "broken-structure", "Tệp lịch thiếu hoặc thừa dòng BEGIN, END. Xuất lại cả tệp.",
               "The calendar lacks a BEGIN or END line. Export the whole file again.");
}

bool isNameCharacter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '-';
}

/// Takes a name off the front of `rest`.
std::string takeName(std::string_view& rest, int line) {
    const auto* end = std::find_if_not(rest.begin(), rest.end(), isNameCharacter);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    if (length == 0) brokenLine(line);
    auto name = upperCase(rest.substr(0, length));
    rest.remove_prefix(length);
    return name;
}

/// Length of a parameter's text: up to the ';' or ':' that is not in quotes.
std::size_t parameterLength(std::string_view rest, int line) {
    bool quoted = false;
    for (std::size_t at = 0; at < rest.size(); ++at) {
        if (rest[at] == '"') quoted = !quoted;
        if (!quoted && (rest[at] == ';' || rest[at] == ':')) return at;
    }
    brokenLine(line);
}

ContentLine readLine(const UnfoldedLine& unfolded) {
    const int number = unfolded.number;
    std::string_view rest = unfolded.text;
    ContentLine line{takeName(rest, number), {}, {}, number};
    while (rest.starts_with(';')) {
        rest.remove_prefix(1);
        auto name = takeName(rest, number);
        if (!rest.starts_with('=') || line.parameters.size() == parametersLimit) brokenLine(number);
        rest.remove_prefix(1);
        const auto length = parameterLength(rest, number);
        line.parameters.push_back({std::move(name), std::string{rest.substr(0, length)}});
        rest.remove_prefix(length);
    }
    if (!rest.starts_with(':')) brokenLine(number);
    line.value = rest.substr(1);
    return line;
}

/// Closes the innermost open component: into the one around it, or into `calendars`.
void close(std::vector<Component>& open, std::vector<Component>& calendars) {
    auto closed = std::move(open.back());
    open.pop_back();
    (open.empty() ? calendars : open.back().children).push_back(std::move(closed));
}

void append(const Component& component, std::string& text) {
    text += fold("BEGIN:" + component.name);
    for (const auto& line : component.lines) {
        std::string written = line.name;
        for (const auto& [name, parameter] : line.parameters)
            written.append(";").append(name).append("=").append(parameter);
        text += fold(written.append(":").append(line.value));
    }
    for (const auto& child : component.children) append(child, text);
    text += fold("END:" + component.name);
}

template <class Named>
auto* findNamed(Named& all, std::string_view wanted) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == wanted; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string ContentLine::parameter(std::string_view wanted) const {
    const auto* found = findNamed(parameters, wanted);
    if (found == nullptr) return {};
    std::string text = found->text;
    std::erase(text, '"');
    return text;
}

void ContentLine::setParameter(std::string_view wanted, std::string text) {
    removeParameter(wanted);
    parameters.insert(parameters.begin(), {std::string{wanted}, std::move(text)});
}

void ContentLine::removeParameter(std::string_view unwanted) {
    std::erase_if(parameters, [&](const auto& parameter) { return parameter.name == unwanted; });
}

const ContentLine* Component::find(std::string_view wanted) const {
    return findNamed(lines, wanted);
}

ContentLine* Component::find(std::string_view wanted) {
    return findNamed(lines, wanted);
}

std::string Component::value(std::string_view wanted) const {
    const auto* found = find(wanted);
    return found == nullptr ? std::string{} : found->value;
}

void Component::set(std::string_view wanted, std::string value) {
    if (auto* found = find(wanted))
        found->value = std::move(value);
    else
        lines.push_back({std::string{wanted}, {}, std::move(value), 0});
}

void Component::remove(std::string_view unwanted) {
    std::erase_if(lines, [&](const auto& one) { return one.name == unwanted; });
}

std::vector<Component> readComponents(std::string_view text) {
    std::vector<Component> calendars;
    std::vector<Component> open;
    int events = 0;
    for (auto& unfolded : unfold(text)) {
        auto line = readLine(unfolded);
        unfolded.text = {};  // of a long text there is never all of it twice
        const bool begins = line.name == "BEGIN";
        if (begins || line.name == "END") line.value = upperCase(line.value);
        if (open.empty() && !(begins && line.value == "VCALENDAR"))
            refuseText(line.line, "not-a-calendar", "Đây không phải tệp lịch iCalendar. Chọn tệp có đuôi .ics.",
                       "This is not an iCalendar file. Choose a file that ends in .ics.");
        if (begins) {
            if (open.size() == calendarDepthLimit)
                refuseText(line.line, "too-deep",
                           "Tệp lịch lồng quá nhiều tầng BEGIN. Xuất lại tệp từ chương trình lịch.",
                           "The calendar nests too many BEGIN lines. Export it again from the calendar program.");
            if (line.value == "VEVENT" && ++events > calendarEventsLimit)
                throw Error(Fault::tooLarge, "too-many-events",
                            Words{"Tệp lịch có hơn 2.000 sự kiện. Chia thành nhiều tệp nhỏ.",
                                  "The calendar has over 2,000 events. Split it into smaller files."},
                            line.line);
            open.push_back({line.value, line.line, {}, {}});
        } else if (line.name == "END") {
            if (line.value != open.back().name) brokenFrame(line.line);
            close(open, calendars);
        } else {
            open.back().lines.push_back(std::move(line));
        }
    }
    if (!open.empty()) brokenFrame(open.back().line);
    if (calendars.empty())
        refuseText(0, "not-a-calendar", "Tệp lịch không có gì bên trong. Chọn tệp khác.",
                   "The calendar is empty. Choose another file.");
    return calendars;
}

std::string writeComponent(const Component& component) {
    std::string text;
    append(component, text);
    return text;
}

std::string upperCase(std::string_view text) {
    std::string upper{text};
    for (char& letter : upper)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return upper;
}

}  // namespace loa

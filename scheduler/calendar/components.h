#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/calendar/unfold.h"

namespace loa {

struct Parameter {
    std::string name;  ///< upper case
    std::string text;  ///< as written, with its quotes
};

/// NAME;PARAMETER=text:value (RFC 5545 3.1). The value is as written, escapes and all: values.h reads it.
struct ContentLine {
    std::string name;  ///< upper case
    std::vector<Parameter> parameters;
    std::string value;
    int line = 0;  ///< where it stood in the text, from 1; 0: made by Loa

    /// Without quotes; empty where it is missing.
    std::string parameter(std::string_view wanted) const;
    /// Replaces it or adds it in front: libical 3.0.16 misreads a TZID that comes after another parameter.
    void setParameter(std::string_view name, std::string text);
    void removeParameter(std::string_view name);
};

/// BEGIN:name ... END:name, with what it holds in the order it was written.
struct Component {
    std::string name;  ///< upper case
    int line = 0;
    std::vector<ContentLine> lines;
    std::vector<Component> children;

    const ContentLine* find(std::string_view wanted) const;
    ContentLine* find(std::string_view wanted);
    /// The value as written; empty where it is missing.
    std::string value(std::string_view wanted) const;
    /// Replaces the first of that name, or adds it at the end.
    void set(std::string_view wanted, std::string value);
    void remove(std::string_view unwanted);
};

/// The VCALENDARs of a text. Throws Error (malformed; tooLarge over a limit of read_events.h) with the line.
std::vector<Component> readComponents(std::string_view text);

/// Folded lines with CR LF.
std::string writeComponent(const Component& component);

std::string upperCase(std::string_view text);  ///< ASCII only

}  // namespace loa

"""What a person sees of the first broadcast: lines that change in place, and the table of what was proved."""
import datetime
import os
import sys
import unicodedata

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


def say(text):
    print(text, flush=True)


def width(text):
    return sum(0 if unicodedata.combining(c) else 1 for c in text)


def cut(text, columns):
    """At most so many columns; a cut is shown."""
    if width(text) <= columns:
        return text
    kept = ""
    for c in text:
        if width(kept + c) > columns - 1:
            break
        kept += c
    return kept + "…"


def pad(text, columns):
    return text + " " * max(0, columns - width(text))


def decimal(value, digits, sign=""):
    """As people in Vietnam write it: 12,5"""
    return f"{value:{sign}.{digits}f}".replace(".", ",").replace("-", "−")


def clock(moment, milliseconds=False):
    local = moment.astimezone(VIETNAM)
    return local.strftime("%H:%M:%S") + (f",{local.microsecond // 1000:03d}" if milliseconds else "")


class LiveLines:
    """Rows of (state, text). On a terminal the texts are written over again and again, each cut to its width; elsewhere a text
    is printed when its state changes, and never without one, so that figures alone do not flood a log."""

    def __init__(self):
        self.drawn = 0
        self.said = {}

    def draw(self, rows):
        if not sys.stdout.isatty():
            for place, (state, text) in enumerate(rows):
                if state and self.said.get(place) != state:
                    say("   " + text)
                    self.said[place] = state
            return
        columns = os.get_terminal_size(sys.stdout.fileno()).columns or 80
        drawing = f"\x1b[{self.drawn}A" if self.drawn else ""
        for _, text in rows:
            drawing += "\r\x1b[K" + cut("   " + text, columns - 1) + "\n"
        print(drawing, end="", flush=True)
        self.drawn = len(rows)


def print_table(lines, names):
    """The as-run, its figures and its words as the API gave them."""
    def moment(text):
        return clock(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")), milliseconds=True)

    rows = [("Trạm", "Giờ lịch", "Bắt đầu", "Lệch (ms)", "Qua đầu ra (giây)", "Mức âm (dBFS)", "Kết quả")]
    for line in lines:
        level = line.get("level")
        rows.append((names[line["station"]], moment(line["planned"]["start"]),
                     moment(line["start"]) if "start" in line else "–",
                     decimal(line["startErrorMs"], 2, "+") if "startErrorMs" in line else "–",
                     decimal(line["seconds"], 2) + " trong " + decimal(line["plannedSeconds"], 2),
                     decimal(level["rmsDbfs"], 1) if level else "–",
                     line["vi"]))
    columns = [max(width(row[i]) for row in rows) + 2 for i in range(len(rows[0]))]
    for row in rows:
        say("   " + "".join(pad(cell, column) for cell, column in zip(row, columns)).rstrip())

// What became of every slot of today, newest first: the plan beside what was measured at the station's output.
import {el, renew, write} from "./dom.js";
import {resultChip} from "./results.js";
import {timeAt} from "./station_state.js";

const rowsShown = 300;

export const needsLook = ({line, outcome}) => line.overdue || !["aired", "onAir"].includes(outcome);

function note(line, outcome, language, words, whole) {
    const said = outcome === line.result ? line[language] ?? "" : "";
    const why = said.replace(words[outcome] + ": ", "");  // "Phát thiếu: Mất điện": the chip says the first half
    return [
        why === words[outcome] ? "" : why,
        line.overdue ? words.overdue : "",
        line.unplanned ? words.unplanned : "",
        line.rebased ? words.timesRebased : line.start && line.clockTrust === "untrusted" ? words.timesUntrusted : "",
        line.attempts > 1 ? words.attempts(whole(line.attempts)) : "",
    ].filter(Boolean).join(" · ");
}

function modelOf({line, outcome}, page, formats) {
    const {words, signed, tenth, whole, clock} = formats;
    const station = page.stations.find(({id}) => id === line.station);
    const passed = line.seconds > 0;
    return {
        key: line.slot,
        outcome,
        planned: timeAt(station, Date.parse(line.planned.start), page.zone, formats),
        station: station?.name ?? line.station,
        title: line.title,
        start: line.start ? clock(Date.parse(line.start), station?.zone ?? page.zone) : words.none,
        error: line.start && line.startErrorMs !== undefined ? signed(line.startErrorMs) : words.none,
        passed: outcome === "onAir" || outcome === "unknown" ? words.none
            : words.passed(tenth(line.seconds), tenth(line.plannedSeconds)),
        level: passed && line.level ? tenth(line.level.rmsDbfs) : words.none,
        note: note(line, outcome, page.language, words, whole),
        labels: {[outcome]: words[outcome], none: words.none, start: words.colStart, error: words.colError,
            passed: words.colPassed, level: words.colLevel},
    };
}

function row(model) {
    const {labels} = model;
    const figure = (label, text) =>
        el("td", {role: "cell", "data-l": label, class: text === labels.none ? "figure none" : "figure"},
            el("span", {class: "nowrap"}, text));
    return el("tr", {role: "row"},
        el("td", {role: "cell", class: "planned"}, model.planned),
        el("th", {scope: "row", role: "rowheader"}, model.station),
        el("td", {role: "cell", class: "title"}, model.title),
        el("td", {role: "cell", class: "state"}, resultChip(model.outcome, labels)),
        figure(labels.start, model.start),
        figure(labels.error, model.error),
        figure(labels.passed, model.passed),
        figure(labels.level, model.level),
        el("td", {role: "cell", class: "remark"}, model.note));
}

function newestFirst(airings, {stations}, {collator}) {
    const names = new Map(stations.map(({id, name}) => [id, name]));
    const name = ({line}) => names.get(line.station) ?? line.station;
    return [...airings].sort((a, b) =>
        Date.parse(b.line.planned.start) - Date.parse(a.line.planned.start) || collator.compare(name(a), name(b)));
}

/** `onlyNeeded`: only the lines a person should look at. */
export function showAsRun(root, page, formats, onlyNeeded) {
    const {words, whole} = formats;
    const needed = page.airings.filter(needsLook);
    const shown = newestFirst(onlyNeeded ? needed : page.airings, page, formats);
    write(root.querySelector("#only-needed"), words.filterNeeded(whole(needed.length)));
    root.querySelector("table").hidden = shown.length === 0;
    const empty = root.querySelector(".empty");
    empty.hidden = shown.length > 0;
    write(empty, onlyNeeded ? words.asRunNothingNeeded : words.asRunNothing);
    const more = root.querySelector(".more");
    more.hidden = shown.length <= rowsShown;
    write(more, words.asRunMore(whole(Math.max(0, shown.length - rowsShown))));
    renew(root.querySelector("tbody"), shown.slice(0, rowsShown).map((airing) => modelOf(airing, page, formats)), row);
}

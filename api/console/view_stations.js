// The stations with what they last reported, one row each, and the strip of today's results.
import {el, icon, renew, write} from "./dom.js";
import {chip, countsSentence, strip} from "./results.js";
import {connected, framesPerSecond, stateOf} from "./station_state.js";

const barsShown = 24;

/** What the figures say is only true while the station speaks; afterwards it is not known. */
function reported(station, {now, onAir}, {words, whole}) {
    const {status} = station;
    if (!status) return {onAir: words.notKnown, output: words.notKnown, plan: words.notKnown, media: words.notKnown};
    const here = connected(station, now);
    const published = station.published ?? status.revision;
    const outputs = {opening: words.outputOpening, ready: words.outputReady, lost: words.outputLost,
        absent: words.outputAbsent};
    const clocks = {untrusted: words.stateNoClock, holdover: words.clockHoldover};  // trusted is as it should be
    let plan = words.planSame(whole(status.revision));
    if (status.revision === 0) plan = words.planNone;
    else if (status.revision < published) plan = words.planHeld(whole(status.revision), whole(published));
    const sounding = here && status.onAir && onAir.has(status.onAir.slot);
    const silent = here && !status.onAir ? words.quiet : words.notKnown;
    return {
        onAir: sounding ? status.onAir.title : silent,
        seconds: sounding ? words.onAirFor(whole(Math.floor(status.onAir.frames / framesPerSecond))) : "",
        output: here ? outputs[status.output] : words.notKnown,
        clock: (here && clocks[status.clockTrust]) || "",
        plan,
        media: words.mediaReady(whole(status.mediaReady), whole(status.mediaWanted)),
        waiting: status.waitingAirings > 0 ? words.waiting(whole(status.waitingAirings)) : "",
    };
}

/** The six words are compared with those that the box showed when it enrolled. */
function boxOf({identity}, {words, whole}) {
    if (!identity) return words.notEnrolled;
    return identity.retired ? words.boxRetired(whole(identity.number)) : words.box(whole(identity.number), identity.words);
}

function modelOf(station, page, formats) {
    const {words, ago} = formats;
    const {outcomesAt, zone, now} = page;
    const outcomes = outcomesAt.get(station.id);
    const {look, icon: symbol, text} = stateOf(station, now, formats);
    const figures = reported(station, page, formats);
    if (figures.clock === text) figures.clock = "";  // said already
    return {
        key: station.id,
        name: station.name,
        otherZone: station.zone === zone ? "" : formats.zone(now, station.zone),
        box: boxOf(station, formats),
        state: {look, symbol, text},
        ...figures,
        heard: station.heard ? ago(Date.parse(station.heard), now, zone) : words.neverHeard,
        bars: outcomes.slice(-barsShown),
        today: outcomes.length ? words.stripOf(words.today, countsSentence(outcomes, formats)) : "",
        labels: {none: words.none, notKnown: words.notKnown, nothingToday: words.nothingToday,
            onAir: words.colOnAir, output: words.colOutput, plan: words.colPlan, media: words.colMedia,
            waiting: words.colWaiting, heard: words.colHeard, today: words.colToday},
    };
}

function row(model) {
    const {labels} = model;
    const sounding = Boolean(model.seconds);
    const cell = (label, classes, ...content) => el("td", {role: "cell", "data-l": label, class: classes}, ...content);
    const figure = (label, text) =>
        cell(label, text === labels.none || text === labels.notKnown ? "none" : undefined, text);
    return el("tr", {role: "row"},
        el("th", {scope: "row", role: "rowheader"}, model.name,
            model.otherZone && el("span", {class: "small muted block"}, model.otherZone),
            el("span", {class: "small muted block"}, model.box)),
        el("td", {role: "cell", class: "state"}, chip(model.state.look, model.state.symbol, model.state.text),
            model.clock && el("span", {class: "small muted block"}, model.clock)),
        cell(labels.onAir, sounding ? "on-air wide" : "muted wide",
            sounding ? el("span", {class: "row"}, icon("on"), el("span", {}, model.onAir + " ",
                el("span", {class: "muted nowrap"}, model.seconds))) : model.onAir),
        figure(labels.output, model.output),
        figure(labels.plan, model.plan),
        figure(labels.media, model.media),
        figure(labels.waiting, model.waiting || labels.none),
        cell(labels.heard, "muted", model.heard),
        cell(labels.today, "wide", model.bars.length ? strip(model.bars, model.today)
            : el("span", {class: "muted"}, labels.nothingToday)));
}

export function showStations(root, page, formats) {
    const sorted = [...page.stations].sort((a, b) => formats.collator.compare(a.name, b.name));
    write(root.querySelector("h2"), formats.words.stationsCount(formats.whole(sorted.length)));
    renew(root.querySelector("tbody"), sorted.map((station) => modelOf(station, page, formats)), row);
}

// The answer in one sentence, who needs someone, and the rounds of today: slots that start together, one bar a station.
import {el, renew, write} from "./dom.js";
import {countsSentence, strip} from "./results.js";
import {connected, stateOf} from "./station_state.js";

const namesShown = 5;
const roundsShown = 12;

function listed(names, {words, whole}) {
    if (names.length <= namesShown) return names.join(", ");
    return words.andMore(names.slice(0, namesShown).join(", "), whole(names.length - namesShown));
}

function answerSentence({stations, airings, now}, formats) {
    const {words, whole} = formats;
    if (stations.length === 0) return words.noStations;
    const over = airings.map(({outcome}) => outcome).filter((outcome) => outcome !== "onAir");
    const counts = countsSentence(over, formats);
    const today = counts ? words.todayCounts(counts) : words.todayNothing;
    const here = stations.filter((station) => connected(station, now)).length;
    return here === stations.length ? words.answerAll(whole(here), today)
        : words.answer(whole(here), whole(stations.length), today);
}

/** The most urgent first: no output, then no clock, then a lost link, then stations that never spoke. */
function needSentences({stations, zone, now}, formats) {
    const {words, whole, ago} = formats;
    if (stations.length === 0) return [words.noStationsHow];
    const who = (need) => stations.filter((station) => stateOf(station, now, formats).needs === need);
    const names = (list) => listed(list.map(({name}) => name), formats);
    const [output, clock, lost, never] = [who("output"), who("clock"), who("lost"), who("never")];
    const sentences = [];
    if (output.length) sentences.push(words.needOutput(names(output)));
    if (clock.length) sentences.push(words.needClock(names(clock)));
    if (lost.length === 1) {
        sentences.push(words.needLost(lost[0].name, ago(Date.parse(lost[0].heard), now, zone)));
    } else if (lost.length > 1) {
        sentences.push(words.needLostMany(whole(lost.length), names(lost)));
    }
    if (never.length) sentences.push(words.needSilent(whole(never.length), names(never)));
    return sentences;
}

function roundModels({airings, zone}, formats) {
    const rounds = new Map();
    for (const {line, outcome} of airings) {
        const key = line.planned.start + " " + line.title;
        if (!rounds.has(key)) rounds.set(key, {key, line, outcomes: []});
        rounds.get(key).outcomes.push(outcome);
    }
    return [...rounds.values()].slice(-roundsShown).map(({key, line, outcomes}) => ({
        key,
        time: formats.time(Date.parse(line.planned.start), zone),
        title: line.title,
        outcomes,
        counts: countsSentence(outcomes, formats),
        onAir: outcomes.includes("onAir"),
        now: formats.words.roundNow,
    }));
}

function round({time, title, outcomes, counts, onAir, now}) {
    return el("li", {class: onAir ? "now" : undefined},
        el("p", {}, el("b", {}, time + (onAir ? ", " + now : "")),
            el("span", {class: "small muted block clip", title}, title)),
        strip(outcomes, counts), el("p", {class: "small ink2"}, counts));
}

/** `page` is what page.js gathered: stations, airings ({line, outcome}), zone, now. */
export function showToday(root, page, formats) {
    write(root.querySelector("#answer"), answerSentence(page, formats));
    write(root.querySelector("#needs"), needSentences(page, formats).join(" "));
    const models = roundModels(page, formats);
    root.querySelector("#rounds").hidden = models.length === 0;
    renew(root.querySelector("#rounds ul"), models, round);
}

// What became of a slot, in its word, icon and shape: the same three in every list, strip and sentence of the page.
import {el, icon} from "./dom.js";

/** From best to worst, as in api/openapi.yaml; `onAir` is the page's own: the slot's station says it sounds now. */
export const results = {
    onAir: {icon: "on", chip: "playing", bar: "now"},
    aired: {icon: "ok", chip: "good", bar: "full"},
    airedLate: {icon: "late", chip: "care", bar: "late"},
    partial: {icon: "part", chip: "care", bar: "part"},
    silent: {icon: "mute", chip: "bad", bar: "silent"},
    preempted: {icon: "over", chip: "shift", bar: "over"},
    missed: {icon: "miss", chip: "bad", bar: "missed"},
    unknown: {icon: "unknown", chip: "outline", bar: "unknown"},
};

export const chip = (look, symbol, text) => el("span", {class: "chip " + look}, icon(symbol, "i"), text);

export const resultChip = (result, words) => chip(results[result].chip, results[result].icon, words[result]);

/** "33 lần phát đủ, 1 chưa rõ": best first, unknown last and never added to either side. */
export function countsSentence(list, formats) {
    const sum = {};
    for (const result of list) sum[result] = (sum[result] ?? 0) + 1;
    return Object.keys(results).filter((result) => sum[result])
        .map((result) => formats.words[result + "Count"](formats.whole(sum[result]))).join(", ");
}

/** One bar for each result; the sentence says the same for those who do not see it. */
export function strip(list, sentence) {
    return el("span", {class: "strip", role: "img", "aria-label": sentence},
        ...list.map((result) => el("i", {class: results[result].bar})));
}

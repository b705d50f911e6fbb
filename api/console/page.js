// Brings the page to life: words, theme, signing in, then what the scheduler knows, again and again. Holds the state;
// the views only show it.
import * as api from "./api.js";
import {write} from "./dom.js";
import {door} from "./door.js";
import en from "./en.js";
import {dayIn, formatsFor} from "./format.js";
import {keepFresh} from "./refresh.js";
import {outcomeOf, pageZone, slotOnAir} from "./station_state.js";
import vi from "./vi.js";
import {needsLook, showAsRun} from "./view_as_run.js";
import {showNext} from "./view_next.js";
import {showStations} from "./view_stations.js";
import {showToday} from "./view_today.js";
import {vouching} from "./view_vouching.js";

const find = (selector) => document.querySelector(selector);
const root = document.documentElement;
const slowEveryMs = 30_000;
const aheadMs = 24 * 3_600_000;
const allFormats = {vi: formatsFor("vi", vi), en: formatsFor("en", en)};
const formats = () => allFormats[root.lang];
const words = () => formats().words;

let known;      // what the scheduler last answered
let fresh;      // the running refresh; nothing while the door is shown
let freshAt;    // when it last answered
let trouble;    // why it does not answer now
let onlyNeeded = false;

const zone = () => pageZone(known?.stations ?? []);
const entrance = door(find("#door"), words, open);
const toVouchFor = vouching(find("#to-vouch-for"), formats);

function keep(key, value) {
    try {
        localStorage.setItem(key, value);
    } catch {
        // storage is switched off: the choice lasts as long as the page
    }
}

/** Stations whose last valid day is over are no longer spoken of. */
const inService = (station, today) => (station.validTo ?? today) >= today && (station.validFrom ?? today) <= today;

async function load() {
    const before = known ?? {slowAt: -Infinity, plans: "", areas: [], events: [], occurrences: []};
    const all = await api.stations();
    const now = api.officeNow();
    const today = dayIn(now, pageZone(all));
    const stations = all.filter((station) => inService(station, today));
    const next = {...before, stations, lines: await api.asRun(today)};
    const plans = all.map(({id, published}) => `${id} ${published}`).join();
    if (now - before.slowAt > slowEveryMs || plans !== before.plans) {
        const to = new Date(now + aheadMs).toISOString();
        const from = new Date(now).toISOString();
        let session;
        [next.areas, next.events, next.occurrences, session] =
            await Promise.all([api.areas(), api.events(), api.occurrences(from, to), api.session()]);
        toVouchFor.of(session);
        Object.assign(next, {slowAt: now, plans});
    }
    known = next;
}

/** The state as the views take it, for one moment. */
function pageAt(now) {
    const onAir = new Set(known.stations.map((station) => slotOnAir(station, known.lines, now)).filter(Boolean));
    const airings = known.lines.map((line) => ({line, outcome: outcomeOf(line, onAir, now)}))
        .filter(({outcome}) => outcome !== undefined);
    const outcomesAt = new Map(known.stations.map(({id}) => [id, []]));
    for (const {line, outcome} of airings) outcomesAt.get(line.station)?.push(outcome);
    return {...known, airings, outcomesAt, onAir, now, zone: zone(), language: root.lang};
}

function showClock() {
    const now = api.officeNow();
    write(find("#clock b"), formats().clock(now, zone()));
    write(find("#clock .long"), `${formats().date(now, zone())} · ${formats().zone(now, zone())}`);
    write(find("#clock .short"), formats().zone(now, zone()));
}

function showLink() {
    const strip = find("#offline");
    strip.hidden = !trouble;
    if (!trouble) return;
    const own = trouble instanceof api.Refused && trouble.words[root.lang];
    const clock = freshAt && formats().clock(freshAt, zone());
    write(strip.querySelector("p"), own || (clock ? words().offline(clock) : words().offlineNever));
}

function show() {
    showClock();
    showLink();
    toVouchFor.show({areas: known?.areas ?? [], now: api.officeNow(), zone: zone()});
    if (!known) return;
    const page = pageAt(api.officeNow());
    find("#loading").hidden = true;
    find("#known").hidden = false;
    write(find("#updated"), words().updated(formats().clock(freshAt, zone())));
    showToday(find("#today"), page, formats());
    showStations(find("#stations"), page, formats());
    showNext(find("#next"), page, formats());
    showAsRun(find("#as-run"), page, formats(), onlyNeeded && page.airings.some(needsLook));
}

function showWords() {
    for (const element of document.querySelectorAll("[data-t]")) write(element, words()[element.dataset.t]);
    for (const element of document.querySelectorAll("[data-t-label]")) {
        element.setAttribute("aria-label", words()[element.dataset.tLabel]);
    }
    document.title = words().title;
    find("#language").lang = root.lang === "vi" ? "en" : "vi";
    write(find("#theme span"), root.dataset.theme === "dark" ? words().themeLight : words().themeDark);
    entrance.speak();
    show();
}

/** Somebody is signed in: shows the day and keeps it fresh. */
function open(session) {
    toVouchFor.of(session);
    entrance.hide();
    find("#day").hidden = false;
    find("#sign-out").hidden = false;
    fresh ??= keepFresh(load, () => {
        freshAt = api.officeNow();
        trouble = undefined;
        show();
    }, (error, times) => {
        if (error instanceof api.Refused && error.status === 401) return close("expired");
        if (times >= 2 || !navigator.onLine) trouble = error;
        show();
    });
    showWords();
}

/** Shows the door. */
function close(why) {
    fresh?.stop();
    fresh = known = freshAt = trouble = undefined;
    toVouchFor.of(undefined);
    find("#day").hidden = find("#sign-out").hidden = find("#offline").hidden = find("#known").hidden = true;
    find("#loading").hidden = false;
    entrance.show(why);
}

async function arrive() {
    try {
        await entrance.goOn(await api.session());
    } catch (error) {
        close(error instanceof api.Refused && error.status < 500 ? "" : "unreachable");
    }
}

async function signOut() {
    await api.signOut().catch(() => {});  // what is not reached shows the door all the same
    close();
}

find("#language").addEventListener("click", () => {
    root.lang = root.lang === "vi" ? "en" : "vi";
    keep("loa.language", root.lang);
    showWords();
});
find("#theme").addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("loa.theme", root.dataset.theme);
    showWords();
});
find("#sign-out").addEventListener("click", signOut);
for (const button of document.querySelectorAll("#as-run .seg button")) {
    button.addEventListener("click", () => {
        onlyNeeded = button.id === "only-needed";
        for (const one of document.querySelectorAll("#as-run .seg button")) {
            one.setAttribute("aria-pressed", String(one === button));
        }
        show();
    });
}
setInterval(() => document.hidden || show(), 1_000);
setTimeout(() => write(find("#loading"), words().loadingSlow), 5_000);
showWords();
arrive();

// What falls within the next 24 hours: grouped by day, then by start, with whom it is aimed at.
import {el, renew} from "./dom.js";
import {dayDistance} from "./format.js";
import {chip} from "./results.js";
import {timeAt} from "./station_state.js";

/** All stations in an area or below it. */
function stationsIn(area, {areas, stations}) {
    const parents = new Map(areas.map(({id, parent}) => [id, parent]));
    const isBelow = (place) => {
        for (let steps = 0; place !== undefined && steps <= areas.length; steps++, place = parents.get(place)) {
            if (place === area) return true;
        }
        return false;
    };
    return stations.filter((station) => isBelow(station.area));
}

/** {text, stations} of an event's targets, as "station:<id>" or "area:<id>". */
function aim(targets, page, {words, whole}) {
    const reached = [];
    const names = targets.map((target) => {
        const [kind, id] = [target.slice(0, target.indexOf(":")), target.slice(target.indexOf(":") + 1)];
        if (kind === "station") {
            const station = page.stations.find((one) => one.id === id);
            if (station) reached.push(station);
            return station?.name ?? id;
        }
        const inside = stationsIn(id, page);
        reached.push(...inside);
        return words.areaStations(page.areas.find((one) => one.id === id)?.name ?? id, whole(inside.length));
    });
    return {text: names.join(", "), stations: reached};
}

function soon(at, now, {words, whole}) {
    const seconds = Math.round((at - now) / 1000);
    if (seconds >= 3600) return "";
    if (seconds < 60) return words.inSeconds(whole(Math.max(0, seconds)));
    return words.inMinutes(whole(Math.floor(seconds / 60)));
}

function itemModel(occurrence, page, formats) {
    const {words, duration} = formats;
    const event = page.events.find(({id}) => id === occurrence.event);
    const {text, stations} = aim(event?.targets ?? [], page, formats);
    const start = Date.parse(occurrence.at.start);
    const zones = new Set(stations.map(({zone}) => zone));
    return {
        start,
        time: timeAt(zones.size === 1 ? stations[0] : undefined, start, page.zone, formats),
        title: occurrence.title,
        length: duration((Date.parse(occurrence.at.end) - start) / 1000),
        aim: text || words.noTarget,
        warning: occurrence.media === undefined ? words.noSound : "",
    };
}

/** Flat, as it is shown: a day ({key, day}), then its moments ({key, time, items}). */
function models(page, formats) {
    const {words, date} = formats;
    const list = [];
    let distance;
    for (const occurrence of page.occurrences) {
        const item = itemModel(occurrence, page, formats);
        if (item.start < page.now) continue;
        const itsDistance = dayDistance(item.start, page.now, page.zone);
        if (itsDistance !== distance) {
            const name = itsDistance === 0 ? words.today : words.tomorrow;
            list.push({key: "day " + itsDistance, day: `${name}, ${date(item.start, page.zone)}`});
            distance = itsDistance;
        }
        const key = `${item.start} ${item.time}`;
        const last = list[list.length - 1];
        if (last.key === key) last.items.push(item);
        else list.push({key, start: item.start, time: item.time, soon: soon(item.start, page.now, formats),
            items: [item]});
    }
    return list;
}

function build({day, start, time, soon: left, items}) {
    if (day) return el("li", {class: "day"}, el("h3", {}, day));
    return el("li", {class: "moment"},
        el("p", {}, el("time", {datetime: new Date(start).toISOString()}, time),
            left && el("span", {class: "small muted block"}, left)),
        el("ul", {}, ...items.map((item) => el("li", {},
            el("b", {}, item.title), item.warning && chip("care", "mute", item.warning),
            el("span", {class: "small muted block"}, `${item.length} · ${item.aim}`)))));
}

export function showNext(root, page, formats) {
    const list = models(page, formats);
    root.querySelector(".empty").hidden = list.length > 0;
    renew(root.querySelector("#moments"), list, build);
}

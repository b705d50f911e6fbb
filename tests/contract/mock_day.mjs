// One day of huyện Thanh Bình for the page's test, at a moment that is always 17:01:00 in Vietnam: 14 stations, three
// rounds behind or on air, every result once, a station that fell silent on air, and titles that try to be markup.
import {readFileSync} from "node:fs";

const sample = JSON.parse(readFileSync(new URL("../../config/samples/thanh-binh-2020.json", import.meta.url), "utf8"));
const media = "a".repeat(64);
const epoch = Date.parse("2026-11-22T17:00:00Z");  // midnight in Vietnam of 23/11/2026
export const moment = new Date("2026-11-23T10:01:00Z");
export const markup = "<img src=x onerror=\"document.title='broken'\"> & <b>đậm</b>";

const hours = (hour, seconds = 0) =>
    new Date(epoch + hour * 3_600_000 + seconds * 1_000).toISOString().replace(".000Z", "Z");
const before = (seconds) => new Date(moment - seconds * 1_000).toISOString();

export const areas = sample.areas;

function statusOf(id, number) {
    const slot = {slot: `chieu-${id}`, title: "Tổng đài 1022 giúp gì cho bà con", frames: 48_000 * 31 + number};
    const usual = {revision: 412, mediaReady: 4, mediaWanted: 4, output: "ready", waitingAirings: 0,
        clockTrust: "trusted", said: before(2 + number % 5), onAir: slot};
    if (id === "phu-loi") return {...usual, output: "lost", onAir: undefined};
    if (id === "tan-hue") return {...usual, revision: 411, mediaReady: 2, waitingAirings: 3, onAir: undefined};
    if (id === "tan-long") return {...usual, clockTrust: "untrusted", onAir: undefined};
    if (id === "tan-hoa") return {...usual, clockTrust: "holdover"};
    if (id === "tan-my") return {...usual, mediaReady: 3};
    if (id === "binh-tan") return {...usual, revision: 410};
    if (id === "tan-thanh") return {...usual, output: "opening", onAir: undefined};
    return usual;
}

export const stations = sample.stations.map((station, number) => {
    const place = {id: station.id, name: station.name, area: station.area, zone: "Asia/Ho_Chi_Minh", published: 412};
    if (station.id === "tan-quoi") return place;
    place.identity = {number: 2, words: "gao tre sen muoi bac loa", enrolled: "2026-11-01T00:00:00Z"};
    if (station.id === "tan-phu") place.identity.retired = "2026-11-20T00:00:00Z";
    const silence = {"tan-hue": 1_210, "tan-phu": 120}[station.id] ?? 1 + number % 5;
    return JSON.parse(JSON.stringify({...place, heard: before(silence), status: statusOf(station.id, number)}));
});

const resultWords = {
    aired: ["Đã phát", "Aired"],
    airedLate: ["Phát muộn: Mất điện hoặc máy khởi động lại", "Aired late: Power cut or restart"],
    partial: ["Phát thiếu: Mất điện hoặc máy khởi động lại", "Partial: Power cut or restart"],
    silent: ["Không có tiếng: Đầu ra không có tiếng", "Silent: No signal at the output"],
    preempted: ["Nhường tin khác: Nhường tin khác trùng giờ", "Gave way: Gave way to another item"],
    missed: ["Không phát: Tệp ở trạm bị hỏng", "Missed: The station's file was damaged"],
    unknown: ["Chưa rõ", "Unknown"],
};
const reasons = {aired: "none", airedLate: "restart", partial: "restart", silent: "noSignal", preempted: "preempted",
    missed: "mediaDamaged", unknown: "none"};
const odd = {"sang-tan-my": "airedLate", "sang-phu-loi": "silent", "trua-an-phong": "partial",
    "trua-tan-long": "missed", "trua-tan-phu": "preempted", "trua-tan-hue": "unknown"};

function line(station, round, hour, title, number) {
    const slot = `${round}-${station.id}`;
    const ahead = round === "chieu" || round === "toi" || station.id === "tan-quoi";
    const result = ahead ? "unknown" : odd[slot] ?? "aired";
    const heard = !["missed", "unknown", "preempted"].includes(result);
    const late = result === "airedLate" ? 41.25 : 0;
    const seconds = result === "partial" ? 17.4 : heard ? 42.36 : 0;
    return JSON.parse(JSON.stringify({
        station: station.id, slot, event: `1022-${round}`, title, media,
        planned: {start: hours(hour), end: hours(hour, 60)}, result, reason: reasons[result], plannedSeconds: 42.36,
        seconds, attempts: result === "partial" ? 2 : Number(heard),
        start: heard ? hours(hour, late) : undefined,
        startErrorMs: heard ? late * 1000 + (number - 6) / 10 : undefined,
        level: heard ? {rmsDbfs: result === "silent" ? -120 : -19.4 - number / 10, peakDbfs: -1.7, silentShare: 0}
            : undefined,
        clockTrust: heard ? (slot === "sang-tan-my" ? "untrusted" : "trusted") : undefined,
        rebased: heard ? slot === "sang-tan-my" : undefined,
        overdue: slot === "trua-tan-hue" ? true : undefined,
        vi: resultWords[result][0], en: resultWords[result][1],
    }));
}

const rounds = [["sang", 5, "Tổng đài 1022 là gì"], ["trua", 11, markup],
    ["chieu", 17, "Tổng đài 1022 giúp gì cho bà con"], ["toi", 18.5, "Hỏi gì qua 1022"]];
export const lines = rounds.flatMap(([round, hour, title]) =>
    stations.map((station, number) => line(station, round, hour, title, number)));

const policy = {start: "hard", preempt: "rejoin", overrun: "hardEnd", lateJoin: "atOffset", graceSeconds: 60};
const event = (id, title, targets, more = {media}) =>
    ({id, title, class: "normal", targets, policy, sequence: 0, ...more});
export const events = [
    event("1022-toi", "Hỏi gì qua 1022", ["area:thanh-binh"]),
    event("1022-sang", "Tổng đài 1022 là gì", ["area:thanh-binh"]),
    event("1022-trua", markup, ["station:an-phong", "station:tan-hue"]),
    event("hop-dan", "Mời họp dân khóm, ấp", ["station:tan-long"], {}),
];
const occurrence = (id, hour, more = {media}) => ({event: id, original: hours(hour),
    at: {start: hours(hour), end: hours(hour, 60)}, title: events.find((one) => one.id === id).title, ...more});
export const occurrences = [occurrence("1022-trua", 17.5), occurrence("1022-toi", 18.5), occurrence("1022-sang", 29),
    occurrence("hop-dan", 29, {}), occurrence("1022-trua", 35)];

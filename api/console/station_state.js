// Reads what a station last reported and says its state: the worst wins, the others stand in their own columns. Pure.

/** A player asks for its manifest each 60 s (`manifestPollSeconds`): two asks missed, and something is wrong. */
const lostAfterMs = 150_000;
/** How much longer than its item lasts a station is believed to sound it, without a further report. */
const beliefMs = 15_000;
export const framesPerSecond = 48_000;

export function connected(station, now) {
    return station.heard !== undefined && now - Date.parse(station.heard) < lostAfterMs;
}

/** The slot the station sounds now. What it said of it holds only as long as the item can still last. */
export function slotOnAir(station, lines, now) {
    const onAir = station.status?.onAir;
    if (!onAir || !connected(station, now)) return undefined;
    const planned = lines.find(({slot}) => slot === onAir.slot)?.plannedSeconds ?? 0;
    const left = Math.max(0, planned - onAir.frames / framesPerSecond) * 1_000;
    return now < Date.parse(station.heard) + left + beliefMs ? onAir.slot : undefined;
}

/** {look, icon, text}; `needs` is "lost", "never", "output" or "clock" where a person has to do something, else nothing. */
export function stateOf(station, now, {words, whole}) {
    const {status} = station;
    if (station.heard === undefined || !status) {
        return {look: "outline", icon: "unknown", text: words.stateNever, needs: "never"};
    }
    if (!connected(station, now)) return {look: "outline", icon: "nolink", text: words.stateLost, needs: "lost"};
    if (status.output === "lost" || status.output === "absent") {
        return {look: "bad", icon: "mute", text: words.stateNoOutput, needs: "output"};
    }
    if (status.clockTrust === "untrusted") return {look: "bad", icon: "late", text: words.stateNoClock, needs: "clock"};
    if (status.output === "opening") return {look: "care", icon: "late", text: words.stateOpening};
    if (station.published && status.revision === 0) return {look: "care", icon: "down", text: words.stateNoPlan};
    const behind = (station.published ?? 0) - status.revision;
    if (behind > 0) return {look: "care", icon: "down", text: words.stateOldPlan(whole(behind))};
    const missing = status.mediaWanted - status.mediaReady;
    if (missing > 0) return {look: "care", icon: "down", text: words.stateMissing(whole(missing))};
    return {look: "good", icon: "ok", text: words.stateReady};
}

/** The zone most stations are in: named once, in the header. */
export function pageZone(stations) {
    const count = new Map();
    for (const {zone} of stations) count.set(zone, (count.get(zone) ?? 0) + 1);
    const [most] = [...count].sort((a, b) => b[1] - a[1]);
    return most ? most[0] : "Asia/Ho_Chi_Minh";
}

/** A time at a station: the zone is added where it is not the page's. */
export function timeAt(station, at, zone, formats, show = formats.time) {
    const own = station?.zone ?? zone;
    return show(at, own) + (own === zone ? "" : ` ${formats.zone(at, own)}`);
}

/** Result of a line of the as-run report; empty for a slot still ahead. */
export function outcomeOf(line, onAirSlots, now) {
    if (line.result !== "unknown") return line.result;
    if (onAirSlots.has(line.slot)) return "onAir";
    return Date.parse(line.planned.start) > now ? undefined : "unknown";
}

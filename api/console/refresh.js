// Asks again and again, with care: never two at once, slower when answers are slow or fail, not at all while nobody
// looks.

const everyMs = 4_000;
const slowestMs = 30_000;
const shareOfTime = 10;  // asking takes at most a tenth of the time

/**
 * Calls `load` now and from then on: `loaded()` after each success, `failed(error, times)` after the nth failure in a
 * row. Returns {stop}. Pauses while the page is hidden and asks at once when it is seen again or the network is back.
 */
export function keepFresh(load, loaded, failed) {
    let timer;
    let running = false;
    let failures = 0;
    let stopped = false;

    async function turn() {
        if (running || stopped || document.hidden) return;
        clearTimeout(timer);
        running = true;
        const began = performance.now();
        try {
            await load();
            failures = 0;
            if (!stopped) loaded();
        } catch (error) {
            failures++;
            if (!stopped) failed(error, failures);
        }
        running = false;
        const took = performance.now() - began;
        const pause = failures > 0 ? everyMs * 2 ** (failures - 1) : Math.max(everyMs, took * shareOfTime);
        if (!stopped) timer = setTimeout(turn, Math.min(pause, slowestMs));
    }

    document.addEventListener("visibilitychange", turn);
    addEventListener("online", turn);
    turn();
    return {
        stop() {
            stopped = true;
            clearTimeout(timer);
            document.removeEventListener("visibilitychange", turn);
            removeEventListener("online", turn);
        },
    };
}

// What the page asks of the scheduler, and the token it asks with. Knows nothing of how the answers are shown.

const tokenKey = "loa.token";
const patienceMs = 10_000;

/** The scheduler refused. `words` are its own sentences (RFC 9457 with `vi` and `en`), or empty. */
export class Refused extends Error {
    constructor(status, words) {
        super(`refused with ${status}`);
        this.status = status;
        this.words = words;
    }
}

export const token = {
    get: () => sessionStorage.getItem(tokenKey),
    set: (secret) => sessionStorage.setItem(tokenKey, secret),
    forget: () => sessionStorage.removeItem(tokenKey),
};

let officeAheadMs = 0;

/** Now by the office's clock: the computer in front of the person may be minutes off. */
export const officeNow = () => Date.now() + officeAheadMs;

function noteOfficeClock(response) {
    const said = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(said)) return;
    const ahead = said - Date.now();
    officeAheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead;  // the header has whole seconds and is some on its way
}

/** Asks and returns the JSON answer. Throws Refused, or another Error when the scheduler was not reached. */
async function ask(method, path, bearer) {
    const response = await fetch(path, {
        method,
        headers: {Accept: "application/json", "Accept-Language": document.documentElement.lang,
            Authorization: "Bearer " + bearer},
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(patienceMs),
    });
    noteOfficeClock(response);
    if (response.ok) return response.json();
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, {vi: problem.vi, en: problem.en});
}

/** Uses up a one-use code; from then on the page holds an office token. */
export async function signIn(code) {
    const {secret} = await ask("POST", "/v1/tokens", code);
    token.set(secret);
}

const get = (path, query) => ask("GET", path + (query ? "?" + new URLSearchParams(query) : ""), token.get());

export const stations = async () => (await get("/v1/stations")).stations;
export const areas = async () => (await get("/v1/areas")).areas;
export const events = async () => (await get("/v1/events")).events;
export const occurrences = async (from, to) => (await get("/v1/occurrences", {from, to})).occurrences;
/** Of one day, "2027-03-01", in each station's own zone. */
export const asRun = async (day) => (await get("/v1/as-run", {from: day, to: day})).lines;

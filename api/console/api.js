// What the page asks of the scheduler. Who asks is in a cookie that no script sees. Knows nothing of how the answers are
// shown.

const patienceMs = 10_000;

/** The scheduler refused. `code` is the word of its reason, `words` are its own sentences (RFC 9457 with `vi` and `en`). */
export class Refused extends Error {
    constructor(status, code, words) {
        super(`refused with ${status}`);
        this.status = status;
        this.code = code;
        this.words = words;
    }
}

let officeAheadMs = 0;

/** Now by the office's clock: the computer in front of the person may be minutes off. */
export const officeNow = () => Date.now() + officeAheadMs;

function noteOfficeClock(response) {
    const said = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(said)) return;
    const ahead = said - Date.now();
    officeAheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead;  // the header has whole seconds and is some on its way
}

/** Asks and returns the JSON answer, if there is one. Throws Refused, or another Error when the scheduler was not reached. */
async function ask(method, path, body) {
    const headers = {Accept: "application/json", "Accept-Language": document.documentElement.lang};
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(patienceMs),
    });
    noteOfficeClock(response);
    if (response.ok) return response.status === 204 ? undefined : response.json();
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, (problem.type ?? "").split(":").pop(), {vi: problem.vi, en: problem.en});
}

/** Who is signed in. */
export const session = () => ask("GET", "/v1/session");
/** `code`: of the second factor; may be empty. Gives the session. */
export const signIn = (name, password, code) =>
    ask("POST", "/v1/session", code ? {name, password, code} : {name, password});
/** The password given again, for what is dangerous; `code` as in signIn. */
export const confirmSession = (password, code) =>
    ask("POST", "/v1/session/confirmation", code ? {password, code} : {password});
export const signOut = () => ask("DELETE", "/v1/session");
/** Gives the new session. */
export const choosePassword = (password, newPassword) => ask("POST", "/v1/session/password", {password, newPassword});
export const beginSecondFactor = () => ask("POST", "/v1/session/second-factor");
/** A first code of it. Gives the new session. */
export const showCode = (code) => ask("PUT", "/v1/session/second-factor", {code});

/** Stands, as a second admin, for what another one gave. Gives the person. */
export const vouch = (person) => ask("POST", `/v1/people/${encodeURIComponent(person)}/vouching`);

const get = (path, query) => ask("GET", path + (query ? "?" + new URLSearchParams(query) : ""));

export const stations = async () => (await get("/v1/stations")).stations;
export const areas = async () => (await get("/v1/areas")).areas;
export const events = async () => (await get("/v1/events")).events;
export const occurrences = async (from, to) => (await get("/v1/occurrences", {from, to})).occurrences;
/** Of one day, "2027-03-01", in each station's own zone. */
export const asRun = async (day) => (await get("/v1/as-run", {from: day, to: day})).lines;

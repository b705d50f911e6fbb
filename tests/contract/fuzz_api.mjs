// Asks the running scheduler for every operation of the contract with generated requests: whatever comes, the answer is
// one that the contract names, with a body that its schema allows, and never a 5xx.
//   LOA_FUZZ_SEED  begin as that run did (it prints its seed)    LOA_FUZZ_RUNS  requests for each operation (80)
import fc from "fast-check";
import {requestsFor} from "./requests.mjs";
import {ask, startScheduler} from "./running_scheduler.mjs";
import {checkAnswer, contract, resolved} from "./schemas.mjs";

const seed = Number(process.env.LOA_FUZZ_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.LOA_FUZZ_RUNS ?? 80);
const longest = 20_000;  // milliseconds for one operation; what is not asked by then is not asked
const methods = ["get", "put", "post", "patch", "delete"];

function wavFile() {
    const frames = 16_000;
    const file = Buffer.alloc(44 + 2 * frames);
    file.write("RIFF", 0);
    file.writeUInt32LE(36 + 2 * frames, 4);
    file.write("WAVEfmt ", 8);
    [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 16_000, 4], [28, 32_000, 4], [32, 2, 2], [34, 16, 2]]
        .forEach(([at, value, size]) => file.writeUIntLE(value, at, size));
    file.write("data", 36);
    file.writeUInt32LE(2 * frames, 40);
    for (let i = 0; i < frames; ++i) file.writeInt16LE(Math.round(8000 * Math.sin(i / 6)), 44 + 2 * i);
    return file;
}

/** An office worth asking: areas, stations, media, an event, a campaign, a feed, and whoever may ask. */
async function furnish(scheduler) {
    const people = {};
    const signIn = async (role) => { people[role] = await scheduler.signIn(role); };
    for (const role of ["author", "approver", "admin"]) await signIn(role);
    const call = async (method, path, body, headers = {}, as = "author") => {
        const sent = body === undefined || Buffer.isBuffer(body) || typeof body === "string" ? body : JSON.stringify(body);
        const answer = await ask(scheduler.port, {method, path, body: sent,
            headers: {Authorization: `Bearer ${people[as].token}`, "Content-Type": "application/json",
                ...(sent === undefined ? {} : {"Content-Length": Buffer.byteLength(sent)}), ...headers}});
        if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.body}`);
        return answer.body.length > 0 ? JSON.parse(answer.body) : undefined;
    };
    const places = async () => {
        const put = (path, body) => call("PUT", path, body, {}, "admin");
        await put("/v1/areas/thanh-binh", {name: "huyện Thanh Bình"});
        await put("/v1/areas/tan-hue-xa", {name: "xã Tân Huề", parent: "thanh-binh"});
        for (const station of ["tan-hue", "an-phong"])
            await put(`/v1/stations/${station}`, {name: station, area: "tan-hue-xa"});
    };
    await places();
    const wav = wavFile();
    const upload = await call("POST", "/v1/uploads", {name: "tin.wav", bytes: wav.length});
    await call("PATCH", `/v1/uploads/${upload.id}`, wav,
        {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"});
    let media;
    for (const until = Date.now() + 60_000; !media;) {
        const state = await call("GET", `/v1/uploads/${upload.id}`);
        if (state.state === "refused" || Date.now() > until) throw new Error(JSON.stringify(state));
        media = state.media;
    }
    const half = await call("POST", "/v1/uploads", {name: "dở.wav", bytes: 1000});
    await call("POST", "/v1/events", {id: "co-dinh@loa", title: "Cố định", start: "2027-03-01T05:00:00",
        durationSeconds: 60, targets: ["station:tan-hue"], media, rule: "FREQ=DAILY;COUNT=7"});
    const draft = {title: "Đợt", targets: ["area:thanh-binh"], announcements: [media], first: "2027-03-01",
        last: "2027-03-03", airingsPerDay: 2};
    const {campaign} = await call("POST", "/v1/campaigns", draft);
    const feed = await call("POST", "/v1/feeds", {target: "station:tan-hue"});
    const facts = {credentials: {}, media: [media, "f".repeat(64)], campaigns: [campaign.id], uploads: [upload.id, half.id],
        feed: feed.path.split("/")[2], origin: `http://127.0.0.1:${scheduler.port}`};
    const isIn = async (headers) => (await ask(scheduler.port, {method: "GET", path: "/v1/session", headers})).status === 200;
    /** Puts back what requests may have removed or ended. */
    const mend = async () => {
        for (const [role, {token, cookie}] of Object.entries(people))
            if (!await isIn({Cookie: cookie}) || !await isIn({Authorization: `Bearer ${token}`})) await signIn(role);
        facts.credentials.token = Object.values(people).map(({token}) => token);
        facts.credentials.session = Object.values(people).map(({cookie}) => cookie);
        await places();
        facts.credentials.station = [scheduler.run(["station", "enrol"], "--id", "tan-hue")];
    };
    return {facts, mend};
}

/** Throws what of the answer the contract does not allow. */
function check(method, path, {status, headers, body}) {
    if (status >= 500) throw new Error(`${status} ${body}`);
    const type = headers["content-type"]?.split(";")[0];
    const response = resolved(contract.paths[path][method].responses[status] ?? contract["x-any-request"][status]);
    const content = response?.content;
    if (response && !content && body.length > 0) throw new Error(`${status} has a body the contract does not name`);
    if (response && !content) return;
    if (content?.["*/*"]) return;
    if (response && !content[type]) throw new Error(`${status} comes as ${type}`);
    const isJson = type?.endsWith("json");
    const value = isJson ? JSON.parse(body) : body.toString();
    checkAnswer(method.toUpperCase(), path, status, value, type);
    const isProblem = type === "application/problem+json";
    if (isProblem && value.status !== status) throw new Error(`${status} says it is ${value.status}`);
    if (status === 429 && !headers["retry-after"]) throw new Error("429 does not say when to come back");
}

const scheduler = await startScheduler();
const faults = [];
const seen = new Map();
let asked = 0;
try {
    const {facts, mend} = await furnish(scheduler);
    for (const [path, operations] of Object.entries(contract.paths))
        for (const method of methods.filter((name) => operations[name])) {
            await mend();
            const property = fc.asyncProperty(requestsFor(path, method, facts), async (request) => {
                const answer = await ask(scheduler.port, request);
                ++asked;
                seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
                check(method, path, answer);
            });
            const outcome = await fc.check(property,
                {seed, numRuns: runs, interruptAfterTimeLimit: longest, endOnFailure: true});
            if (!outcome.failed || outcome.interrupted) continue;
            const [request] = outcome.counterexample;
            faults.push(`${method} ${path}: ${outcome.errorInstance?.message ?? outcome.error}\n    ${request.method} `
                + `${request.path}\n    ${JSON.stringify(request.headers)}\n    ${String(request.body ?? "").slice(0, 500)}`);
        }
    if (!scheduler.isRunning()) faults.push("the scheduler ended");
} finally {
    const log = scheduler.log();
    for (const line of log.split("\n").filter((text) => text.startsWith("fault"))) console.log(line);
    const status = await scheduler.stop();
    if (status !== 0) faults.push(`the scheduler ended with ${status}`);
}
for (const fault of faults) console.log(fault);
const counts = [...seen].sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`).join(", ");
console.log(`contract fuzz: seed ${seed}, ${asked} requests (${counts}), ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);

// The built scheduler as a process with a store of its own: LOA_BIN_DIR, else build/release/bin.
import {execFileSync, spawn} from "node:child_process";
import {createHmac} from "node:crypto";
import {mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const programs = process.env.LOA_BIN_DIR ?? fileURLToPath(new URL("../../build/release/bin", import.meta.url));
const patience = 60_000;

async function freePort() {
    const probe = createServer();
    await new Promise((ready) => probe.listen(0, "127.0.0.1", ready));
    const {port} = probe.address();
    await new Promise((ready) => probe.close(ready));
    return port;
}

/** One request on a connection of its own: {status, headers, body}. The path goes out as it is given. */
export function ask(port, {method, path, headers = {}, body}) {
    return new Promise((resolve, reject) => {
        const sent = request({host: "127.0.0.1", port, method, path, headers, agent: false, timeout: patience}, (answer) => {
            const pieces = [];
            answer.on("data", (piece) => pieces.push(piece));
            answer.on("error", reject);
            answer.on("end", () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces)}));
        });
        sent.on("timeout", () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
        sent.on("error", reject);
        sent.end(body);
    });
}

/** The code of this half minute (RFC 6238) for a secret in base32. */
export function codeNow(secret) {
    const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const moment = Buffer.alloc(8);
    moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const digest = createHmac("sha1", key).update(moment).digest();
    const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
}

/** Settles somebody in whose first password this is: a password of their own, a second factor where it is asked for. */
export async function settle(port, name, first) {
    let cookie = "";
    const say = async (method, path, body) => {
        const text = body === undefined ? "" : JSON.stringify(body);
        const answer = await ask(port, {method, path: "/v1/session" + path, body: text, headers: {Cookie: cookie,
            Origin: `http://127.0.0.1:${port}`, "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text)}});
        if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.body}`);
        cookie = answer.headers["set-cookie"]?.[0].split(";")[0] ?? cookie;
        return answer.body.length > 0 ? JSON.parse(answer.body) : undefined;
    };
    await say("POST", "", {name, password: first});
    const session = await say("POST", "/password", {password: first, newPassword: first + first});
    if (session.needsSecondFactor) {
        const {secret} = await say("POST", "/second-factor");
        await say("PUT", "/second-factor", {code: codeNow(secret)});
    }
    return cookie;
}

/** Starts one; `stop` ends it and removes all it had. `signIn(role)` gives {token, cookie} of an author, an approver or an
 *  admin, taken in anew; `run` is one of its commands. */
export async function startScheduler() {
    const folder = mkdtempSync(join(tmpdir(), "loa-contract-"));
    const [office, stations, duty, loopback] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const config = join(folder, "scheduler.properties");
    const many = 100_000;  // one client stands for many here
    writeFileSync(config, `stateDirectory = ${folder}/state\nofficeDirectory = ${folder}/office
office.host = 127.0.0.1\noffice.port = ${office}\nstations.host = 127.0.0.1\nstations.port = ${stations}
duty.host = 127.0.0.1\nduty.port = ${duty}
loopback.host = 127.0.0.1\nloopback.port = ${loopback}
rates.readsPerSecond = ${many}\nrates.writesPerSecond = ${many}\nrates.reportsPerSecond = ${many}
rates.signInsPerSecond = ${many}
`);
    const scheduler = join(programs, "loa-scheduler");
    execFileSync(scheduler, ["init", "--dir", join(folder, "office"), "--name", "localhost"]);
    const run = (words, ...more) => execFileSync(scheduler, [...words, "--config", config, ...more]).toString().trim();
    for (const role of ["author", "approver", "admin"]) run(["person", "add"], "--id", role, "--role", role);
    const log = join(folder, "scheduler.log");
    const child = spawn(scheduler, ["serve", "--config", config], {stdio: ["ignore", "ignore", openSync(log, "w")]});
    const ended = new Promise((resolve) => child.on("exit", resolve));
    const stop = async () => {
        child.kill("SIGTERM");
        const status = await ended;
        rmSync(folder, {recursive: true});
        return status;
    };
    for (const until = Date.now() + patience; ;) {
        const answer = await ask(loopback, {method: "GET", path: "/v1/health/ready"}).catch(() => undefined);
        if (answer?.status === 200) break;
        if (Date.now() > until || child.exitCode !== null) throw new Error(`it does not answer: ${readFileSync(log)}`);
        await new Promise((later) => setTimeout(later, 50));
    }
    const signIn = async (role) => {
        const cookie = await settle(loopback, role, run(["person", "reset"], "--id", role));
        return {cookie, token: run(["token"], "--person", role)};
    };
    return {port: loopback, signIn, run, log: () => readFileSync(log, "utf8"), isRunning: () => child.exitCode === null, stop};
}

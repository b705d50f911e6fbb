// The built scheduler as a process with a store of its own: LOA_BIN_DIR, else build/release/bin.
import {execFileSync, spawn} from "node:child_process";
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

/** Starts one; `stop` ends it and removes all it had. `token` is the office's. */
export async function startScheduler() {
    const folder = mkdtempSync(join(tmpdir(), "loa-contract-"));
    const [office, stations, loopback] = [await freePort(), await freePort(), await freePort()];
    const config = join(folder, "scheduler.properties");
    const many = 100_000;  // one client stands for many here
    writeFileSync(config, `stateDirectory = ${folder}/state\nofficeDirectory = ${folder}/office
office.host = 127.0.0.1\noffice.port = ${office}\nstations.host = 127.0.0.1\nstations.port = ${stations}
loopback.host = 127.0.0.1\nloopback.port = ${loopback}
rates.readsPerSecond = ${many}\nrates.writesPerSecond = ${many}\nrates.reportsPerSecond = ${many}
rates.signInsPerSecond = ${many}
`);
    const scheduler = join(programs, "loa-scheduler");
    execFileSync(scheduler, ["init", "--dir", join(folder, "office"), "--name", "localhost"]);
    execFileSync(scheduler, ["token", "--config", config, "--out", join(folder, "token")]);
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
    const token = readFileSync(join(folder, "token"), "utf8").trim();
    return {port: loopback, token, log: () => readFileSync(log, "utf8"), isRunning: () => child.exitCode === null, stop};
}

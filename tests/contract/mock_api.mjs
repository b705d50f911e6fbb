// A small stand-in for the scheduler, for the page's test alone: the routes the page asks, each answer checked against
// api/openapi.yaml before it goes out, the page's files served under the strictest policy.
import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import {extname} from "node:path";
import * as day from "./mock_day.mjs";
import {checkAnswer} from "./schemas.mjs";

const folder = new URL("../../api/console/", import.meta.url);
const types = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"};
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const counts = () => day.lines.reduce((sum, {result}) => ({...sum, [result]: (sum[result] ?? 0) + 1}), {});
const answers = {
    "/v1/areas": () => ({areas: day.areas}),
    "/v1/stations": () => ({stations: day.stations}),
    "/v1/events": () => ({events: day.events}),
    "/v1/occurrences": () => ({occurrences: day.occurrences}),
    "/v1/as-run": (query) => ({from: query.get("from"), to: query.get("to"), lines: day.lines, counts: counts()}),
};

async function bodyOf(request) {
    let text = "";
    for await (const piece of request) text += piece;
    return text ? JSON.parse(text) : {};
}

function problem(status, code, vi, en) {
    return {type: "urn:loa:problem:" + code, title: code, status, detail: vi, vi, en};
}

/** Starts it. `state` may be changed by the test: session (the one accepted), person (who may sign in, with password and,
 *  for a second factor, code; isOld once their password was given too long ago), down (answers 503). */
export async function startMock() {
    const state = {session: undefined, person: {}, down: false, asked: [], faults: []};

    function who() {
        const {hasInitialPassword = false, needsSecondFactor = false, code, toVouchFor = [], rights = ["seePlan"]} = state.person;
        return {id: "lan", name: "Nguyễn Thị Lan", roles: [{role: "auditor"}], hasInitialPassword, needsSecondFactor,
            hasSecondFactor: code !== undefined, created: "2026-11-01T00:00:00Z", rights: rights.map((right) => ({right})), toVouchFor,
            expires: "2026-11-23T22:00:00Z", confirmedUntil: "2026-11-23T10:15:00Z"};
    }

    function begin() {
        state.session = "session-" + Math.random().toString(36).slice(2);
        return {"Set-Cookie": `__Host-loa=${state.session}; Path=/; Secure; HttpOnly; SameSite=Strict`};
    }

    function send(request, response, path, status, body, more = {}) {
        try {
            if (status !== 204) checkAnswer(request.method, path, status, body);
        } catch (fault) {
            state.faults.push(fault.message);
        }
        const type = status < 400 ? "application/json" : "application/problem+json";
        response.writeHead(status,
            {"Content-Type": type, Date: day.moment.toUTCString(), "Cache-Control": "no-store", ...more});
        response.end(status === 204 ? undefined : JSON.stringify(body));
    }

    function serveFile(name, response) {
        try {
            const content = readFileSync(new URL(name, folder));
            response.writeHead(200, {"Content-Type": types[extname(name)], "Content-Security-Policy": policy,
                "X-Content-Type-Options": "nosniff"});
            response.end(content);
        } catch {
            response.writeHead(404).end();
        }
    }

    /** Signing in and what belongs to it; the password of `person` is what opens. */
    async function answerDoor(request, response, path) {
        const {password, newPassword, code} = await bodyOf(request);
        const say = (status, body, more) => send(request, response, path, status, body, more);
        const refuse = (word, status = 401) => say(status, problem(status, word, "Không đúng.", "It is wrong."));
        if (request.headers["origin"] !== `http://${request.headers.host}`) return refuse("foreign-origin", 403);
        if (path === "/v1/session/password") {
            if (password !== state.person.password) return refuse("wrong-sign-in");
            if (newPassword.length < 12) return refuse("password-too-short", 422);
            Object.assign(state.person, {password: newPassword, hasInitialPassword: false});
            return say(200, who(), begin());
        }
        if (path === "/v1/session/second-factor" && request.method === "POST")
            return say(201, {secret: "GEZDGNBVGY3TQOJQ", uri: "otpauth://totp/Loa:lan?secret=GEZDGNBVGY3TQOJQ"});
        if (path === "/v1/session/second-factor") {
            if (code !== "123456") return refuse("wrong-code", 422);
            Object.assign(state.person, {needsSecondFactor: false, code});
            return say(200, who(), begin());
        }
        if (state.person.isGuessedAt && !code) return refuse("too-many-tries", 429);
        if (password !== state.person.password) return refuse("wrong-sign-in");
        if (state.person.code && !code) return refuse("code-needed");
        if (state.person.code && code !== state.person.code) return refuse("wrong-sign-in");
        if (path === "/v1/session/confirmation") {
            state.person.isOld = false;
            return say(204);
        }
        return say(201, who(), begin());
    }

    /** A second admin's word; who may give it is `person`'s rights' to say, and who gave it is not Lan. */
    function answerVouching(request, response, id) {
        const say = (status, body) => send(request, response, "/v1/people/{person}/vouching", status, body);
        if (state.person.isOld) return say(403, problem(403, "confirmation-needed", "Nhập lại mật khẩu.", "Confirm."));
        const waiting = state.person.toVouchFor;
        const {unvouched, ...person} = waiting.find((one) => one.id === id);
        if (unvouched.by === "lan") return say(403, problem(403, "own-giving", "Nhờ quản trị khác.", "Ask another admin."));
        state.person.toVouchFor = waiting.filter((one) => one.id !== id);
        return say(200, person);
    }

    const server = createServer((request, response) => {
        const url = new URL(request.url, "http://mock");
        const session = /__Host-loa=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
        state.asked.push(`${request.method} ${url.pathname}`);
        if (url.pathname === "/") return serveFile("index.html", response);
        if (url.pathname.startsWith("/assets/")) return serveFile(url.pathname.slice("/assets/".length), response);
        const refuse = () => send(request, response, url.pathname, 401,
            problem(401, "unauthenticated", "Chưa đăng nhập. Đăng nhập trước.", "Sign in first."));
        if (state.down) {
            response.writeHead(503, {"Content-Type": "application/problem+json", Date: day.moment.toUTCString()});
            return response.end("{}");
        }
        const vouchedFor = /^\/v1\/people\/([^/]+)\/vouching$/.exec(url.pathname)?.[1];
        if (vouchedFor && session === state.session) return answerVouching(request, response, vouchedFor);
        if (request.method !== "GET" && request.method !== "DELETE") return answerDoor(request, response, url.pathname);
        if (!state.session || session !== state.session) return refuse();
        if (url.pathname === "/v1/session" && request.method === "DELETE") {
            state.session = undefined;
            return send(request, response, url.pathname, 204);
        }
        if (url.pathname === "/v1/session") return send(request, response, url.pathname, 200, who());
        const answer = answers[url.pathname];
        if (!answer) return response.writeHead(404).end();
        send(request, response, url.pathname, 200, answer(url.searchParams));
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    return {state, url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close()};
}

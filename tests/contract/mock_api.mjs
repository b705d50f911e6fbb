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

function problem(status, code, vi, en) {
    return {type: "urn:loa:problem:" + code, title: code, status, detail: vi, vi, en};
}

/** Starts it. `state` may be changed by the test: token (the one accepted), codes (still good), down (answers 503). */
export async function startMock() {
    const state = {token: undefined, codes: new Set(), down: false, asked: [], faults: []};

    function send(request, response, path, status, body) {
        try {
            checkAnswer(request.method, path, status, body);
        } catch (fault) {
            state.faults.push(fault.message);
        }
        const type = status < 400 ? "application/json" : "application/problem+json";
        response.writeHead(status, {"Content-Type": type, Date: day.moment.toUTCString(), "Cache-Control": "no-store"});
        response.end(JSON.stringify(body));
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

    const server = createServer((request, response) => {
        const url = new URL(request.url, "http://mock");
        const bearer = (request.headers.authorization ?? "").replace("Bearer ", "");
        state.asked.push(`${request.method} ${url.pathname}`);
        if (url.pathname === "/") return serveFile("index.html", response);
        if (url.pathname.startsWith("/assets/")) return serveFile(url.pathname.slice("/assets/".length), response);
        const refuse = () => send(request, response, url.pathname, 401,
            problem(401, "not-signed-in", "Mã hoặc phiên không còn dùng được. Lấy mã mới.", "Get a new code."));
        if (state.down) {
            response.writeHead(503, {"Content-Type": "application/problem+json", Date: day.moment.toUTCString()});
            return response.end("{}");
        }
        if (url.pathname === "/v1/tokens" && request.method === "POST") {
            if (!state.codes.delete(bearer)) return refuse();
            state.token = "token-" + Math.random().toString(36).slice(2);
            return send(request, response, url.pathname, 201, {secret: state.token, expires: "2026-11-23T22:00:00Z"});
        }
        if (!state.token || bearer !== state.token) return refuse();
        const answer = answers[url.pathname];
        if (!answer) return response.writeHead(404).end();
        send(request, response, url.pathname, 200, answer(url.searchParams));
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    return {state, url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close()};
}

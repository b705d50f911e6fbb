// Requests for each operation of the contract, by its schemas: valid ones, some that are wrong in one place, and garbage.
import fc from "fast-check";
import {contract, resolved} from "./schemas.mjs";

const hour = (n) => String(n).padStart(2, "0");
const day = fc.date({min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true})
    .map((at) => at.toISOString().slice(0, 10));
const instant = fc.tuple(day, fc.integer({min: 0, max: 23}), fc.constantFrom("Z", "+07:00", ".5Z"))
    .map(([on, at, zone]) => `${on}T${hour(at)}:30:00${zone}`);
/** The usual so many times as often as the rare. */
const mostly = (usual, rare, times) => fc.oneof({weight: times, arbitrary: usual}, {weight: 1, arbitrary: rare});

const words = fc.oneof(
    fc.constantFrom("Tổng đài 1022", "Họp ấp", "<b>'\"; DROP TABLE area; --", "tiếng\u0300", "\u202e"),
    fc.string({minLength: 1, maxLength: 40, unit: "binary"}));
const anything = fc.oneof(fc.jsonValue(), fc.string({unit: "binary"}), fc.double(), fc.bigInt().map(String),
    fc.constantFrom(null, true, -1, 0, 1e308, 9007199254740993, "", [], {}, "\u0000", "2027-02-30", "9999-12-31T23:59:60Z"));

/** Values that stand for something on the running scheduler, by the member's or parameter's name. */
export function known(facts) {
    const target = fc.constantFrom("station:tan-hue", "station:an-phong", "area:thanh-binh", "area:nowhere", "campaign:1");
    const start = day.map((on) => `${on}T05:00:00`);
    return {
        station: fc.constantFrom("tan-hue", "an-phong", "nowhere"), area: fc.constantFrom("thanh-binh", "tan-hue-xa", "x"),
        parent: fc.constantFrom("thanh-binh", "tan-hue-xa"), owner: fc.constantFrom("thanh-binh", "tan-hue-xa"),
        zone: fc.constantFrom("Asia/Ho_Chi_Minh", "Europe/Paris", "UTC"), media: fc.constantFrom(...facts.media),
        announcements: fc.array(fc.constantFrom(...facts.media), {minLength: 1, maxLength: 4}),
        target, targets: fc.array(target, {maxLength: 3}), upload: fc.constantFrom(...facts.uploads),
        event: fc.constantFrom("co-dinh@loa", "hop ap/1@xa", "khong-co"),
        campaign: fc.constantFrom("khong-co", ...facts.campaigns), secret: fc.constantFrom("loa_feed_khong", facts.feed),
        asset: fc.constantFrom("page.js", "page.css", "../page.js"),
        start: fc.oneof(start, instant), original: fc.oneof(fc.constant("2027-02-28T22:00:00Z"), instant),
        rule: fc.constantFrom("", "FREQ=DAILY;COUNT=7", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=SECONDLY"),
        from: fc.oneof(fc.constantFrom("05:00", "2027-03-01"), instant), to: fc.oneof(fc.constant("2027-03-02"), instant),
        airingsPerDay: fc.integer({min: 1, max: 6}),
        first: fc.constant("2027-03-01"), last: fc.constantFrom("2027-03-01", "2027-03-09"),
        "Upload-Offset": fc.nat(2000).map(String), "If-Match": fc.constantFrom("*", '"1"', "x"),
        "If-None-Match": fc.constantFrom("*", '"1"', "W/\"1\""),
        Range: fc.constantFrom("bytes=0-9", "bytes=9-", "bytes=99999999-"), bytes: fc.constantFrom(1, 44, 1000), description: words,
    };
}

/** What the schema allows, `by` name where something is known. */
function validOf(schema, by, name) {
    const it = resolved(schema);
    if (by[name]) return by[name];
    if (it.allOf) return fc.tuple(...it.allOf.map((part) => validOf(part, by))).map((parts) => Object.assign({}, ...parts));
    if (it.enum) return fc.constantFrom(...it.enum);
    if (it.type === "boolean") return fc.boolean();
    if (it.type === "integer") return fc.integer({min: it.minimum ?? 0, max: Math.min(it.maximum ?? 100000, 2 ** 31 - 1)});
    if (it.type === "number") return fc.double({min: it.minimum ?? 0.01, max: it.maximum ?? 100, noNaN: true});
    if (it.type === "array") return fc.array(validOf(it.items, by), {minLength: it.minItems ?? 0, maxLength: 4});
    if (it.type === "object") {
        const members = Object.entries(it.properties ?? {}).map(([key, inner]) => [key, validOf(inner, by, key)]);
        return fc.record(Object.fromEntries(members), {requiredKeys: it.required ?? []});
    }
    if (it.format === "date") return day;
    if (it.format === "date-time") return instant;
    if (it.pattern) return fc.stringMatching(new RegExp(it.pattern));
    return words;
}

/** Every place inside a JSON value, as a list of keys. */
function placesOf(value, place = []) {
    if (value === null || typeof value !== "object") return [place];
    return [place, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...place, key]))];
}

function changedAt(value, [key, ...rest], change) {
    if (key === undefined) return change(value);
    const copy = Array.isArray(value) ? [...value] : {...value};
    copy[key] = changedAt(copy[key], rest, change);
    if (copy[key] === undefined && !Array.isArray(copy)) delete copy[key];
    return copy;
}

/** The value with one thing in it replaced, left out or added. */
const spoilt = (valid) => fc.tuple(valid, fc.nat(), anything, fc.constantFrom("replace", "drop", "add"))
    .map(([value, at, odd, what]) => {
        const places = placesOf(value);
        const place = places[at % places.length];
        if (what === "add") return changedAt(value, place, (inner) =>
            inner !== null && typeof inner === "object" && !Array.isArray(inner) ? {...inner, oddMember: odd} : odd);
        return changedAt(value, place, () => what === "drop" && place.length > 0 ? undefined : odd);
    });

const calendars = ["VEVENT", "VAVAILABILITY", "VTODO"].flatMap((kind) => ["co-dinh@loa", "hop ap/1@xa", ""].map((uid) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", `BEGIN:${kind}`, `UID:${uid}`, "DTSTAMP:20270101T000000Z",
        "SUMMARY:Họp ấp", "DTSTART:20270228T220000Z", "DURATION:PT60S", "RRULE:FREQ=DAILY;COUNT=3",
        "ATTENDEE;CUTYPE=RESOURCE:urn:loa:station:tan-hue", `END:${kind}`, "END:VCALENDAR", ""].join("\r\n")));
const cutText = (text) => fc.tuple(text, fc.nat(), fc.nat(20), fc.oneof(fc.constant(""), words))
    .map(([whole, at, gone, put]) => {
        const from = at % (whole.length + 1);
        return whole.slice(0, from) + put + whole.slice(from + gone);
    });
const garbage = fc.oneof(fc.uint8Array({maxLength: 200}).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom("", "{", "[".repeat(100_000), '{"a":1,"a":2}', '{"name":1e400}', '{"name":"\\ud800"}',
        '{"name":"\\u0000"}', "null", "[]", "0"), anything.map((value) => JSON.stringify(value) ?? ""));

function bodyOf(operation, by) {
    const content = Object.entries(operation.requestBody?.content ?? {});
    if (content.length === 0) return fc.constant({});
    return fc.oneof(...content.map(([type, {schema}]) => {
        const valid = type === "application/json" ? validOf(schema, by) : undefined;
        const texts = valid ? fc.oneof(valid, spoilt(valid)).map((value) => JSON.stringify(value) ?? "")
            : fc.oneof(fc.constantFrom(...calendars), cutText(fc.constantFrom(...calendars)));
        const types = mostly(fc.constant(type), fc.constantFrom("text/plain", ""), 9);
        return fc.record({type: types, body: mostly(texts, garbage, 5)});
    }));
}

const odd = fc.oneof(words,
    fc.constantFrom("", ".", "..", "../../etc/passwd", "' OR '1'='1", "a%b", "\u0000", "x".repeat(300)));

/** The parameters that stand `where`, each by its schema or odd; those that may be left out sometimes are. */
function parametersOf(path, operation, where, by) {
    const all = [...(contract.paths[path].parameters ?? []), ...(operation.parameters ?? [])].map(resolved)
        .filter((parameter) => parameter.in === where);
    const members = all.map(({name, schema}) => [name, mostly(
        mostly(by[name] ?? validOf(schema, by), validOf(schema, {}), 4), odd, 6)]);
    const needed = where === "path" ? all : all.filter(({required}, at) => required && at % 2 === 0);
    return fc.record(Object.fromEntries(members), {requiredKeys: needed.map(({name}) => name)});
}

const encoded = (value) => encodeURIComponent(Buffer.from(String(value)).toString());  // without lone surrogates
const fieldText = (value) => String(value).replace(/[^\x20-\x7e]/g, "?");

/** Requests for `method path`: {method, path, headers, body}, as whoever `facts.credentials` lets in. */
export function requestsFor(path, method, facts) {
    const operation = contract.paths[path][method];
    const by = known(facts);
    const kinds = (operation.security ?? contract.security).flatMap(Object.keys);
    const usual = fc.constantFrom(...(kinds.length > 0 ? kinds.flatMap((kind) => facts.credentials[kind]) : [""]));
    return fc.record({
        path: parametersOf(path, operation, "path", by), query: parametersOf(path, operation, "query", by),
        header: parametersOf(path, operation, "header", by), sent: bodyOf(operation, by),
        credential: mostly(usual, fc.constantFrom("", "wrong", ...Object.values(facts.credentials).flat()), 30),
        language: fc.constantFrom("vi", "en"), accept: fc.constantFrom("*/*", "text/calendar", "text/csv"),
    }).map((made) => {
        const query = Object.entries(made.query).map(([name, value]) => `${name}=${encoded(value)}`).join("&");
        const headers = {"Accept-Language": made.language, Accept: made.accept};
        for (const [name, value] of Object.entries(made.header)) headers[name] = fieldText(value);
        if (made.credential.startsWith("__Host-")) Object.assign(headers, {Cookie: made.credential, Origin: facts.origin});
        else if (made.credential) headers.Authorization = `Bearer ${made.credential}`;
        if (made.sent.type) headers["Content-Type"] = made.sent.type;
        const body = made.sent.body === undefined ? undefined : Buffer.from(made.sent.body);
        if (body) headers["Content-Length"] = body.length;
        return {method: method.toUpperCase(), path: path.replace(/\{(\w+)\}/g, (_, name) => encoded(made.path[name]) || "x")
            + (query ? `?${query}` : ""), headers, body};
    });
}

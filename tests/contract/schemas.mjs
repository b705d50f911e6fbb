// Checks an answer against the schema that api/openapi.yaml gives for it.
import {readFileSync} from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {parse} from "yaml";

export const contract = parse(readFileSync(new URL("../../api/openapi.yaml", import.meta.url), "utf8"));
const ajv = new Ajv({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema(contract, "contract");

const escaped = (key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
const compiled = new Map();

/** What `{$ref}` stands for, or the thing itself. */
export function resolved(thing) {
    if (!thing?.$ref) return thing;
    return thing.$ref.slice(2).split("/").reduce((inner, key) => inner[key], contract);
}

/** Throws when `body` is not what the contract says this route answers with this status. */
export function checkAnswer(method, path, status, body, mediaType) {
    const route = contract.paths[path]?.[method.toLowerCase()];
    const own = route?.responses[status];
    const response = own ?? contract["x-any-request"][status];
    if (!route || !response) throw new Error(`${method} ${path} does not answer ${status} by the contract`);
    const place = own ? `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}` : `/x-any-request/${status}`;
    const where = response.$ref ? response.$ref.slice(1) : place;
    const wanted = mediaType ?? (status < 400 ? "application/json" : "application/problem+json");
    const name = `contract#${where}/content/${escaped(wanted)}/schema`;
    if (!compiled.has(name)) compiled.set(name, ajv.compile({$ref: name}));
    const check = compiled.get(name);
    if (!check(body)) throw new Error(`${method} ${path} ${status}: ${ajv.errorsText(check.errors)}`);
}

// Checks an answer against the schema that api/openapi.yaml gives for it.
import {readFileSync} from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {parse} from "yaml";

const contract = parse(readFileSync(new URL("../../api/openapi.yaml", import.meta.url), "utf8"));
const ajv = new Ajv({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema(contract, "contract");

const escaped = (key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

/** Throws when `body` is not what the contract says this route answers with this status. */
export function checkAnswer(method, path, status, body) {
    const route = contract.paths[path]?.[method.toLowerCase()];
    if (!route?.responses[status]) throw new Error(`${method} ${path} does not answer ${status} by the contract`);
    const shared = route.responses[status].$ref;
    const mediaType = shared ? "application/problem+json" : "application/json";
    const where = shared ? shared.slice(1)
        : `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`;
    const check = ajv.compile({$ref: `contract#${where}/content/${escaped(mediaType)}/schema`});
    if (!check(body)) throw new Error(`${method} ${path} ${status}: ${ajv.errorsText(check.errors)}`);
}

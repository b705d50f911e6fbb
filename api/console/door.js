// The way in: a one-use code, out of the page's address or pasted into the form. Shows what went wrong and what to do.
import {Refused, signIn} from "./api.js";
import {write} from "./dom.js";

/** The code in "#code=…", and takes it out of the address bar and the history. Empty when there is none. */
export function codeFromAddress() {
    const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
    if (code) history.replaceState(null, "", location.pathname + location.search);
    return code;
}

/** People paste the code alone or the whole address it came in. */
function codeIn(text) {
    const found = /code=([^&\s]+)/.exec(text);
    if (!found) return text.trim();
    try {
        return decodeURIComponent(found[1]);
    } catch {
        return found[1];  // a stray %: the scheduler refuses it, and the person reads why
    }
}

/** `words()` gives the words of the language of the moment; `entered` is called once the page holds a token. */
export function door(root, words, entered) {
    const field = root.querySelector("#code");
    const trouble = root.querySelector("#trouble");
    let said = "";  // a key of the words, so that it follows the language

    function say(key) {
        said = key;
        const text = key ? words()[key] : "";
        trouble.hidden = !text;
        write(trouble.querySelector("p"), text);
        if (key && key !== "expired") field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
    }

    async function enter(code) {
        const button = root.querySelector("button");
        button.disabled = true;
        say("");
        write(button, words().signingIn);
        try {
            await signIn(code);
            field.value = "";
            entered();
        } catch (error) {
            show(error instanceof Refused && error.status < 500 ? "codeRefused" : "unreachable");
        }
        button.disabled = false;
        write(button, words().enter);
    }

    function show(key = "") {
        root.hidden = false;
        say(key);
        field.focus();
    }

    root.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault();
        const code = codeIn(field.value);
        if (code) enter(code);
        else show("codeEmpty");
    });
    return {show, enter, hide: () => { root.hidden = true; }, speak: () => say(said)};
}

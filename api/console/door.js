// The way in: name and password, with the code of a second factor where there is one; before the day is shown, a first
// password is changed and a second factor that a role asks for is set up. Says what went wrong and what to do.
import {Refused, beginSecondFactor, choosePassword, officeNow, showCode, signIn} from "./api.js";
import {write} from "./dom.js";

/** What the scheduler refuses for a reason the form can show; the rest it says in its own words. */
const known = new Set(["wrong-sign-in", "code-needed", "confirmation-needed"]);
/** After which a code helps. */
const byCode = new Set(["code-needed", "too-many-tries"]);

/** `words()` gives the words of the language of the moment; `entered` is called with the session once all is in order. */
export function door(root, words, entered) {
    const find = (selector) => root.querySelector(selector);
    const forms = {signIn: find("#sign-in"), password: find("#new-password"), factor: find("#second-factor")};
    const trouble = find("#trouble");
    let said = "";     // a key of the words, so that it follows the language, or the scheduler's own sentences
    let typed = "";    // the first password, which changing it asks for again

    function say(what) {
        said = what;
        const text = typeof what === "string" ? words()[what] ?? "" : what[document.documentElement.lang];
        trouble.hidden = !text;
        write(trouble.querySelector("p"), text);
    }

    function showForm(form, focus) {
        for (const each of Object.values(forms)) each.hidden = each !== form;
        root.hidden = false;
        focus.focus();
    }

    function reasonOf(error) {
        if (!(error instanceof Refused) || error.status >= 500) return "unreachable";
        return known.has(error.code) ? error.code : error.words;
    }

    /** Runs `work` for the form, whose button says so meanwhile. */
    async function submit(form, work) {
        const button = form.querySelector("button");
        const label = button.textContent;
        button.disabled = true;
        say("");
        write(button, words().signingIn);
        try {
            await work();
        } catch (error) {
            say(reasonOf(error));
            if (error instanceof Refused && byCode.has(error.code)) find("#code-field").hidden = false;
            form.querySelector("input:not([hidden])")?.focus();
            if (!find("#code-field").hidden && form === forms.signIn) find("#code").focus();
        }
        button.disabled = false;
        write(button, label);
    }

    /** The first form; `why` is a key of the words. */
    function show(why = "") {
        typed = "";
        say(why);
        showForm(forms.signIn, find("#name"));
    }

    /** On to what is still missing, or in. After a reload that takes the password once more. */
    async function goOn(session) {
        const isRecent = Date.parse(session.confirmedUntil) > officeNow();
        if (session.hasInitialPassword && !typed || session.needsSecondFactor && !isRecent) return show("confirmation-needed");
        if (session.hasInitialPassword) return showForm(forms.password, find("#chosen"));
        typed = "";
        if (session.needsSecondFactor) {
            const {secret} = await beginSecondFactor();
            write(find("#secret"), secret.replace(/(.{4})(?=.)/g, "$1 "));
            return showForm(forms.factor, find("#first-code"));
        }
        for (const form of Object.values(forms)) form.reset();
        find("#code-field").hidden = true;
        entered(session);
    }

    forms.signIn.addEventListener("submit", (event) => {
        event.preventDefault();
        const [name, password, code] = [find("#name").value.trim(), find("#password").value, find("#code").value.trim()];
        if (!name || !password) return say("signInEmpty");
        submit(forms.signIn, async () => {
            typed = password;
            await goOn(await signIn(name, password, code));
        });
    });
    forms.password.addEventListener("submit", (event) => {
        event.preventDefault();
        submit(forms.password, async () => goOn(await choosePassword(typed, find("#chosen").value)));
    });
    forms.factor.addEventListener("submit", (event) => {
        event.preventDefault();
        submit(forms.factor, async () => goOn(await showCode(find("#first-code").value.trim())));
    });

    return {
        show,
        goOn,
        hide: () => { root.hidden = true; },
        speak: () => say(said),
    };
}

// Whom one admin alone gave what is dangerous. Admins and auditors see who waits for a second admin's word; a second admin
// gives it, with their password where that was given too long ago.
import {Refused, confirmSession, session as askSession, vouch} from "./api.js";
import {el, renew, write} from "./dom.js";

/** Whether the session has the right at the place and so at all below it. Without a place: at the whole office. */
function holdsAt({rights}, right, place, areas) {
    const held = rights.filter((one) => one.right === right).map(({area}) => area);
    if (held.includes(undefined)) return true;
    const parents = new Map(areas.map(({id, parent}) => [id, parent]));
    for (let steps = 0; place !== undefined && steps <= areas.length; steps++, place = parents.get(place)) {
        if (held.includes(place)) return true;
    }
    return false;
}

/** `formats()` gives those of the language of the moment. */
export function vouching(root, formats) {
    const find = (selector) => root.querySelector(selector);
    const [form, trouble, done] = [find("form"), find(".trouble"), find(".done")];
    const words = () => formats().words;
    let session;
    let place = {areas: [], now: 0, zone: "UTC"};
    let asked;            // for whom, while the password is asked for
    let said = () => "";  // what went wrong, in the language of the moment
    let vouched = [];     // the names of those just vouched for

    function modelOf(person) {
        const {words: all, time, date} = formats();
        const moment = (text) => {
            const at = Math.floor(Date.parse(text) / 60_000) * 60_000;
            return all.onDayAt(time(at, place.zone), date(at, place.zone));
        };
        const {by, since, until} = person.unvouched;
        const roles = person.roles.map(({role, area}) =>
            all.roleAt(all[`role-${role}`], area && (place.areas.find(({id}) => id === area)?.name ?? area)));
        const mayVouch = person.id !== session.id && person.roles.every(({area}) =>
            holdsAt(session, "managePeople", area, place.areas));
        return {
            key: person.id,
            name: person.name,
            roles: roles.join(", "),
            given: all.givenBy(person.id, by, all.at(moment(since))),
            held: until && Date.parse(until) > place.now ? all.heldUntil(moment(until)) : "",
            own: mayVouch && by === session.id ? all.ownGiving : "",
            vouch: mayVouch && by !== session.id ? all.vouch : "",
            vouchFor: all.vouchFor(person.name),
        };
    }

    function build(model) {
        const button = model.vouch && el("button", {class: "btn", type: "button", "aria-label": model.vouchFor}, model.vouch);
        if (button) button.addEventListener("click", () => submit(button, () => give(model.key)));
        return el("li", {},
            el("div", {}, el("p", {}, el("b", {}, model.name), ": " + model.roles),
                el("p", {class: "small ink2"}, [model.given, model.held, model.own].filter(Boolean).join(" "))),
            button);
    }

    function show() {
        const waiting = session?.toVouchFor ?? [];
        root.hidden = waiting.length === 0 && vouched.length === 0;
        for (const one of [find("h2"), find(".how")]) one.hidden = waiting.length === 0;
        renew(find("ul"), waiting.map(modelOf), build);
        write(done, vouched.length ? words().vouched(vouched.join(", ")) : "");
        trouble.hidden = !said();
        write(trouble, said());
        const whom = waiting.find(({id}) => id === asked);
        form.hidden = !whom;
        write(find(".whom"), whom ? words().vouchPassword(whom.name) : "");
        find(".code").hidden = !session?.hasSecondFactor;
    }

    /** Asks for the password first where that was given too long ago. */
    async function give(id) {
        try {
            const {name} = await vouch(id);
            vouched.push(name);
            asked = undefined;
            session = await askSession();
        } catch (error) {
            if (error.code !== "confirmation-needed") throw error;
            asked = id;
        }
        form.reset();
        show();
        if (asked) find("#own-password").focus();
        else find(".done").focus();
    }

    /** Runs `work`, whose button does not take a second click meanwhile. */
    async function submit(button, work) {
        button.disabled = true;
        said = () => "";
        try {
            await work();
        } catch (error) {
            const {status, code, words: own} = error instanceof Refused ? error : {status: 500};
            said = () => status >= 500 ? words().unreachable
                : words()[`confirming-${code}`] ?? own[document.documentElement.lang] ?? words().unreachable;
        }
        button.disabled = false;
        show();
    }

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        submit(form.querySelector("[type=submit]"), async () => {
            await confirmSession(find("#own-password").value, find("#own-code").value.trim());
            await give(asked);
        });
    });
    find(".cancel").addEventListener("click", () => {
        asked = undefined;
        said = () => "";
        form.reset();
        show();
    });

    return {
        /** Who is signed in; nobody: nothing is shown. */
        of(signedIn) {
            if (!signedIn) [asked, vouched, said] = [undefined, [], () => ""];
            session = signedIn;
            show();
        },
        /** `at`: the areas, the time and its zone. */
        show(at) {
            place = {...place, ...at};
            show();
        },
    };
}

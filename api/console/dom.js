// Builds and renews elements. Data reaches the page as text nodes and attributes only, never as markup.

const svgSpace = "http://www.w3.org/2000/svg";

/** An element with attributes (undefined and false are left out) and children: nodes, texts, or nothing. */
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false) continue;
        element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
    return element;
}

/** One of the symbols in index.html. Never alone: a word stands beside it. */
export function icon(name, classes = "i s") {
    const svg = document.createElementNS(svgSpace, "svg");
    svg.setAttribute("class", classes);
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(svgSpace, "use");
    use.setAttribute("href", "#i-" + name);
    svg.append(use);
    return svg;
}

/**
 * Makes the children of `parent` those of `models`, in their order. A model is a plain object with a `key`; its element
 * is built anew only when something in the model changed, so that a selection or the place read aloud stays.
 */
export function renew(parent, models, build) {
    const held = new Map([...parent.children].map((child) => [child.loaKey, child]));
    const wanted = models.map((model) => {
        const signature = JSON.stringify(model);
        const child = held.get(model.key);
        if (child?.loaSignature === signature) return child;
        const fresh = build(model);
        fresh.loaKey = model.key;
        fresh.loaSignature = signature;
        return fresh;
    });
    const kept = new Set(wanted);
    for (const child of [...parent.children]) {
        if (!kept.has(child)) child.remove();
    }
    wanted.forEach((child, place) => {
        if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
    });
}

/** Writes a text only when it changed: a live region then speaks only of changes. */
export function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

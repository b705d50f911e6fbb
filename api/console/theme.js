// Before the first paint: the theme and the language the person chose, else those of the device. A plain script, not a
// module, because modules run only after the page has been drawn.
"use strict";
(() => {
    const kept = (key) => {
        try {
            return localStorage.getItem(key);
        } catch {
            return null;  // storage is switched off: the device decides each time
        }
    };
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = kept("loa.theme") ?? (dark ? "dark" : "light");
    document.documentElement.lang = kept("loa.language") === "en" ? "en" : "vi";
})();

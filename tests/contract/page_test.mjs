// The page as people see it, in Debian's Chromium. Alone it runs against mock_api.mjs; with LOA_PAGE_URL (see
// page_real.mjs) it looks at a real scheduler and checks what holds for any data.
// Screenshots: LOA_SCREENSHOTS, else build/page of the repository.
import assert from "node:assert/strict";
import {mkdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {fileURLToPath} from "node:url";
import {chromium} from "playwright-core";

const shots = process.env.LOA_SCREENSHOTS ?? fileURLToPath(new URL("../../build/page", import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const widths = [1440, 1100, 768, 360];

mkdirSync(shots, {recursive: true});
const browser = await chromium.launch({executablePath: process.env.LOA_CHROMIUM ?? "/usr/bin/chromium", args: flags});
const checks = await import(process.env.LOA_PAGE_URL ? "./page_real.mjs" : "./page_mocked.mjs");

/** A fresh visitor: no storage, Vietnamese, light. Everything the browser complains of ends up in `complaints`. */
async function visit() {
    const context = await browser.newContext({ignoreHTTPSErrors: true, colorScheme: "light", timezoneId: "Europe/Paris",
        viewport: {width: 1440, height: 900}});
    const page = await context.newPage();
    const complaints = [];
    const asked = new Set();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    return {page, complaints, asked, leave: () => context.close()};
}

/** No violation of WCAG 2.0 to 2.2 A and AA or best practice, no scrolling sideways, at each width; keeps a picture. */
async function look(page, name) {
    for (const width of widths) {
        await page.setViewportSize({width, height: 900});
        const [inside, outside] = await page.evaluate(() =>
            [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(inside <= outside, `${name} at ${width} px scrolls sideways by ${inside - outside} px`);
        await page.evaluate(axeSource);
        const {violations} = await page.evaluate(() => axe.run());
        const said = violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html).join(" | ")}`);
        assert.deepEqual(said, [], `${name} at ${width} px has accessibility violations`);
        await page.screenshot({path: `${shots}/${name}-${width}.png`, fullPage: true});
    }
    await page.setViewportSize({width: 1440, height: 900});
}

/** The page in both languages and both themes. */
async function lookAtAll(page, name) {
    for (const language of ["vi", "en"]) {
        for (const theme of ["light", "dark"]) {
            if (await page.getAttribute("html", "lang") !== language) await page.click("#language");
            if (await page.getAttribute("html", "data-theme") !== theme) await page.click("#theme");
            await look(page, `${name}-${language}-${theme}`);
        }
    }
    await page.click("#language");
    await page.click("#theme");
}

let failed = 0;
for (const [claim, check] of checks.all) {
    const visitor = await visit();
    try {
        await check({...visitor, look, lookAtAll});
        console.log(`ok      page: ${claim}`);
    } catch (error) {
        failed++;
        await visitor.page.screenshot({path: `${shots}/failed-${failed}.png`, fullPage: true}).catch(() => {});
        console.log(`FAILED  page: ${claim}\n        ${error.message}`);
    }
    await visitor.leave();
}
await browser.close();
checks.end?.();
console.log(`${checks.all.length - failed} of ${checks.all.length} hold; pictures in ${shots}`);
process.exitCode = failed ? 1 : 0;

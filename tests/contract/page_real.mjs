// What holds on any scheduler: LOA_PAGE_URL is its page; LOA_PAGE_NAME and LOA_PAGE_PASSWORD are those of somebody without a
// second factor, as quickstart prints them.
import assert from "node:assert/strict";

export const all = [
    ["on a real scheduler it opens with name and password and can be read by everyone", async (visitor) => {
        const {page, complaints, asked, lookAtAll} = visitor;
        const address = new URL(process.env.LOA_PAGE_URL);
        await page.goto(address.href);
        await page.fill("#name", process.env.LOA_PAGE_NAME);
        await page.fill("#password", process.env.LOA_PAGE_PASSWORD);
        await page.click("#sign-in button");
        await page.waitForSelector("#known:not([hidden])");
        assert.notEqual(await page.innerText("#answer"), "");
        assert.ok(await page.locator("#stations tbody tr").count() > 0, "there are stations");
        const header = (await page.request.get(address.origin + "/")).headers()["content-security-policy"] ?? "";
        assert.match(header, /default-src '(self|none)'/);
        assert.doesNotMatch(header, /unsafe/);
        await lookAtAll(page, "real");
        assert.deepEqual(complaints.filter((text) => !text.includes("401")), []);  // asking who is signed in
        assert.deepEqual([...asked], [address.origin]);
    }],
];

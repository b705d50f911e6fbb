// What holds on any scheduler: LOA_PAGE_URL is its page with a one-use code, as quickstart prints it.
import assert from "node:assert/strict";

export const all = [
    ["on a real scheduler it opens with the code and can be read by everyone", async (visitor) => {
        const {page, complaints, asked, lookAtAll} = visitor;
        const address = new URL(process.env.LOA_PAGE_URL);
        await page.goto(address.href);
        await page.waitForSelector("#known:not([hidden])");
        assert.equal(new URL(page.url()).hash, "");
        assert.notEqual(await page.innerText("#answer"), "");
        assert.ok(await page.locator("#stations tbody tr").count() > 0, "there are stations");
        const header = (await page.request.get(address.origin + "/")).headers()["content-security-policy"] ?? "";
        assert.match(header, /default-src '(self|none)'/);
        assert.doesNotMatch(header, /unsafe/);
        await lookAtAll(page, "real");
        assert.deepEqual(complaints, []);
        assert.deepEqual([...asked], [address.origin]);
    }],
];

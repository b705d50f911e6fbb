// What the page shows of a day that is known in every detail (mock_day.mjs).
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {startMock} from "./mock_api.mjs";
import {markup} from "./mock_day.mjs";

/** The page's modules end in .js with no package.json beside them; Node 18 would not take them for modules. */
async function wordsOf(language) {
    const text = readFileSync(new URL(`../../api/console/${language}.js`, import.meta.url), "utf8");
    return (await import("data:text/javascript," + encodeURIComponent(text))).default;
}

const [vi, en] = [await wordsOf("vi"), await wordsOf("en")];
const mock = await startMock();
const password = "bốn từ bất kỳ";

async function fillIn(page, typed) {
    await page.fill("#name", "lan");
    await page.fill("#password", typed);
    await page.click("#sign-in button");
}

/** As `person` is; their code, if they have one, is shown too. */
async function signedInBefore({page}, person) {
    Object.assign(mock.state, {person, session: undefined, down: false});
    await page.goto(mock.url);
    await fillIn(page, person.password);
    if (person.code) {
        await page.waitForSelector("#code:visible");
        await page.fill("#code", person.code);
        await page.press("#code", "Enter");
    }
    await page.waitForSelector("#as-run tbody tr");
}

const signedIn = (visitor) => signedInBefore(visitor, {password});

/** Somebody whom one admin alone made an approver. */
const given = (id, name, by) => ({id, name, roles: [{role: "approver", area: "xa-an-phong"}], hasInitialPassword: true,
    hasSecondFactor: false, created: "2026-11-01T00:00:00Z",
    unvouched: {by, since: "2026-11-22T00:00:00Z", until: "2026-11-24T00:00:00Z"}});

const texts = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.innerText.trim()));
const rowOf = (page, table, ...holding) =>
    holding.reduce((rows, text) => rows.filter({hasText: text}), page.locator(`${table} tbody tr`)).first();

async function cells(page, table, ...holding) {
    const found = rowOf(page, table, ...holding).locator("td, th");
    return found.evaluateAll((all) => all.map((one) => one.innerText.trim()));
}

export const all = [
    ["name and password open the page, a reload keeps it open, and nothing of it is kept where scripts read", async (visitor) => {
        const {page, complaints, asked} = visitor;
        await signedIn(visitor);
        assert.equal(page.url(), mock.url);
        assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
        await page.reload();
        await page.waitForSelector("#as-run tbody tr");
        assert.deepEqual(complaints.filter((text) => !text.includes("401")), []);
        assert.deepEqual([...asked], [new URL(mock.url).origin]);
        await page.click("#sign-out");
        await page.waitForSelector("#sign-in");
        assert.equal(mock.state.session, undefined);
    }],
    ["what is missing or wrong is said at the door, and a code is asked for where there is a second factor", async (visitor) => {
        const {page, lookAtAll} = visitor;
        Object.assign(mock.state, {person: {password, code: "123456"}, session: undefined, down: false});
        await page.goto(mock.url);
        await page.waitForSelector("#sign-in");
        assert.ok(await page.isHidden("#day"));
        await page.click("#sign-in button");
        assert.equal(await page.innerText("#trouble"), vi.signInEmpty);
        await fillIn(page, "sai mật khẩu");
        await page.getByText(vi["wrong-sign-in"]).waitFor();
        assert.ok(await page.isHidden("#code"));
        await fillIn(page, password);
        await page.getByText(vi["code-needed"]).waitFor();
        await lookAtAll(page, "door");
        await page.fill("#code", "123456");
        await page.press("#code", "Enter");
        await page.waitForSelector("#as-run tbody tr");
    }],
    ["who waits for a second admin's word is shown to an auditor, with who gave it, and nothing to vouch with", async (visitor) => {
        const {page} = visitor;
        await signedInBefore(visitor, {password, toVouchFor: [given("minh", "Trần Văn Minh", "quan-tri")]});
        assert.equal(await page.innerText("#to-vouch-for h2"), vi.toVouchFor);
        const [shown] = await texts(page, "#to-vouch-for li");
        assert.match(shown, /^Trần Văn Minh: người duyệt ở xã An Phong\s+Tên đăng nhập minh, do quan-tri cấp lúc /);
        assert.match(shown, /07:00, Chủ Nhật, 22\/11\/2026\. Tạm giữ đến .+24\/11\/2026\.$/);
        assert.equal(await page.locator("#to-vouch-for button:visible").count(), 0);
        await signedIn(visitor);
        assert.ok(await page.isHidden("#to-vouch-for"));
    }],
    ["a second admin vouches with one click, for the one and not the other, and is told so", async (visitor) => {
        const {page, lookAtAll} = visitor;
        const waiting = [given("minh", "Trần Văn Minh", "quan-tri"), given("hoa", "Lê Thị Hoa", "lan")];
        await signedInBefore(visitor, {password, rights: ["seePlan", "managePeople"], toVouchFor: waiting});
        assert.equal(await page.locator("#to-vouch-for li button").count(), 1);
        assert.match((await texts(page, "#to-vouch-for li"))[1], new RegExp(vi.ownGiving));
        await lookAtAll(page, "vouching");
        await page.getByRole("button", {name: vi.vouchFor("Trần Văn Minh")}).click();
        await page.getByText(vi.vouched("Trần Văn Minh")).waitFor();
        assert.equal(await page.locator("#to-vouch-for li").count(), 1);
        assert.ok(mock.state.asked.includes("POST /v1/people/minh/vouching"));
        assert.ok(await page.isHidden("#own-password"));
    }],
    ["where the password was given too long ago it is asked for before vouching, and a wrong one is said", async (visitor) => {
        const {page, lookAtAll} = visitor;
        await signedInBefore(visitor, {password, code: "123456", rights: ["seePlan", "managePeople"], isOld: true,
            toVouchFor: [given("minh", "Trần Văn Minh", "quan-tri")]});
        await page.getByRole("button", {name: vi.vouchFor("Trần Văn Minh")}).click();
        await page.getByText(vi.vouchPassword("Trần Văn Minh")).waitFor();
        await page.fill("#own-password", "sai mật khẩu");
        await page.fill("#own-code", "123456");
        await page.press("#own-code", "Enter");
        await page.getByText(vi["confirming-wrong-sign-in"]).waitFor();
        assert.equal(mock.state.person.toVouchFor.length, 1);
        await lookAtAll(page, "vouching-password");
        await page.click("#to-vouch-for .cancel");
        assert.ok(await page.isHidden("#own-password"));
        assert.ok(await page.isHidden("#to-vouch-for .trouble"));
        await page.getByRole("button", {name: vi.vouchFor("Trần Văn Minh")}).click();
        assert.equal(await page.inputValue("#own-password"), "");
        await page.fill("#own-password", password);
        await page.fill("#own-code", "123456");
        await page.press("#own-code", "Enter");
        await page.getByText(vi.vouched("Trần Văn Minh")).waitFor();
        assert.deepEqual(mock.state.person.toVouchFor, []);
        await page.click("#sign-out");
        await signedIn(visitor);
        assert.ok(await page.isHidden("#to-vouch-for"));
    }],
    ["what the scheduler refuses of a vouching is said in its own words", async (visitor) => {
        const {page} = visitor;
        const waiting = given("minh", "Trần Văn Minh", "quan-tri");
        await signedInBefore(visitor, {password, rights: ["seePlan", "managePeople"], toVouchFor: [waiting]});
        waiting.unvouched.by = "lan";
        await page.getByRole("button", {name: vi.vouchFor("Trần Văn Minh")}).click();
        await page.locator("#to-vouch-for .trouble:visible").waitFor();
        assert.equal(await page.innerText("#to-vouch-for .trouble"), "Nhờ quản trị khác.");
        await page.click("#language");
        assert.equal(await page.innerText("#to-vouch-for .trouble"), "Ask another admin.");
    }],
    ["while somebody guesses at a name, its owner is told of the code and has where to enter it", async (visitor) => {
        const {page} = visitor;
        Object.assign(mock.state, {person: {password, code: "123456", isGuessedAt: true}, session: undefined, down: false});
        await page.goto(mock.url);
        await fillIn(page, password);
        await page.waitForSelector("#code:visible");
        assert.notEqual(await page.innerText("#trouble"), "");
        await page.fill("#code", "123456");
        await page.press("#code", "Enter");
        await page.waitForSelector("#as-run tbody tr");
    }],
    ["a first password is changed and a second factor set up before anything is shown", async (visitor) => {
        const {page, lookAtAll} = visitor;
        Object.assign(mock.state, {person: {password, hasInitialPassword: true, needsSecondFactor: true},
            session: undefined, down: false});
        await page.goto(mock.url);
        await fillIn(page, password);
        await page.waitForSelector("#new-password:not([hidden])");
        assert.ok(await page.isHidden("#day"));
        await page.fill("#chosen", "ngắn");
        await page.press("#chosen", "Enter");
        await page.waitForSelector("#trouble:not([hidden])");
        await lookAtAll(page, "first-password");
        await page.reload();  // the page has forgotten the password, which changing it asks for
        await page.getByText(vi["confirmation-needed"]).waitFor();
        await fillIn(page, password);
        await page.waitForSelector("#new-password:not([hidden])");
        await page.fill("#chosen", "một hai ba bốn");
        await page.press("#chosen", "Enter");
        await page.waitForSelector("#second-factor:not([hidden])");
        assert.equal(await page.innerText("#secret"), "GEZD GNBV GY3T QOJQ");
        await lookAtAll(page, "second-factor");
        await page.fill("#first-code", "123456");
        await page.press("#first-code", "Enter");
        await page.waitForSelector("#as-run tbody tr");
    }],
    ["the answer counts each result for itself and unknown on no side", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        const answer = "12 trong 14 trạm đang kết nối, hôm nay 20 lần phát đủ, 1 phát muộn, 1 phát thiếu, "
            + "1 không có tiếng, 1 nhường tin khác, 1 không phát, 9 chưa rõ.";
        assert.equal(await page.innerText("#answer"), answer);
        assert.match(await page.innerText("#needs"),
            /Phú Lợi: mất đường ra tiếng.+Tân Long: đồng hồ chưa tin được.+Tân Huề mất kết nối, lần cuối 20 phút trước/);
        await page.click("#language");
        assert.match(await page.innerText("#answer"), /^12 of 14 stations are connected; today 20 aired in full/);
    }],
    ["the stations stand with what they last reported, in Vietnamese and in English", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        assert.equal(await page.locator("#stations tbody tr").count(), 14);
        const [first, second] = await texts(page, "#stations tbody th");
        assert.deepEqual([first, second], ["An Phong\nMáy 2: gao tre sen muoi bac loa", "Bình Tấn\nMáy 2: gao tre sen muoi bac loa"]);
        assert.match((await cells(page, "#stations", "Tân Quới"))[0], /Chưa ghi danh máy$/);
        assert.match((await cells(page, "#stations", "Tân Phú"))[0], /Máy 2 đã ngừng dùng$/);
        const now = await cells(page, "#stations", "An Phong");
        assert.deepEqual(now.slice(1, 7), ["Sẵn sàng", "Tổng đài 1022 giúp gì cho bà con 31 giây", "thông",
            "412, mới nhất", "4 trong 4", "–"]);
        assert.match(now[7], /^\d+ giây trước$/);
        assert.deepEqual((await cells(page, "#stations", "Tân Huề")).slice(1, 8), ["Mất kết nối", "chưa rõ", "chưa rõ",
            "411 trong 412", "2 trong 4", "3 lần phát", "20 phút trước"]);
        assert.equal((await cells(page, "#stations", "Bình Tấn"))[1], "Lịch cũ hơn 2 bản");
        assert.equal((await cells(page, "#stations", "Tân Long"))[1], "Đồng hồ chưa tin được");
        assert.match((await cells(page, "#stations", "Tân Hòa"))[1], /^Sẵn sàng\s+Đồng hồ tự giữ giờ$/);
        assert.equal((await cells(page, "#stations", "Tân Mỹ"))[1], "Thiếu 1 tệp");
        assert.equal((await cells(page, "#stations", "Tân Quới"))[1], "Chưa báo về");
        const silentOnAir = await cells(page, "#stations", "Tân Phú");
        assert.deepEqual([silentOnAir[2], silentOnAir[7]], ["chưa rõ", "2 phút trước"]);
        const strip = rowOf(page, "#stations", "An Phong").locator(".strip");
        assert.equal(await strip.getAttribute("aria-label"), "Hôm nay: 1 đang phát, 1 lần phát đủ, 1 phát thiếu");
        await page.click("#language");
        assert.deepEqual((await cells(page, "#stations", "Tân Huề")).slice(1, 8), ["Connection lost", "unknown",
            "unknown", "411 of 412", "2 of 4", "3 airings", "20 minutes ago"]);
    }],
    ["05:00 in Vietnam is 22:00 UTC of the day before, wherever the reader's computer is", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        assert.match(await page.innerText("#clock"), /^17:01:0\d\s+Thứ Hai, 23\/11\/2026 · giờ Việt Nam \(GMT\+7\)$/);
        assert.deepEqual((await cells(page, "#as-run", "Tân Long", "05:00")).slice(0, 8), ["05:00", "Tân Long",
            "Tổng đài 1022 là gì", "Đã phát", "05:00:00", "+0,30", "42,4 trong 42,4", "−20,3"]);
    }],
    ["the as-run says why, in the reader's language", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        assert.equal(await page.locator("#as-run tbody tr").count(), 42);
        const partial = ["11:00", "An Phong", markup, "Phát thiếu", "11:00:00", "−0,40", "17,4 trong 42,4", "−19,6"];
        const row = await cells(page, "#as-run", "An Phong", "11:00");
        assert.deepEqual(row.slice(0, 8), partial);
        assert.equal(row[8], "Mất điện hoặc máy khởi động lại · 2 lần thử");
        assert.equal((await cells(page, "#as-run", "Tân Mỹ", "05:00"))[8],
            "Mất điện hoặc máy khởi động lại · Giờ tính lại sau khi đồng hồ trạm đúng");
        assert.deepEqual((await cells(page, "#as-run", "Tân Huề", "11:00")).slice(3), ["Chưa rõ", "–", "–", "–", "–",
            "Quá hạn báo kết quả"]);
        await page.click("#language");
        assert.deepEqual((await cells(page, "#as-run", "An Phong", "11:00")).slice(3), ["Partial", "11:00:00", "−0.40",
            "17.4 of 42.4", "−19.6", "Power cut or restart · 2 attempts"]);
        assert.equal((await texts(page, "#as-run thead th")).join(), [en.colPlanned, en.colStation, en.colTitle,
            en.colResult, en.colStart, en.colError, en.colPassed, en.colLevel, en.colReason].join());
        await page.click("#only-needed");
        assert.equal(await page.locator("#as-run tbody tr").count(), 14);
        assert.equal(await page.locator("#as-run tbody .chip.good").count(), 0);
    }],
    ["what comes next is grouped by day and start, with whom it is for", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        assert.deepEqual(await texts(page, "#moments h3"), ["Hôm nay, Thứ Hai, 23/11/2026",
            "Ngày mai, Thứ Ba, 24/11/2026"]);
        assert.deepEqual(await texts(page, "#moments time"), ["17:30", "18:30", "05:00", "11:00"]);
        const [soon, later, morning] = await texts(page, "#moments > li.moment");
        assert.match(soon, /còn 2[89] phút/);
        assert.match(soon, /1 phút · An Phong, Tân Huề/);
        assert.match(later, /Hỏi gì qua 1022\s+1 phút · huyện Thanh Bình \(14 trạm\)/);
        assert.match(morning, /Mời họp dân khóm, ấp\s*Chưa có âm thanh/);
    }],
    ["markup in a title is shown as text", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        assert.equal(await page.locator("main img, main td b, main .title b").count(), 0);
        assert.equal(await page.title(), vi.title);
        assert.ok((await texts(page, "#as-run td.title")).includes(markup));
    }],
    ["nothing is hard to reach or to read, at every width, in both languages and themes", async (visitor) => {
        await signedIn(visitor);
        await visitor.lookAtAll(visitor.page, "today");
    }],
    ["language and theme are remembered", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        await page.click("#language");
        await page.click("#theme");
        await page.reload();
        await page.waitForSelector("#as-run tbody tr");
        assert.equal(await page.getAttribute("html", "data-theme"), "dark");
        assert.match(await page.innerText("#answer"), /^12 of 14/);
        assert.equal(await page.innerText("h2#next-heading"), en.next);
    }],
    ["a lost link shows a strip and keeps the figures; the page goes on by itself", async (visitor) => {
        const {page, look} = visitor;
        await signedIn(visitor);
        mock.state.down = true;
        await page.getByText("Mất mạng từ 17:01").waitFor();
        assert.equal(await page.locator("#as-run tbody tr").count(), 42);
        await look(page, "offline");
        mock.state.down = false;
        await page.evaluate(() => dispatchEvent(new Event("online")));  // as the browser says it: no need to wait a turn
        await page.locator("#offline").waitFor({state: "hidden"});
    }],
    ["a session that no longer holds leads back to the form, with the reason", async (visitor) => {
        const {page} = visitor;
        await signedIn(visitor);
        mock.state.session = "another";
        await page.getByText(vi.expired).waitFor();
        assert.ok(await page.isHidden("#day"));
    }],
    ["a hidden page asks nothing", async (visitor) => {
        const {page} = visitor;
        await page.clock.install();
        await signedIn(visitor);
        await page.evaluate(() => {
            Object.defineProperty(document, "hidden", {get: () => window.pretendHidden, configurable: true});
            window.pretendHidden = true;
        });
        const asked = mock.state.asked.length;
        await page.clock.runFor(120_000);
        assert.equal(mock.state.asked.length, asked);
        await page.evaluate(() => {
            window.pretendHidden = false;
            document.dispatchEvent(new Event("visibilitychange"));
        });
        await page.waitForResponse((response) => response.url().includes("/v1/stations"));
    }],
    ["every answer of the stand-in keeps to api/openapi.yaml", async () => {
        assert.deepEqual([...new Set(mock.state.faults)], []);
    }],
    ["one station alone is spoken of as one", async () => {
        assert.equal(vi.answerAll("1", vi.todayNothing), "Trạm đang kết nối, hôm nay chưa có lần phát nào.");
        assert.equal(vi.answer("0", "1", vi.todayNothing), "Trạm chưa kết nối, hôm nay chưa có lần phát nào.");
        assert.equal(en.answer("0", "1", en.todayNothing), "The station is not connected; nothing has aired today.");
    }],
    ["both languages have the same words", async () => {
        assert.deepEqual(Object.keys(vi), Object.keys(en));
        for (const key of Object.keys(vi)) assert.equal(typeof vi[key], typeof en[key], key);
    }],
];

export const end = () => mock.stop();

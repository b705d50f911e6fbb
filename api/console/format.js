// Numbers, dates and times as people here write them, always in a named zone. Pure: no clock, no page.

const vietnam = ["Asia/Ho_Chi_Minh", "Asia/Saigon"];
const formatters = new Map();

/** Intl formatters are slow to make, so each is made once. */
function dates(locale, zone, options) {
    const key = JSON.stringify([locale, zone, options]);
    if (!formatters.has(key)) {
        formatters.set(key, new Intl.DateTimeFormat(locale, {timeZone: zone, hourCycle: "h23", ...options}));
    }
    return formatters.get(key);
}

const parts = (formatter, at) => Object.fromEntries(formatter.formatToParts(at).map(({type, value}) => [type, value]));

/** Days from `now` to `at` in the zone: 0 is today, 1 tomorrow, -1 yesterday. */
export function dayDistance(at, now, zone) {
    return Math.round((Date.parse(dayIn(at, zone)) - Date.parse(dayIn(now, zone))) / 86_400_000);
}

/** "2027-03-01": the day of the zone that `at` falls on. */
export function dayIn(at, zone) {
    const {year, month, day} = parts(dates("en-GB", zone, {year: "numeric", month: "2-digit", day: "2-digit"}), at);
    return `${year}-${month}-${day}`;
}

/** "GMT+7" */
export function offsetIn(at, zone) {
    return parts(dates("en-US", zone, {timeZoneName: "shortOffset"}), at).timeZoneName;
}

/** All that depends on the language. `words` is vi.js or en.js. */
export function formatsFor(language, words) {
    const locale = language === "vi" ? "vi-VN" : "en-GB";
    const minus = (text) => text.replace("-", "−");
    const decimals = (digits, signDisplay = "auto") => {
        const formatter = new Intl.NumberFormat(locale,
            {minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay});
        return (value) => minus(formatter.format(value));
    };
    const whole = decimals(0);
    const tenth = decimals(1);
    const signedTenth = decimals(1, "exceptZero");
    const signedHundredth = decimals(2, "exceptZero");
    const clock = (at, zone) =>
        dates(locale, zone, {hour: "2-digit", minute: "2-digit", second: "2-digit"}).format(at);
    /** Seconds only where there are some: "05:00", "17:13:20". */
    const time = (at, zone) => at % 60_000 ? clock(at, zone)
        : dates(locale, zone, {hour: "2-digit", minute: "2-digit"}).format(at);
    return {
        words,
        collator: new Intl.Collator(locale),
        time,
        clock,
        /** "Thứ Hai, 23/11/2026" */
        date: (at, zone) => {
            const {weekday, day, month, year} = parts(
                dates(locale, zone, {weekday: "long", day: "2-digit", month: "2-digit", year: "numeric"}), at);
            return `${weekday}, ${day}/${month}/${year}`;
        },
        /** "giờ Việt Nam (GMT+7)" */
        zone: (at, zone) => vietnam.includes(zone)
            ? words.zoneVietnam(offsetIn(at, zone))
            : words.zoneElsewhere(zone.split("/").pop().replaceAll("_", " "), offsetIn(at, zone)),
        /** "4 giây trước", up to an hour; then the clock time, with the day when it is another one. */
        ago: (at, now, zone) => {
            const seconds = Math.max(0, Math.round((now - at) / 1000));
            if (seconds < 60) return words.secondsAgo(whole(seconds));
            if (seconds < 3600) return words.minutesAgo(whole(Math.floor(seconds / 60)));
            const days = -dayDistance(at, now, zone);
            const minute = Math.floor(at / 60_000) * 60_000;
            if (days === 0) return words.at(time(minute, zone));
            if (days === 1) return words.yesterdayAt(time(minute, zone));
            const {day, month} = parts(dates(locale, zone, {day: "2-digit", month: "2-digit"}), at);
            return words.onDayAt(time(minute, zone), `${day}/${month}`);
        },
        /** "31 giây", "1 phút 20 giây" */
        duration: (seconds) => {
            const all = Math.round(seconds);
            if (all < 60) return words.seconds(whole(all));
            const rest = all % 60;
            return words.minutes(whole(Math.floor(all / 60))) + (rest ? " " + words.seconds(whole(rest)) : "");
        },
        whole,
        tenth,
        /** As fine as a start error deserves: "+0,01", "+41.250,0". */
        signed: (value) => Math.abs(value) < 10 ? signedHundredth(value) : signedTenth(value),
    };
}

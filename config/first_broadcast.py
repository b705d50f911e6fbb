#!/usr/bin/env python3
"""The main job once, as its users do it: through the API alone, on the real programs.

Started by config/quickstart. Starts a scheduler and three stations, speaks and plans announcements, airs one at once and
prints what was proved. Stops everything it started, whatever happens.
"""
import argparse
import base64
import datetime
import fcntl
import hmac
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

from live_lines import LiveLines, clock, decimal, print_table, say

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE / "samples"
STATIONS = ["dai-huyen", "tan-hue", "an-phong"]
TRIAL_AREA = "chay-thu"
LEAD = datetime.timedelta(seconds=18)
PORTS = 3
PEOPLE = {"quan-tri": ("Quản trị", "admin"), "can-bo": ("Cán bộ soạn tin", "author"), "nguoi-duyet": ("Người duyệt", "approver")}
STOP_SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
STEP_WORDS = {"speak": "đọc", "decode": "giải mã", "measure": "đo độ to", "level": "chỉnh độ to", "encode": "nén",
              "verify": "kiểm tra"}


class Trouble(Exception):
    """Something a person can act on, in both languages."""

    def __init__(self, vi, en):
        super().__init__(f"{vi}\n   ({en})")


def free_ports(first):
    for port in range(first, first + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise Trouble(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác bằng --port.",
                              f"port {port} is in use; choose another with --port") from None


class Programs:
    """The processes of this run; each writes to its own file under logs/."""

    def __init__(self, directory, binaries):
        self.directory, self.binaries, self.running = directory, binaries, []

    def start(self, name, *arguments, first=None):
        """`first` is called in the process before the program begins."""
        def begin():
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
            if first:
                first()

        log = open(self.directory / "logs" / f"{name}.log", "ab")
        command = [str(self.binaries / arguments[0]), *map(str, arguments[1:])]
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # what is started is also on the list of what to stop
        try:
            process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                       preexec_fn=begin)
            self.running.append((name, process))
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        return process

    def check(self):
        for name, process in self.running:
            if process.poll() is not None:
                log = self.directory / "logs" / f"{name}.log"
                tail = log.read_text(errors="replace").splitlines()[-5:]
                raise Trouble(f"{name} đã dừng ({process.returncode}). Xem {log}:\n   " + "\n   ".join(tail),
                              f"{name} ended; its log is above")

    def end(self, ended):
        ended.terminate()
        ended.wait(10)
        self.running = [(name, process) for name, process in self.running if process is not ended]

    def stop(self):
        """Ends all of them; from here on no signal can come between."""
        for name in STOP_SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        for _, process in reversed(self.running):
            if process.poll() is None:
                process.terminate()
        for _, process in reversed(self.running):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Api:
    """The scheduler's API, as the page of whoever is signed in asks it."""

    def __init__(self, port, programs):
        self.port, self.programs, self.cookie, self.etag = port, programs, None, None

    def call(self, method, path, body=None, media_type="application/json", if_match=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Accept-Language": "vi", "Origin": f"http://127.0.0.1:{self.port}"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if if_match:
            headers["If-Match"] = if_match
        if body is not None:
            headers["Content-Type"] = media_type
            body = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            self.etag = answer.getheader("ETag")
            if cookie := answer.getheader("Set-Cookie"):
                self.cookie = cookie.partition(";")[0]
        finally:
            connection.close()
        if answer.status >= 400:
            problem = json.loads(text)
            raise Trouble(f"{method} {path}: {problem['vi']}", problem["en"])
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return json.loads(text) if is_json else text

    def wait(self, what, seconds, ask):
        """Asks until there is an answer, five times a second."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.programs.check()
            try:
                if (found := ask()) is not None:
                    return found
            except (ConnectionError, socket.timeout):
                pass
            time.sleep(0.2)
        raise Trouble(f"Chờ {seconds:.0f} giây chưa có {what[0]}. Xem {self.programs.directory / 'logs'}",
                      f"no {what[1]} after {seconds:.0f} s; see the logs there")


def go_ahead():
    """Ahead of all other work, as the unit of loa-sound has it; only root may."""
    try:
        pathlib.Path("/proc/self/autogroup").write_text("-15")
        os.nice(-10)
    except OSError:
        pass


REAL_TIME_SINK = "fakesink sync=true"


def sound_sink(index):
    """The machine's sound device for the first station where there is one; else a sink that only keeps real time."""
    cards = pathlib.Path("/proc/asound/cards")
    if index == 0 and cards.exists() and "no soundcards" not in cards.read_text():
        return "alsasink device=default buffer-time=100000 latency-time=10000"
    return REAL_TIME_SINK


def output_opens(api, station):
    """Whether the station's output came up; a device that is there may still refuse to sound."""
    def ready():
        status = api.call("GET", "/v1/stations/" + station).get("status") or {}
        return True if status.get("output") == "ready" else None
    try:
        return api.wait(("đường ra tiếng", "sound output"), 10, ready)
    except Trouble:
        return False


def start_scheduler(directory, port, programs, binaries):
    office = directory / "office"
    if not (office / "signing.key").exists():
        shutil.rmtree(office, ignore_errors=True)
        subprocess.run([binaries / "loa-scheduler", "init", "--dir", office, "--name", "localhost", "--name", "127.0.0.1"],
                       check=True, stdout=subprocess.DEVNULL)
    config = directory / "scheduler.properties"
    config.write_text(f"""stateDirectory = {directory / 'scheduler'}
officeDirectory = {office}
loopback.host = 127.0.0.1
loopback.port = {port}
stations.host = 127.0.0.1
stations.port = {port + 1}
office.host = 127.0.0.1
office.port = {port + 2}
duty.host = 127.0.0.1
duty.port = {port + 3}
""")
    programs.start("loa-scheduler", "loa-scheduler", "serve", "--config", config)
    api = Api(port, programs)
    api.wait(("máy chủ", "scheduler"), 20, lambda: api.call("GET", "/v1/health/ready") if scheduler_answers(port) else None)
    return api, config


def code_now(secret):
    """The code an authenticator shows for this half minute (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7fffffff) % 1_000_000:06d}"


class Person(Api):
    """Somebody of the office, made or, on another run, taken in anew; settles in as everybody does."""

    def __init__(self, scheduler, binaries, config, name):
        super().__init__(scheduler.port, scheduler.programs)
        self.name, (self.title, role) = name, PEOPLE[name]
        command = [binaries / "loa-scheduler", "person", "add", "--config", config, "--id", name, "--name", self.title,
                   "--role", role]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode != 0:
            made = subprocess.run([binaries / "loa-scheduler", "person", "reset", "--config", config, "--id", name],
                                  check=True, capture_output=True, text=True)
        first = made.stdout.strip()
        self.password, self.secret = first[::-1], None
        self.call("POST", "/v1/session", {"name": name, "password": first})
        session = self.call("POST", "/v1/session/password", {"password": first, "newPassword": self.password})
        if session["needsSecondFactor"]:
            self.secret = self.call("POST", "/v1/session/second-factor")["secret"]
            self.call("PUT", "/v1/session/second-factor", {"code": code_now(self.secret)})

    def how_to_sign_in(self):
        factor = f", mã xác thực từ khóa {self.secret}" if self.secret else ""
        return f"{self.title}: tên {self.name}, mật khẩu {self.password}{factor}"


def scheduler_answers(port):
    try:
        Api(port, None).call("GET", "/v1/health/live")
        return True
    except (Trouble, OSError):
        return False


def make_places(admin, approver):
    sample = json.loads((SAMPLES / "thanh-binh-2020.json").read_text())
    for area in sample["areas"]:
        admin.call("PUT", "/v1/areas/" + area["id"], {k: v for k, v in area.items() if k in ("name", "parent")})
    # Whatever dayparts the district may get: in the trial area the whole day is one.
    whole_day = {"name": "cả ngày", "from": "00:00", "minutes": 24 * 60}
    approver.call("PUT", f"/v1/areas/{TRIAL_AREA}/airtime",
                  {"periods": [{"dayparts": [whole_day], "quietHours": [], "specialDays": []}]})
    for station in sample["stations"]:
        area = TRIAL_AREA if station["id"] in STATIONS else station["area"]
        admin.call("PUT", "/v1/stations/" + station["id"], {"name": station["name"], "area": area})
    say(f"   {len(sample['areas'])} địa bàn và {len(sample['stations'])} trạm của huyện Thanh Bình, như năm 2020")
    return {station["id"]: station["name"] for station in sample["stations"]}


def enrol(api, binaries, home, station, server):
    """Makes a box that station, as on a box of its own, and holds its six words beside the office's."""
    code = api.call("POST", f"/v1/stations/{station}/enrolment")["code"]
    box = subprocess.run([binaries / "loa-player", "enrol", "--server", server, "--dir", home], input=code + "\n",
                         capture_output=True, text=True)
    if box.returncode != 0:
        raise Trouble(f"trạm {station} không ghi danh được: {box.stderr.strip()}", f"station {station} could not enrol")
    words = box.stdout.splitlines()[1]
    if api.call("GET", f"/v1/stations/{station}")["identity"]["words"] != words:
        raise Trouble(f"sáu từ của trạm {station} không khớp", f"the six words of station {station} differ")
    return words


def start_station(api, directory, programs, index, station, port):
    home = directory / "stations" / station
    (home / "recordings").mkdir(parents=True, exist_ok=True)
    server = f"https://127.0.0.1:{port + 1}"
    words = enrol(api, programs.binaries, home, station, server)
    say(f"   {station}: đã ghi danh, sáu từ đối chiếu: {words}")
    config = home / "player.properties"
    config.write_text(f"""server = {server}
officeCa = {home / 'ca.pem'}
officeKeyFile = {home / 'office.pub'}
identityFile = {home / 'identity.json'}
stateDirectory = {home / 'state'}
mediaDirectory = {home / 'media'}
soundSocket = {home / 'sound.sock'}
manifestPollSeconds = 1
statusSeconds = 1
""")
    def start_sound(sink):
        return programs.start(f"loa-sound-{station}", "loa-sound", "--socket", home / "sound.sock", "--sink", sink,
                              "--record", home / "recordings", "--gst-registry", home / "gst-registry.bin", first=go_ahead)

    sink = sound_sink(index)
    sound = start_sound(sink)
    programs.start(f"loa-player-{station}", "loa-player", "--config", config)
    if sink == REAL_TIME_SINK:
        return "đầu ra giả, giữ đúng nhịp thời gian"
    if output_opens(api, station):
        return "thiết bị âm thanh của máy này"
    programs.end(sound)
    start_sound(REAL_TIME_SINK)
    return "đầu ra giả, giữ đúng nhịp thời gian (không mở được thiết bị âm thanh của máy này)"


def speak(api, path):
    title, _, text = path.read_text().partition("\n")
    upload = api.call("POST", "/v1/speech", {"title": title.strip(), "text": text.strip()})
    live = LiveLines()

    def finished():
        state = api.call("GET", "/v1/uploads/" + upload["id"])
        step = STEP_WORDS.get(state.get("step"), "chờ")
        live.draw([("", f"“{state['title']}”: {step} {state['progress']} %")])
        if state["state"] == "refused":
            raise Trouble(f"“{state['title']}”: {state['problem']['vi']}", state["problem"]["en"])
        return state if state["state"] == "done" else None

    state = api.wait(("bản đọc", "speech"), 120, finished)
    facts = api.call("GET", f"/v1/media/{state['media']}/facts")
    live.draw([("done", f"“{facts['title']}”: {decimal(facts['seconds'], 1)} giây, {decimal(facts['loudnessLufs'], 1)} "
                f"LUFS, đỉnh {decimal(facts['truePeakDbtp'], 1)} dBTP")])
    return facts


def calendar(media, area, uid_suffix, start=None):
    """The sample calendar for one announcement: daily three times, or once at `start`."""
    if start is None:
        text = (SAMPLES / "1022-daily.ics").read_bytes().decode()
        return text.replace("@MEDIA@", media["id"]).replace("@AREA@", area).replace("@UID@", uid_suffix) \
                   .replace("@TITLE@", media["title"]).replace("@MINUTE@", f"{int(uid_suffix.split('-')[-1]) * 2:02d}")
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loa//quickstart//VI", "BEGIN:VEVENT", f"UID:{uid_suffix}",
        f"DTSTAMP:{datetime.datetime.now(datetime.timezone.utc):%Y%m%dT%H%M%SZ}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{media['title']}", f"ATTACH:urn:loa:media:{media['id']}",
        f"ATTENDEE;CUTYPE=RESOURCE:urn:loa:area:{area}",
        "X-LOA-CLASS:priority",  # it must win its place also when this runs at 05:00, 11:00 or 17:00
        "END:VEVENT", "END:VCALENDAR", ""])


def approve(author, approver, event):
    """Soạn - duyệt - phát: one submits, another listens and approves what was heard."""
    path = "/v1/events/" + urllib.parse.quote(event, safe="")
    author.call("POST", path + "/submission")
    review = approver.call("GET", path + "/review")
    seen = approver.etag
    for sound in review["unheard"]:
        approver.call("GET", "/v1/media/" + sound)
        approver.call("POST", f"/v1/media/{sound}/heard")
    approver.call("POST", path + "/approval", if_match=seen)


def state_words(station):
    """What a station says of itself, as (state, words)."""
    status = station.get("status")
    if not status:
        return "never", "chưa báo về"
    if on_air := status.get("onAir"):
        return on_air["slot"], f"đang phát {decimal(on_air['frames'] / 48000, 1)} giây, “{on_air['title']}”"
    if status["output"] != "ready":
        return status["output"], "đang mở loa" if status["output"] == "opening" else "mất đường ra tiếng"
    if status["mediaReady"] < status["mediaWanted"]:
        return "loading", f"đang tải tệp, đã có {status['mediaReady']} trong {status['mediaWanted']}"
    return "ready", "sẵn sàng"


def as_run(api, event, start):
    """The lines of this run's own airing; the daily ones may start in the same second."""
    end = start + datetime.timedelta(seconds=1)
    query = urllib.parse.urlencode({"from": f"{start:%Y-%m-%dT%H:%M:%SZ}", "to": f"{end:%Y-%m-%dT%H:%M:%SZ}"})
    lines = {line["station"]: line for line in api.call("GET", "/v1/as-run?" + query)["lines"] if line["event"] == event}
    return [lines[station] for station in STATIONS if station in lines]


def watch(api, names, event, start, seconds):
    """A live line for each station until its slot has an outcome; returns the lines of the as-run."""
    live = LiveLines()

    def complete():
        lines = as_run(api, event, start)
        outcomes = {line["station"]: (line["result"], line["vi"]) for line in lines if line["result"] != "unknown"}
        said = {station["id"]: station for station in api.call("GET", "/v1/stations")["stations"]}
        rows = [outcomes.get(station) or state_words(said[station]) for station in STATIONS]
        live.draw([(state, f"{names[station]}: {words}") for station, (state, words) in zip(STATIONS, rows)])
        return lines if len(outcomes) == len(STATIONS) else None

    try:
        return api.wait(("kết quả phát", "outcome of the airing"), seconds, complete)
    except Trouble as trouble:
        say(f"   {trouble}")
        return as_run(api, event, start)


def broadcast(options, directory, programs):
    """Airs one announcement; returns how many stations did and did not, and the office's people."""
    free_ports(options.port)
    say("-- Khởi động (starting)")
    say(f"   dữ liệu của lần chạy này: {directory}")
    scheduler, config = start_scheduler(directory, options.port, programs, options.programs)
    admin, author, approver = people = [Person(scheduler, options.programs, config, name) for name in PEOPLE]
    say("   máy chủ đã chạy; có quản trị, cán bộ soạn và người duyệt, mỗi người một tài khoản")
    names = make_places(admin, approver)
    for index, station in enumerate(STATIONS):
        words = start_station(admin, directory, programs, index, station, options.port)
        say(f"   {names[station]}: trạm đã chạy, phát ra {words}")
    say("-- Đọc tin thành tiếng (speaking the announcements)")
    media = [speak(author, path) for path in sorted((SAMPLES / "announcements").glob("*.vi.txt"))]
    say("-- Xếp lịch hằng ngày lúc 05:00, 11:00, 17:00 và một lần phát ngay (planning)")
    start = (datetime.datetime.now(datetime.timezone.utc) + LEAD).replace(microsecond=0)
    event = f"chay-thu-{start:%Y%m%dT%H%M%S}"
    for number, item in enumerate(media):
        author.call("POST", "/v1/events", calendar(item, "thanh-binh", f"1022-{number}"), "text/calendar")
    author.call("POST", "/v1/events", calendar(media[0], TRIAL_AREA, event, start), "text/calendar")
    drafts = [event["id"] for event in author.call("GET", "/v1/events")["events"] if event["state"] == "draft"]
    for draft in drafts:
        approve(author, approver, draft)
    say(f"   {len(drafts)} tin đã trình, người duyệt đã nghe và duyệt")
    say(f"-- Phát lúc {clock(start)}, giờ Việt Nam (on air)")
    lines = watch(author, names, event, start, LEAD.total_seconds() + media[0]["seconds"] + 30)
    say("-- Kết quả phát (as run)")
    print_table(lines, names)
    for station in STATIONS:
        recordings = sorted((directory / "stations" / station / "recordings").glob("*.wav"))
        if recordings:
            say(f"   bản ghi của {names[station]}: {recordings[-1]}")
    aired = sum(line["result"] == "aired" for line in lines)
    return aired, len(STATIONS) - aired, people


def stay(options, programs, people):
    """Until Ctrl-C."""
    say("-- Trang web; đăng nhập bằng (the page; sign in as)")
    say(f"   http://127.0.0.1:{options.port}/")
    for person in people:
        say("   " + person.how_to_sign_in())
    say("   Ctrl-C để dừng tất cả (stops everything).")
    try:
        while True:
            programs.check()
            time.sleep(1)
    except KeyboardInterrupt:
        say("\n   đang dừng (stopping)")


def port(text):
    number = int(text)
    if not 1 <= number <= 65535 - PORTS + 1:
        raise ValueError
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--dir", type=pathlib.Path, default=HERE.parent / "build" / "quickstart")
    parser.add_argument("--port", type=port, default=21022)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    directory = options.dir.resolve()
    (directory / "logs").mkdir(parents=True, exist_ok=True)
    lock = open(directory / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"quickstart: một lần chạy khác đang dùng {directory}. Dừng nó, hoặc thêm --dir và --port.\n"
                 "   (another run uses this folder; stop it, or choose another with --dir and --port)")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell started this in the background
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) != signal.SIG_IGN:  # nohup wants it so
            signal.signal(name, lambda number, _: sys.exit(128 + number))
    programs = Programs(directory, options.programs)
    try:
        aired, not_aired, people = broadcast(options, directory, programs)
        if not options.once:
            stay(options, programs, people)
    except Trouble as trouble:
        sys.exit(f"\nquickstart: {trouble}")
    except KeyboardInterrupt:
        say("\n   đang dừng (stopping)")
        return 128 + signal.SIGINT
    finally:
        programs.stop()
    say(f"{aired} aired, {not_aired} not aired")
    return 0 if not_aired == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

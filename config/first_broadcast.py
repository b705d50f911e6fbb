#!/usr/bin/env python3
"""The main job once, as its users do it: through the API alone, on the real programs.

Started by config/quickstart. Starts a scheduler and three stations, speaks and plans announcements, airs one at once and
prints what was proved. Stops everything it started, whatever happens.
"""
import argparse
import datetime
import fcntl
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
import unicodedata
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE / "samples"
STATIONS = ["dai-huyen", "tan-hue", "an-phong"]
TRIAL_AREA = "chay-thu"
LEAD = datetime.timedelta(seconds=18)
RESULT_WORDS = {"aired": "đã phát", "airedLate": "phát muộn", "partial": "phát thiếu", "silent": "không có tiếng",
                "preempted": "nhường tin khẩn", "missed": "không phát", "unknown": "chưa rõ"}


class Trouble(Exception):
    """Something a person can act on."""


def say(text):
    print(text, flush=True)


def width(text):
    return sum(0 if unicodedata.combining(c) else 1 for c in text)


def pad(text, columns):
    return text + " " * max(0, columns - width(text))


def free_ports(first):
    for port in range(first, first + 3):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise Trouble(f"port {port} is in use; choose another with --port") from None


class Programs:
    """The processes of this run; each writes to its own file under logs/."""

    def __init__(self, directory, binaries):
        self.directory, self.binaries, self.running = directory, binaries, []

    def start(self, name, *arguments):
        log = open(self.directory / "logs" / f"{name}.log", "ab")
        command = [str(self.binaries / arguments[0]), *map(str, arguments[1:])]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        self.running.append((name, process))
        return process

    def check(self):
        for name, process in self.running:
            if process.poll() is not None:
                log = self.directory / "logs" / f"{name}.log"
                tail = log.read_text(errors="replace").splitlines()[-5:]
                raise Trouble(f"{name} ended ({process.returncode}); {log} says:\n   " + "\n   ".join(tail))

    def end(self, ended):
        self.running = [(name, process) for name, process in self.running if process is not ended]
        ended.terminate()
        ended.wait(10)

    def stop(self):
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
    """The scheduler's API as any program of the office sees it."""

    def __init__(self, port, programs):
        self.port, self.programs, self.token = port, programs, None

    def call(self, method, path, body=None, media_type="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if body is not None:
            headers["Content-Type"] = media_type
            body = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise Trouble(f"{method} {path} was refused: {json.loads(text).get('detail', text)}")
        return json.loads(text) if text else None

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
        raise Trouble(f"{what}: nothing after {seconds} s; see {self.programs.directory / 'logs'}")


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
        return api.wait("the output", 10, ready)
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
""")
    programs.start("loa-scheduler", "loa-scheduler", "serve", "--config", config)
    api = Api(port, programs)
    api.wait("the scheduler", 20, lambda: api.call("GET", "/v1/health/ready") if scheduler_answers(port) else None)
    token_file = directory / "office.token"
    subprocess.run([binaries / "loa-scheduler", "token", "--config", config, "--name", "quickstart", "--out", token_file],
                   check=True, stdout=subprocess.DEVNULL)
    api.token = token_file.read_text().strip()
    return api, config


def scheduler_answers(port):
    try:
        Api(port, None).call("GET", "/v1/health/live")
        return True
    except (Trouble, OSError):
        return False


def make_places(api):
    sample = json.loads((SAMPLES / "thanh-binh-2020.json").read_text())
    for area in sample["areas"]:
        api.call("PUT", "/v1/areas/" + area["id"], {k: v for k, v in area.items() if k in ("name", "parent")})
    for station in sample["stations"]:
        area = TRIAL_AREA if station["id"] in STATIONS else station["area"]
        api.call("PUT", "/v1/stations/" + station["id"], {"name": station["name"], "area": area})
    say(f"   {len(sample['areas'])} areas and {len(sample['stations'])} stations of huyện Thanh Bình, as in 2020")
    return {station["id"]: station["name"] for station in sample["stations"]}


def start_station(api, directory, programs, index, station, port):
    home = directory / "stations" / station
    (home / "recordings").mkdir(parents=True, exist_ok=True)
    token = api.call("POST", f"/v1/stations/{station}/token")["secret"]
    token_file = home / "station.token"
    token_file.touch(0o600)
    token_file.write_text(token + "\n")
    config = home / "player.properties"
    config.write_text(f"""station = {station}
server = https://127.0.0.1:{port + 1}
officeCa = {directory / 'office' / 'ca.pem'}
officeKeyFile = {directory / 'office' / 'office.pub'}
tokenFile = {token_file}
stateDirectory = {home / 'state'}
mediaDirectory = {home / 'media'}
soundSocket = {home / 'sound.sock'}
manifestPollSeconds = 1
statusSeconds = 1
""")
    def start_sound(sink):
        return programs.start(f"loa-sound-{station}", "loa-sound", "--socket", home / "sound.sock", "--sink", sink,
                              "--record", home / "recordings", "--gst-registry", home / "gst-registry.bin")

    sink = sound_sink(index)
    sound = start_sound(sink)
    programs.start(f"loa-player-{station}", "loa-player", "--config", config)
    if sink == REAL_TIME_SINK:
        return "a sink that keeps real time"
    if output_opens(api, station):
        return "the machine's sound device"
    programs.end(sound)
    start_sound(REAL_TIME_SINK)
    return "a sink that keeps real time (the machine's sound device does not open)"


def speak(api, path):
    title, _, text = path.read_text().partition("\n")
    upload = api.call("POST", "/v1/speech", {"title": title.strip(), "text": text.strip()})

    def finished():
        state = api.call("GET", "/v1/uploads/" + upload["id"])
        show(f"   “{state['title']}”: {state.get('step', state['state'])} {state['progress']} %")
        if state["state"] == "refused":
            raise Trouble(f"“{state['title']}” was refused: {state['problem']['detail']}")
        return state if state["state"] == "done" else None

    state = api.wait("speech", 120, finished)
    facts = api.call("GET", f"/v1/media/{state['media']}/facts")
    show(f"   “{facts['title']}”: {facts['seconds']:.1f} s, {facts['loudnessLufs']:.1f} LUFS, "
         f"peak {facts['truePeakDbtp']:.1f} dBTP\n")
    return facts


def show(text):
    """On a terminal the line is written over the one before; elsewhere only finished lines are printed."""
    if sys.stdout.isatty():
        print("\r\x1b[K" + text, end="", flush=True)
    elif text.endswith("\n"):
        print(text, end="", flush=True)


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


def on_air_line(stations, names):
    parts = []
    for station in stations:
        status = station.get("status") or {}
        if on_air := status.get("onAir"):
            parts.append(f"{names[station['id']]}: đang phát {on_air['frames'] / 48000:4.1f} s")
        else:
            ready = f"{status.get('mediaReady', 0)}/{status.get('mediaWanted', 0)}"
            parts.append(f"{names[station['id']]}: {status.get('output', 'absent')}, tệp {ready}")
    return "   " + " | ".join(parts)


def watch(api, names, start, seconds):
    """One live line for the stations until each slot at `start` has its outcome; returns the as-run lines."""
    begin, end = start, start + datetime.timedelta(seconds=1)
    query = urllib.parse.urlencode({"from": f"{begin:%Y-%m-%dT%H:%M:%SZ}", "to": f"{end:%Y-%m-%dT%H:%M:%SZ}"})
    last_printed = 0.0

    def complete():
        nonlocal last_printed
        stations = [s for s in api.call("GET", "/v1/stations")["stations"] if s["id"] in STATIONS]
        line = on_air_line(stations, names)
        show(line)
        if not sys.stdout.isatty() and time.monotonic() - last_printed >= 5:
            say(line)
            last_printed = time.monotonic()
        lines = [l for l in api.call("GET", "/v1/as-run?" + query)["lines"] if l["station"] in STATIONS]
        done = len(lines) == len(STATIONS) and all(l["result"] != "unknown" for l in lines)
        return lines if done else None

    try:
        return api.wait("the airing", seconds, complete)
    except Trouble as trouble:
        say(f"\n   {trouble}")
        return [l for l in api.call("GET", "/v1/as-run?" + query)["lines"] if l["station"] in STATIONS]


def print_table(lines, names, zone=datetime.timezone(datetime.timedelta(hours=7))):
    def local(text):
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(zone)
        return moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"

    rows = [("Trạm", "Kế hoạch", "Bắt đầu", "Lệch (ms)", "Giây phát", "Mức (dBFS)", "Kết quả")]
    for line in lines:
        level = line.get("level")
        rows.append((names[line["station"]], local(line["planned"]["start"]),
                     local(line["start"]) if "start" in line else "-",
                     f"{line['startErrorMs']:+.2f}".replace(".", ",") if "startErrorMs" in line else "-",
                     f"{line['seconds']:.2f}/{line['plannedSeconds']:.2f}".replace(".", ","),
                     f"{level['rmsDbfs']:.1f}".replace(".", ",") if level else "-",
                     RESULT_WORDS[line["result"]] + ("" if line["reason"] == "none" else f" ({line['reason']})")))
    columns = [max(width(row[i]) for row in rows) + 2 for i in range(len(rows[0]))]
    for row in rows:
        say("   " + "".join(pad(cell, column) for cell, column in zip(row, columns)).rstrip())


def broadcast(options, directory, programs):
    free_ports(options.port)
    say(f"   state of this run: {directory}")
    api, config = start_scheduler(directory, options.port, programs, options.programs)
    say(f"   scheduler is up; the office token is in {directory / 'office.token'}")
    names = make_places(api)
    for index, station in enumerate(STATIONS):
        words = start_station(api, directory, programs, index, station, options.port)
        say(f"   {names[station]}: player started, sounds to {words}")
    say("-- Speaking the announcements")
    media = [speak(api, path) for path in sorted((SAMPLES / "announcements").glob("*.vi.txt"))]
    say("-- Planning them daily at 05:00, 11:00 and 17:00, and one airing at once")
    for number, item in enumerate(media):
        api.call("POST", "/v1/events", calendar(item, "thanh-binh", f"1022-{number}"), "text/calendar")
    now = datetime.datetime.now(datetime.timezone.utc)
    start = (now + LEAD).replace(microsecond=0)
    event = calendar(media[0], TRIAL_AREA, f"chay-thu-{start:%Y%m%dT%H%M%S}", start)
    api.call("POST", "/v1/events", event, "text/calendar")
    say(f"-- On air at {start.astimezone(datetime.timezone(datetime.timedelta(hours=7))):%H:%M:%S} (giờ Việt Nam)")
    lines = watch(api, names, start, LEAD.total_seconds() + media[0]["seconds"] + 30)
    show("\n" if sys.stdout.isatty() else "")
    say("-- As run")
    print_table(lines, names)
    for station in STATIONS:
        recordings = sorted((directory / "stations" / station / "recordings").glob("*.wav"))
        if recordings:
            say(f"   recording of {names[station]}: {recordings[-1]}")
    aired = sum(line["result"] == "aired" for line in lines)
    return aired, len(STATIONS) - aired, config


def stay(options, programs, config):
    code = subprocess.run([options.programs / "loa-scheduler", "code", "--config", config], check=True,
                          capture_output=True, text=True).stdout.strip()
    say(f"-- The page (works once, for 15 minutes): http://127.0.0.1:{options.port}/#code={code}")
    say("   Ctrl-C stops everything.")
    while True:
        programs.check()
        time.sleep(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--dir", type=pathlib.Path, default=HERE.parent / "build" / "quickstart")
    parser.add_argument("--port", type=int, default=21022)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    directory = options.dir.resolve()
    (directory / "logs").mkdir(parents=True, exist_ok=True)
    lock = open(directory / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"quickstart: another run uses {directory}; stop it, or choose another with --dir and --port")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell started this in the background
    programs = Programs(directory, options.programs)
    try:
        aired, not_aired, config = broadcast(options, directory, programs)
        if not options.once:
            stay(options, programs, config)
    except Trouble as trouble:
        sys.exit(f"\nquickstart: {trouble}")
    except KeyboardInterrupt:
        say("\n   stopping")
        return 0
    finally:
        programs.stop()
    say(f"{aired} aired, {not_aired} not aired")
    return 0 if not_aired == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

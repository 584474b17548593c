"""`linli demo`: a small invented town, a Telegram on this machine, and the whole story of one report played in colour.

The bot and the sandbox run as programs of their own, as they would anywhere; this one only plays the people.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from rich.console import Console

from chat.texts import text

TOKEN = "110110:sandbox"
TOWN = Path(__file__).parent / "town"
PATIENCE = 20.0  # seconds that an expected message may take
RESIDENT = "CHEN"
COLOURS = {"LI": "cyan", "ZHOU": "magenta", "WANG": "green", "SUN": "yellow", "GAO": "red", "CHEN": "blue"}


class DemoFailed(Exception):
    """The story did not go as told; the message says where."""


class Town:
    """The people of the story, each with a phone in the sandbox."""

    def __init__(self, url: str, console: Console) -> None:
        self.url = url.rstrip("/")
        self.console = console
        self.phones: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def add(self, code: str, name: str, role: str, language: str) -> None:
        person = self.call("/sandbox/people", {"name": name, "language": language, "role": role})
        self.phones[code], self.names[code] = person["id"], name

    def say(self, code: str, words: str) -> None:
        self.console.print(f"[bold {COLOURS.get(code, 'white')}]{self.names[code]}[/] › {words}", highlight=False)
        self.call(f"/sandbox/chats/{self.phones[code]}/say", {"from": self.phones[code], "text": words})

    def messages(self, code: str) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = self.call(f"/sandbox/chats/{self.phones[code]}")["messages"]
        return [message for message in shown if not message["deleted"] and message["from"] == "bot"]

    def press(self, code: str, label: str) -> None:
        """Press the newest button with this label, once it is there."""

        def found() -> tuple[int, str] | None:
            for message in reversed(self.messages(code)):
                for row in message["keyboard"] or []:
                    for button in row:
                        if label in button["text"]:
                            return message["message_id"], button["data"]
            return None

        message, data = self._wait(f"{self.names[code]}: [{label}]", found)
        self.console.print(f"[bold {COLOURS.get(code, 'white')}]{self.names[code]}[/] › ⌈{label}⌋", highlight=False)
        chat = self.phones[code]
        before = self._heard(code)
        self.call(f"/sandbox/chats/{chat}/press", {"from": chat, "message_id": message, "data": data})
        self._wait("an answer to the button", lambda: self._heard(code) > before)

    def _heard(self, code: str) -> int:
        return int(self.call(f"/sandbox/chats/{self.phones[code]}")["seq"])

    def expect(self, code: str, part: str) -> None:
        """Wait until this phone shows `part`, and print the message."""

        def found() -> str | None:
            for message in reversed(self.messages(code)):
                if part in message["text"]:
                    return str(message["text"])
            return None

        words = self._wait(f"{self.names[code]}: {part}", found)
        indented = words.replace("\n", "\n      ")
        self.console.print(f"   [{COLOURS.get(code, 'white')}]▌{self.names[code]}[/] {indented}", style="dim")

    def find(self, code: str, pattern: str) -> str:
        """Wait until a message on this phone holds what looks like `pattern`, and return it."""

        def found() -> str | None:
            matches = (re.search(pattern, message["text"]) for message in reversed(self.messages(code)))
            return next((match[0] for match in matches if match), None)

        return str(self._wait(f"{self.names[code]}: {pattern}", found))

    def advance(self, minutes: int) -> None:
        self.console.rule(f"+{minutes} min")
        self.call("/sandbox/clock", {"advance_seconds": minutes * 60})

    def _wait(self, what: str, look: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            time.sleep(0.05)
        raise DemoFailed(f"the story waited {PATIENCE:.0f} s in vain for {what}")


def _play(town: Town) -> None:
    """The story: seen, reported, not answered, escalated, acknowledged, handed over, closed."""

    def label(name: str) -> str:
        return text("zh", name)

    town.say("LI", "/report")
    for name in ("report-suspicious", "suspicious-ongoing-no", "suspicious-behaviours-trying_doors", "form-done"):
        town.press("LI", label(name))
    town.press("LI", "南苑一片")
    town.press("LI", label("when-now"))
    town.say("LI", "两人挨个试拉停在路边的车门，有一辆被拉开了")
    town.press("LI", label("form-skip"))
    town.expect("LI", label("suspicious-photos"))
    town.press("LI", label("form-skip"))
    town.press("LI", label("suspicious-may_ask-yes"))
    town.press("LI", label("form-submit"))
    town.expect("WANG", "试拉")
    town.expect("LI", text("zh", "standing-arrived", name="王警官"))
    town.advance(5)
    town.expect("SUN", "试拉")
    town.press("SUN", label("alert-acknowledge"))
    town.expect("LI", text("zh", "standing-acknowledged", name="孙警官"))
    town.press("SUN", label("alert-hand"))
    town.press("SUN", "王警官")
    town.press("WANG", label("alert-accept"))
    town.expect("SUN", text("zh", "alert-taken", name="王警官"))
    town.press("WANG", label("alert-close"))
    town.press("WANG", label("alert_close-outcome-dealt_with"))
    town.press("WANG", label("form-skip"))
    town.expect("LI", text("zh", "standing-closed", outcome=label("outcome-dealt_with")))


def _play_tip(town: Town, committee: int) -> None:
    """A second one: a resident comes from the poster, tells without a name, and comes back with the code."""

    def label(name: str) -> str:
        return text("zh", name)

    town.say(RESIDENT, f"/start tip-{committee}")
    town.expect(RESIDENT, label("tip-signed-no"))
    for name in ("tip-signed-no", "tip-kind-theft"):
        town.press(RESIDENT, label(name))
    town.say(RESIDENT, "三号楼地下室有人收赃车，夜里一辆接一辆推进去")
    town.expect(RESIDENT, "在哪里")
    for name in ("form-skip", "when-now", "tip-known-saw", "form-skip", "tip-about_staff-no", "tip-ask_how-code"):
        town.press(RESIDENT, label(name))
    town.press(RESIDENT, label("form-submit"))
    town.expect("WANG", "收赃车")
    town.press("WANG", label("alert-acknowledge"))
    town.press("WANG", label("alert-ask"))
    town.say("WANG", "一般夜里几点？")
    code = town.find(RESIDENT, r"[2-9A-Z]{5}-[2-9A-Z]{5}")
    town.say(RESIDENT, code)
    town.expect(RESIDENT, "一般夜里几点")
    town.say(RESIDENT, "十一点以后")
    town.expect("WANG", "十一点以后")


def _furnish(town: Town, environment: dict[str, str], folder: Path) -> int:
    """The town with its people, all registered; returns the number of the committee that has a poster."""

    def linli(*words: str) -> str:
        command = [sys.executable, "-m", "bot", *words]
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DemoFailed(f"linli {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    import csv

    from bot.inviting import invite
    from models.database import Database
    from models.sealing import KeyRing

    linli("migrate")
    linli("import", str(TOWN / "places.csv"), str(TOWN / "people.csv"))
    from chat.clock import SystemClock

    db = Database(folder / "data" / "linli.db", KeyRing.read(environment["LINLI_KEYS"]))
    codes = {}
    with (TOWN / "people.csv").open(encoding="utf-8", newline="") as people:
        for row in csv.DictReader(people):
            town.add(row["code"], row["name"], text("zh", f"role-{row['role']}"), row["language"])
            invitations = invite(
                db, row["role"], row["places"].split(";")[0], SystemClock().now(), 7, person_code=row["code"]
            )
            codes[row["code"]] = invitations[0].code
    committee = db.one("select id from place where code = 'NY'")
    db.close()
    town.add(RESIDENT, "陈阿姨", "居民", "zh")
    for code, secret in codes.items():
        town.say(code, f"/start {secret}")
    assert committee is not None
    return int(committee["id"])


def demo(*, story_only: bool) -> int:
    """Play the story; then, unless `story_only`, keep the phones page open until Ctrl-C. Returns the exit code."""
    from models.sealing import new_key

    console = Console()
    programs: list[subprocess.Popen[str]] = []
    with tempfile.TemporaryDirectory(prefix="linli-demo-") as name:
        folder = Path(name)
        try:
            sandbox = subprocess.Popen(
                [sys.executable, "-m", "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
            )
            programs.append(sandbox)
            assert sandbox.stdout is not None
            url = sandbox.stdout.readline().split()[-1].rstrip("/")
            environment = {key: value for key, value in os.environ.items() if not key.startswith("LINLI_")} | {
                "LINLI_BOT_TOKEN": TOKEN,
                "LINLI_TELEGRAM_API": url,
                "LINLI_DATA_DIR": str(folder / "data"),
                "LINLI_KEYS": new_key(),
                "LINLI_SANDBOX_CLOCK_URL": f"{url}/sandbox/clock",
            }
            town = Town(url, console)
            with (folder / "bot.log").open("w") as log:
                committee = _furnish(town, environment, folder)
                bot = subprocess.Popen(
                    [sys.executable, "-m", "bot", "run"], env=environment, cwd=folder, stdout=log, stderr=log, text=True
                )
                programs.append(bot)
                for code in town.phones:
                    if code != RESIDENT:
                        town.expect(code, town.names[code])
                _play(town)
                console.rule()
                _play_tip(town, committee)
                console.print(f"\n[bold]{url}/[/]")
                if not story_only:
                    bot.wait()
        except DemoFailed as failure:
            console.print(f"[red]{failure}[/]")
            log_file = folder / "bot.log"
            if log_file.exists():
                console.print(log_file.read_text()[-3000:], markup=False)
            return 1
        except KeyboardInterrupt:
            return 0
        finally:
            for program in reversed(programs):
                program.send_signal(signal.SIGTERM)
                program.wait(10)
                if program.stdout:
                    program.stdout.close()
    return 0

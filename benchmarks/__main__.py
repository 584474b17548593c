"""`make bench`: every figure that Linli promises, beside what others need, in one run. Exit code 1 if one is missed."""

import asyncio
import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

BATCH = 100  # updates to a poll when 200 people write at once: as many as Telegram gives


def _alone(what: str, *arguments: object) -> Any:
    """Measure in a process of its own, so that nobody pays for another's imports and garbage."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks", what, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmark {what} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _measure(what: str, *arguments: str) -> Any:
    match what:
        case "linli_form" | "aiogram_form" | "telegram_form":
            from importlib import import_module

            return asyncio.run(import_module(f"benchmarks.{what}").play(int(arguments[0]))).median
        case "volume":
            from benchmarks import volume

            return asdict(asyncio.run(volume.play(int(arguments[0]))))
        case "workload":
            from benchmarks import workload

            return asdict(asyncio.run(workload.play(int(arguments[0]))))
        case "papers":
            from benchmarks import workload

            return asdict(asyncio.run(workload.papers(int(arguments[0]))))
        case "receipt_codes":
            from benchmarks import receipt_codes

            return asdict(receipt_codes.play())
        case "retention":
            from benchmarks import volume

            return asdict(asyncio.run(volume.erase(int(arguments[0]))))
        case "reminders":
            from benchmarks import reminders

            match arguments[0]:
                case "tick":
                    return reminders.tick(int(arguments[1]))
                case "drain":
                    return asdict(asyncio.run(reminders.drain()))
                case _:
                    return reminders.year()
        case "delivery":
            from benchmarks import delivery

            return asdict(asyncio.run(getattr(delivery, arguments[0])()))
        case _:
            raise SystemExit(f"no benchmark {what}")


def main() -> int:
    """Measure everything and print it."""
    missed = []

    def line(name: str, figures: str, ratio: float, most: float) -> None:
        kept = ratio <= most
        print(f"{'✓' if kept else '✗'} {name}: {figures} → {ratio:.2f} (at most {most})", flush=True)
        if not kept:
            missed.append(name)

    aiogram, telegram = _alone("aiogram_form", BATCH), _alone("telegram_form", BATCH)
    ours, single = _alone("linli_form", BATCH), _alone("linli_form", 1)
    print("Report conversation, 200 people × 5, network stubbed, CPU ms per update, medians of 5:")
    print(f"  aiogram, FSM in memory {aiogram:.3f} · python-telegram-bot, ConversationHandler in memory {telegram:.3f}")
    print(f"  Linli, durable, FULL: polls of {BATCH} {ours:.3f} · one update to a poll {single:.3f}")
    cheaper = min(aiogram, telegram)
    line("conversation", f"{ours:.3f} against {cheaper:.3f} ms", ours / cheaper, 1.0)
    print(f"  (one update to a poll: {single / cheaper:.2f})")

    small, large = _alone("volume", 1_000), _alone("volume", 100_000)
    for what in ("alerts", "submit", "duplicates"):
        figures = f"{large[what]:.3f} ms with 100,000 reports against {small[what]:.3f} ms with 1,000"
        line(what, figures, large[what] / small[what], 1.2)

    empty, full = _alone("workload", 0), _alone("workload", 156)
    figures = f"{full['card']:.3f} ms with 156 weeks of 300 coordinators against {empty['card']:.3f} ms with none"
    line("workload card", figures, full["card"] / empty["card"], 1.2)
    line("Friday 17:00: who has not filed, in ms", f"{full['due']} of 300 found", full["found"], 50.0)
    print(f"  (the first of the ticks that remind them: {full['reminded']:.0f} ms)")

    papers = _alone("papers", 156)
    line("the board's picture, in ms", "made", papers["cold"], 2000.0)
    line("the same from the cache, in ms", "to the last byte sent", papers["kept"], 30.0)
    figures = f"{papers['meanwhile']:.1f} ms while pictures are made against {papers['otherwise']:.1f} ms"
    line("an update is delayed by that, p99, in ms", figures, papers["meanwhile"] - papers["otherwise"], 50.0)
    line("the table of a year, in ms", "300 coordinators", papers["year"], 3000.0)

    codes = _alone("receipt_codes")
    figures = f"right {codes['right']:.2f} µs, wrong {codes['wrong']:.2f} µs, Welch's t {codes['t']:.2f}"
    line("receipt codes cannot be told apart by time", figures, abs(codes["t"]), 4.5)

    erased = _alone("retention", 100_000)
    figures = f"100,000 old reports in {erased['ticks']} ticks of {erased['typical']:.1f} ms; the longest pause, in ms"
    line("retention", figures, erased["longest"], 50.0)
    print(f"  (whatever else the machine did included: {erased['interrupted']:.1f} ms;", end=" ")
    print(f"a person's update meanwhile, 99th percentile: {erased['answered']:.1f} ms)")

    few, many = _alone("reminders", "tick", 1_000), _alone("reminders", "tick", 1_000_000)
    line("tick", f"{many:.3f} ms with 1,000,000 reminders waiting against {few:.3f} ms with 1,000", many / few, 1.1)
    drained = _alone("reminders", "drain")
    figures = f"{drained['reminders']} due at once, {drained['per_second']:.2f} messages a second"
    line("reminders at the platform's pace", figures, abs(drained["per_second"] / 30 - 1), 0.05)
    line("messages above that pace", "refused", drained["refused"], 0)
    line("an alert in the midst of them, p99, in s", f"{drained['alerts']} alerts", drained["alert"], 1.0)
    line("memory that grew meanwhile, in MB", "at the most", drained["grown"], 50.0)
    planned, seconds = _alone("reminders", "year")
    line("a year's series for 300 people, in s", f"{planned} reminders planned", seconds, 2.0)

    bare, linli = _alone("delivery", "bare_aiogram"), _alone("delivery", "linli")
    for what in ("p50", "p99"):
        figures = f"{linli[what]:.1f} ms against {bare[what]:.1f} ms of a bare aiogram handler"
        line(f"submit → officer, {what}", figures, linli[what] / bare[what], 2.0)

    from benchmarks.delivery import help_seconds

    seconds = help_seconds()
    line("linli --help", f"{seconds:.2f} s", seconds, 0.5)
    line("start → first getUpdates", f"{linli['first_poll']:.2f} s", linli["first_poll"], 2.5)
    print(f"  resident memory: Linli {linli['resident']:.0f} MB, bare aiogram {bare['resident']:.0f} MB")
    return 1 if missed else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_measure(sys.argv[1], *sys.argv[2:])))
    else:
        sys.exit(main())

"""`make faults`: the bots killed so often, beside each other. Exit code 1 where Linli lost or repeated something.

They are played at the same time, each with a sandbox and people of its own; that keeps the machine busy as well.
"""

import asyncio
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.faults import reminder_kills
from tests.faults.kills import AIOGRAM, HEAD, LINLI, TELEGRAM, Bot, Tally, play

BOTS = (LINLI, AIOGRAM, TELEGRAM)
REMINDERS = (reminder_kills.LINLI, reminder_kills.APSCHEDULER)
SHOWN = 20  # faults that are told in words
REMINDED = 500  # people, each reminded at the same moment


def played(kills: int, bot: Bot) -> Tally:
    """One bot's play, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(bot, kills, 20261124, Path(folder)))


def reminded(kills: int, bot: reminder_kills.Bot) -> reminder_kills.Tally:
    """The same for reminders that fall due while meetings are moved and cancelled."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(reminder_kills.play(bot, kills, REMINDED, 20261125, Path(folder)))


def main(kills: int) -> int:
    """Play and print."""
    faults = _reports(kills)
    faults += _reminders(kills)
    for fault in faults[:SHOWN]:
        print(f"Linli: {fault}")
    if len(faults) > SHOWN:
        print(f"Linli: and {len(faults) - SHOWN} more")
    return 1 if faults else 0


def _reminders(kills: int) -> list[str]:
    print(f"\n{'':20}{reminder_kills.HEAD}", flush=True)
    with ProcessPoolExecutor(len(REMINDERS)) as pool:
        tallies = list(pool.map(partial(reminded, kills), REMINDERS))
    for bot, tally in zip(REMINDERS, tallies, strict=True):
        print(f"{bot.name:20}{tally.line}", flush=True)
    ours = tallies[0]
    return [*([f"it was killed {ours.kills} times only"] if ours.kills < kills else []), *ours.faults]


def _reports(kills: int) -> list[str]:
    print(f"{'':20}{HEAD}", flush=True)
    with ProcessPoolExecutor(len(BOTS)) as pool:
        tallies = list(pool.map(partial(played, kills), BOTS))
    for bot, tally in zip(BOTS, tallies, strict=True):
        print(f"{bot.name:20}{tally.line}")
    ours = tallies[0]
    faults = list(ours.faults)
    if ours.closed < ours.filed:
        faults.append(f"{ours.filed - ours.closed} reports were not closed")
    if ours.marked > ours.kills:
        faults.append(f"{ours.marked} repeats after {ours.kills} kills")
    return faults


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))

"""`make faults`: the bots killed so often, beside each other. Exit code 1 where Linli lost or repeated something.

They are played at the same time, each with a sandbox and people of its own; that keeps the machine busy as well.
"""

import asyncio
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.faults.kills import AIOGRAM, HEAD, LINLI, TELEGRAM, Bot, Tally, play

BOTS = (LINLI, AIOGRAM, TELEGRAM)


def played(kills: int, bot: Bot) -> Tally:
    """One bot's play, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(bot, kills, 20261124, Path(folder)))


def main(kills: int) -> int:
    """Play and print."""
    print(f"{'':20}{HEAD}", flush=True)
    with ProcessPoolExecutor(len(BOTS)) as pool:
        tallies = list(pool.map(partial(played, kills), BOTS))
    for bot, tally in zip(BOTS, tallies, strict=True):
        print(f"{bot.name:20}{tally.line}")
    ours = tallies[0]
    for fault in ours.faults:
        print(f"{LINLI.name}: {fault}")
    unfinished = ours.closed < ours.filed
    return 1 if ours.lost or ours.twice or ours.anew or unfinished or ours.marked > ours.kills else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))

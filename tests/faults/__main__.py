"""`make faults`: the bots killed so often, side by side. Exit code 1 where Linli loses or repeats what it must not."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults.kills import AIOGRAM, LINLI, TELEGRAM, Tally, play

HEAD = f"{'':22}{'kills':>7}{'filed':>7}{'closed':>8}{'lost':>6}{'twice':>7}{'marked':>8}{'begun anew':>12}"


def main(kills: int) -> int:
    """Play and print; every bot in a folder of its own."""
    print(HEAD, flush=True)
    tallies: dict[str, Tally] = {}
    for bot in (LINLI, AIOGRAM, TELEGRAM):
        with tempfile.TemporaryDirectory() as folder:
            tally = tallies[bot.name] = asyncio.run(play(bot, kills, 20261124, Path(folder)))
        print(
            f"{bot.name:22}{tally.kills:7}{tally.filed:7}{tally.closed:8}{tally.lost:6}{tally.twice:7}"
            f"{tally.marked:8}{tally.anew:12}",
            flush=True,
        )
    ours = tallies[LINLI.name]
    for fault in ours.faults:
        print(f"Linli: {fault}")
    return 1 if ours.lost or ours.twice or ours.anew or ours.marked > ours.kills else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))

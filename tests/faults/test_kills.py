"""Promise 1, tried to break: killed twenty times while people report and officers answer."""

from pathlib import Path

import pytest

from tests.faults.kills import HEAD, LINLI, play

KILLS = 20  # `make faults` kills 200 times, and two other bots as well


@pytest.mark.timeout(300)
async def test_kills_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    tally = await play(LINLI, KILLS, 11, tmp_path)
    print(f"\n{HEAD}\n{tally.line}")  # seen with -s
    assert tally.kills == KILLS
    assert tally.filed >= 10 and tally.closed == tally.filed and tally.asked, "too little was done to prove anything"
    assert (tally.lost, tally.twice, tally.anew) == (0, 0, 0), tally.faults
    assert tally.marked <= tally.kills

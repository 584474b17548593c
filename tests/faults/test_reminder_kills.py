"""Reminders through kills of the bot while meetings are moved and cancelled (M1, M2); `make faults` plays more."""

from pathlib import Path

import pytest

from tests.faults.reminder_kills import LINLI, play

KILLS, PEOPLE = 12, 40


@pytest.mark.timeout(240)
async def test_reminders_come_once_and_none_of_what_was_cancelled(tmp_path: Path) -> None:
    tally = await play(LINLI, KILLS, PEOPLE, 20261125, tmp_path)
    assert not tally.faults, tally.faults
    assert tally.kills == KILLS and tally.reminders >= 3 * PEOPLE
    assert (tally.lost, tally.twice, tally.stale) == (0, 0, 0)

"""A table of who may do what: a row for each action in a state, a column for each person, every cell tried and forged.

What the letters in the cells mean is for the tests that have the table to say; `+` and `o` may change rows, `.` is a
refusal.
"""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from models.agenda import ActionItem, AgendaPoint
from models.area_plan import PlanMeasure, PlanReason
from models.checks import Shortfall
from models.database import opened
from models.decline import Decline
from models.draft import Draft
from models.minutes import Attendance, MinutesPoint, Objection
from models.report import Exchange, Report
from models.spot_check import Building, SpotCheck, SpotDraw
from models.visit import Visit
from models.workload import Week
from tests.scenarios.story import Story

COLUMNS = ("LI", "WU", "QIAN", "ZHOU", "CHEN", "WANG", "HE", "SUN", "FENG", "GAO", "X")
REFUSALS = ("不在您的职责", "没有可以移交", "已经关闭", "旧卡片", "已接手", "邀请", "还没有登记")
_SPOT = ("id", "state", "starts_at", "seen", "correct", "late", "not_cancelled", "wrong", "nobody", "why")
_WATCHED = {
    "series": "select id, place, called_by, look_at is null from meeting_series",
    "meeting": "select id, starts_at, state, agenda_at from meeting",
    "own_times": "select account, quiet_from, quiet_until, evening, lead from own_times",
    "series_times": "select series, evening, lead from series_times",
    "calendar_feed": "select id, account, digest from calendar_feed",
    "point": f"select {opened(AgendaPoint, 'id', 'place', 'by', 'occasion', 'rank', 'words')} from agenda_point",
    "action": f"select {opened(ActionItem, 'id', 'owner', 'day', 'words', 'done_by')} from action_item",
    "minutes": "select id, occasion, state, by, version, content is null from minutes",
    "minutes_point": f"select {opened(MinutesPoint, 'id', 'heading', 'words', 'written_by')} from minutes_point",
    "attendance": f"select {opened(Attendance, 'occasion', 'person', 'presence', 'stand_in')} from attendance",
    "objection": f"select {opened(Objection, 'id', 'person', 'words', 'state')} from objection",
    "invited": "select occasion, person, answer from meeting_invited",
    "report": f"select {opened(Report, 'id', 'state', 'outcome', 'deed', 'scene', 'photos')} from report",
    "alert": "select id, state, holder, step, offered_to from alert",
    "exchange": f"select {opened(Exchange, 'id', 'kind', 'text')} from exchange",
    "delivery": "select alert, person, fate from delivery",
    "opening": "select report, person, through from opening order by id",
    "draft": f"select {opened(Draft, 'form', 'account', 'turn', 'step', 'answers')} from draft",
    "account": "select name, language from account",
    "person": "select id, role, account, active from person",
    "followup": "select report, day, state, proposed_by, limited_on from followup",
    "building": f"select {opened(Building, 'id', 'place', 'called', 'dwellings')} from building",
    "spot": f"select {opened(SpotCheck, *_SPOT)} from spot_check",
    "spot_draw": f"select {opened(SpotDraw, 'spot', 'drawn', 'why')} from spot_draw",
    "spot_party": "select spot, person, agreed from spot_party",
    "leave": "select person, first, last, taken_back_at from leave",
    "decline": f"select {opened(Decline, 'person', 'month', 'cause', 'words')} from decline",
    "week": f"select {opened(Week, 'person', 'monday', 'state', 'note', 'reason', 'question')} from workload_week",
    "entry": "select id, week, visited, taken, state, by from workload_entry",
    "paper": "select kind, person, place, coordinator, period from paper",
    "meeting_day": "select place, working_day from meeting_day",
    "visit": f"select {opened(Visit, 'id', 'place', 'slots', 'starts_at', 'spoke', 'witnessed')}, "
    f"{opened(Visit, 'outcome', 'line', 'state')} from visit",
    "hours": "select person, weekday, first from office_hours",
    "part": "select visit, role, person, can, ready from visit_part",
    "shortfall": f"select {opened(Shortfall, 'person', 'day', 'short', 'cause', 'words')} from same_day_shortfall",
    "kit": "select person, day, spot, there, by from kit_check",
    "plan": "select person, dwellings, until from self_check_plan",
    "ledger": "select person, day, book, in_order, sample, correct, by from ledger_check",
    "data_room": "select place, task, person from data_room",
    "area_plan": "select id, state, lead, weekday, deadline, officer_accepted, town_accepted from area_plan",
    "area_reason": f"select {opened(PlanReason, 'plan', 'by', 'words')} from area_plan_reason",
    "area_measure": f"select {opened(PlanMeasure, 'id', 'owner', 'day', 'words', 'done_by')} from area_plan_measure",
    "area_inspection": "select id, monday, starts_at, state, done_by from area_plan_inspection",
    "area_review": "select number, verdict, by from area_plan_review",
    "area_extension": "select until, by from area_plan_extension",
}


@dataclass(frozen=True)
class Row:
    """An action in a state, and a cell for each column."""

    state: str
    action: str
    cells: Sequence[str]

    def __str__(self) -> str:
        return f"{self.state} {self.action}"

    @property
    def name(self) -> str:
        """The action without numbers, codes and what hangs on it: a:1:hand:SUN is a:hand."""
        parts = [part for part in self.action.split(":") if not part.isdigit() and not part[:1].isupper() and part]
        return ":".join(parts[: 3 if parts[0] == "v" else 2])


def rows_of(table: str) -> list[Row]:
    """The rows of a table with a head."""
    lines = [line.split() for line in table.strip().splitlines()[1:] if line]
    return [Row(state, action, cells) for state, action, *cells in lines]


@dataclass(frozen=True)
class Read:
    """What newly stands on a phone: messages with their buttons, and passing words."""

    texts: list[str]
    toasts: list[str]
    everything: str

    @property
    def told(self) -> str:
        return "\n".join(self.texts + self.toasts)

    def tells(self, *details: str) -> bool:
        return any(detail in self.everything for detail in details)


@dataclass(frozen=True)
class Tried:
    """A cell that was tried: the rows before and after it, and what every phone newly shows."""

    who: str
    row: Row
    cell: str
    before: dict[str, list[tuple[Any, ...]]]
    after: dict[str, list[tuple[Any, ...]]]
    phones: dict[str, Read]

    def __str__(self) -> str:
        return f"{self.who}: {self.row.action} while {self.row.state}; changed {self.changed}, read {self.own.told!r}"

    @property
    def own(self) -> Read:
        return self.phones[self.who]

    @cached_property
    def changed(self) -> set[str]:
        return {table for table in self.before if self.before[table] != self.after[table]}

    def did(self, rows: set[str] | None) -> None:
        """Fails unless a `+` changed just these rows, and any other cell none; None: a `+` is not expected here."""
        assert self.changed == (rows if self.cell == "+" else set()), self

    def heard_by(self, *whom: str) -> None:
        """Fails where the phone of anybody else moved than their own and these."""
        assert not any(self.phones[other].told for other in self.phones if other not in (self.who, *whom)), self

    def shows(self, *details: str) -> None:
        """Fails where an `s` does not show these, or an `n` does."""
        assert self.cell not in "sn" or self.own.tells(*details) == (self.cell == "s"), self

    def changed_nothing(self, *but: str) -> None:
        """Fails where rows changed, or another's phone moved."""
        assert not self.changed - set(but), self
        self.heard_by()


class World:
    """One town in each of the states, restored before every cell."""

    def __init__(self, story: Story, columns: Sequence[str] = COLUMNS, refusals: Sequence[str] = REFUSALS) -> None:
        self.story, self.columns, self.refusals = story, columns, refusals
        self.kept: dict[str, sqlite3.Connection] = {}

    @classmethod
    async def open(
        cls, folder: Path, *, columns: Sequence[str] = COLUMNS, refusals: Sequence[str] = REFUSALS, making: bool = True
    ) -> "World":
        """A new town: everybody of the columns has joined, those who are no staff are strangers who began to talk.

        `making`: whether papers that are ordered are made; where not, they stay ordered.
        """
        story = await Story.open(folder)
        story.making = making
        for who in sorted(columns, key=lambda who: who in story.ids):
            if who in story.ids:
                await story.join(who)
            else:
                story.stranger(who)
                await story.say(who, "/start")
        return cls(story, columns, refusals)

    def keep(self, state: str) -> None:
        self.kept[state] = sqlite3.connect(":memory:")
        self.story.db._connection.backup(self.kept[state])

    def restore(self, state: str) -> None:
        self.kept[state].backup(self.story.db._connection)

    async def close(self) -> None:
        for kept in self.kept.values():
            kept.close()
        await self.story.close()

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        return {table: [tuple(row) for row in self.story.db.all(sql)] for table, sql in _WATCHED.items()}

    def read(self, who: str, since: int) -> Read:
        view = self.story.sandbox.world.view(self.story.phones[who].id, since)
        shown = [m for m in view["messages"] if m["from"] == "bot" and not m["deleted"]]
        toasts = [toast["text"] for toast in view["toasts"]]
        return Read([m["text"] for m in shown], toasts, f"{shown}{toasts}")

    async def act(self, who: str, action: str) -> None:
        """Send a command, or press a button that was perhaps never shown: of an open form with its own number."""
        parts = action.split(":")
        if action.startswith("/"):
            await self.story.say(who, action.replace("_", " "))
        elif parts[0] == "f":
            draft = self.story.db.all("select id, turn from draft")[0]
            await self.story.forge(who, f"f:{draft['id']}:{draft['turn']}:{parts[1]}:{''.join(parts[2:])}")
        else:
            day = ["20261201"] if parts[0] == "v" else []
            await self.story.forge(who, ":".join(str(self.story.ids.get(part, part)) for part in (*parts, *day)))

    async def cells(self, row: Row) -> AsyncIterator[Tried]:
        """Try a row, cell by cell: nobody is met with silence, and a refusal is in words."""
        for who, cell in zip(self.columns, row.cells, strict=True):
            self.restore(row.state)
            before, since = self.rows(), self.story.sandbox.world.seq
            await self.act(who, row.action)
            tried = Tried(who, row, cell, before, self.rows(), {code: self.read(code, since) for code in self.columns})
            assert tried.own.told, f"silence for {tried}"
            assert cell != "." or any(words in tried.own.told for words in self.refusals), tried
            yield tried

"""/tips: the town office's table of tips. Counts, ages and states; of what an anonymous giver wrote, not a word.

A tip is opened from here only where the town office is its addressee (handlers.alert_card.may_see), as its ordinary
card, and that opening is logged as any other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chat.messages import Button
from chat.texts import listed
from handlers import alert_card
from handlers.desk import Turn, in_rows
from models.alert import AlertState
from models.person import Role
from models.place import below, held
from models.report import ReportKind

CARD = "tips"
PAGE = 8
MOST_BUTTONS = 24  # of committees, and of kinds
LATELY = timedelta(days=30)  # that ended ones are counted
_BELOW = below(held(Role.TOWN_OFFICE))
_OPEN = f"""
with recursive {_BELOW}
select alert.id, alert.state, alert.step, report.number, report.created_at, report.about, report.source,
       report.about_staff, place.id as place, place.name as place_name,
       exists (select 1 from delivery join person on person.id = delivery.person
               where delivery.alert = alert.id and person.account = :account and person.role = 'town_office'
       ) as addressed
from alert join report on report.id = alert.report join place on place.id = alert.place
where alert.state <> 'closed' and report.kind = 'tip' and alert.place in (select id from below)
"""
_ENDED = f"""
with recursive {_BELOW}
select state, count(*) as n from report
where kind = 'tip' and closed_at > :since and place in (select id from below) group by state
"""


class Age(StrEnum):
    DAY = "day"
    WEEK = "week"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Tip:
    """An open tip as the table knows it. `answer_due` is when the officer's first answer is due (UTC)."""

    alert: int
    number: str
    kind: str
    state: str
    place: int
    place_name: str
    filed_at: datetime
    answer_due: datetime
    may_open: bool

    def age(self, now: datetime) -> Age:
        days = (now - self.filed_at) / timedelta(days=1)
        return Age.DAY if days < 1 else Age.WEEK if days < 7 else Age.OLDER

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody has answered in time."""
        return self.state == AlertState.WAITING and self.answer_due <= now


def chosen(tips: Sequence[Tip], which: str, now: datetime) -> list[Tip]:
    """Those of a list: open, overdue, place-ID or kind-NAME; overdue answers first, then the oldest."""
    name, _, value = which.partition("-")

    def belongs(tip: Tip) -> bool:
        match name:
            case "overdue":
                return tip.is_overdue(now)
            case "place":
                return str(tip.place) == value
            case "kind":
                return tip.kind == value
            case _:
                return True

    return sorted(filter(belongs, tips), key=lambda tip: (not tip.is_overdue(now), tip.filed_at, tip.number))


def _tips(turn: Turn, account: int) -> list[Tip]:
    limits = turn.house.limits(ReportKind.TIP)
    return [
        Tip(
            alert=row["id"],
            number=row["number"],
            kind=row["about"][0],
            state=row["state"],
            place=row["place"],
            place_name=row["place_name"],
            filed_at=row["created_at"],
            answer_due=limits.until(0, row["created_at"]),
            may_open=not alert_card.is_kept_from_office(row, addressed=bool(row["addressed"])),
        )
        for row in turn.db.all(_OPEN, {"account": account})
    ]


def show(turn: Turn, which: str = "all", page: int = 0, *, renew: bool = False) -> None:
    """The counts, or (`which`: open, overdue, place-ID, kind-NAME) a list of open tips."""
    clerk = turn.person_in(Role.TOWN_OFFICE)
    if clerk is None:
        turn.toast("not-yours" if turn.persons else "start-stranger")
        return
    turn.toast()
    tips = _tips(turn, clerk["account_id"])
    if which == "all":
        ended = turn.db.all(_ENDED, {"account": clerk["account_id"], "since": turn.now - LATELY})
        body, rows = _counts(turn, tips, {row["state"]: row["n"] for row in ended})
    else:
        body, rows = _list(turn, chosen(tips, which, turn.now), which, page)
    turn.show(turn.address, CARD, body, rows, renew=renew)


def _counts(turn: Turn, tips: Sequence[Tip], ended: dict[str, int]) -> tuple[str, list[list[Button]]]:
    def counted(name: str, count: int) -> str:
        return turn.text("tips-counted", name=name, count=count)

    def line(label: str, counts: Sequence[tuple[str, int]]) -> str:
        value = listed(turn.language, (counted(name, count) for name, count in counts))
        return turn.text("list-labelled", label=turn.text(label), value=value or turn.text("form-none"))

    states, ages = Counter(tip.state for tip in tips), Counter(tip.age(turn.now) for tip in tips)
    places, kinds = Counter((tip.place, tip.place_name) for tip in tips), Counter(tip.kind for tip in tips)
    overdue = sum(tip.is_overdue(turn.now) for tip in tips)
    lines = [
        turn.text("tips-title"),
        line("tips-by-overdue", [(turn.text("tips-overdue"), overdue)]),
        line(
            "tips-by-state",
            [(turn.text(f"alert-state-{state}"), states[state]) for state in AlertState if states[state]],
        ),
        line("tips-by-ended", [(turn.text(f"state-{state}"), count) for state, count in sorted(ended.items())]),
        line("tips-by-age", [(turn.text(f"tips-age-{age}"), ages[age]) for age in Age if ages[age]]),
        line("tips-by-place", [(name, count) for (_, name), count in places.most_common()]),
        line("tips-by-kind", [(turn.text(f"tip-kind-{kind}"), count) for kind, count in kinds.most_common()]),
    ]
    top = [Button(counted(turn.text("tips-open"), len(tips)), "tips:open:0")] if tips else []
    if overdue:
        top.insert(0, Button(counted(turn.text("tips-overdue"), overdue), "tips:overdue:0"))
    more = [
        Button(counted(name, count), f"tips:place-{place}:0")
        for (place, name), count in places.most_common(MOST_BUTTONS)
    ]
    more += [
        Button(counted(turn.text(f"tip-kind-{kind}"), count), f"tips:kind-{kind}:0")
        for kind, count in kinds.most_common(MOST_BUTTONS)
    ]
    return "\n".join(lines), [top, *in_rows(more)] if top else []


def _list(turn: Turn, tips: Sequence[Tip], which: str, page: int) -> tuple[str, list[list[Button]]]:
    shown = tips[page * PAGE : (page + 1) * PAGE]
    lines = [turn.text("tips-list" if shown else "tips-none"), ""]
    for tip in shown:
        hours = int((turn.now - tip.filed_at) / timedelta(hours=1))
        age = turn.text("tips-hours", hours=hours) if hours < 24 else turn.text("tips-days", days=hours // 24)
        state = turn.text(f"alert-state-{tip.state}")
        if tip.is_overdue(turn.now):
            state = f"⏰ {turn.text('tips-overdue')}"
        lines.append(f"{tip.number} · {age} · {state} · {tip.place_name}")
    rows = [[Button(tip.number, f"a:{tip.alert}:show")] for tip in shown if tip.may_open]
    if len(rows) < len(shown):
        lines += ["", turn.text("tips-kept")]
    turning = []
    if page:
        turning.append(Button(turn.text("tips-before"), f"tips:{which}:{page - 1}"))
    if len(tips) > (page + 1) * PAGE:
        turning.append(Button(turn.text("tips-after"), f"tips:{which}:{page + 1}"))
    return "\n".join(lines), [*rows, *([turning] if turning else []), [Button(turn.text("form-back"), "tips:all:0")]]

"""The card of a committee's monthly analysis: how far it is, and what can be done about it (duty M3)."""

from chat.day import written
from chat.messages import Address, Button, Priority
from chat.texts import text
from handlers import places
from handlers.desk import Desk, Turn, in_rows
from handlers.workload import committee, month_analysis, month_figures, month_record
from models.person import Role
from workload.analysis import rates
from workload.analysis_due import CHOICES, before, meeting, moments
from workload.analysis_due import Kind as Step
from workload.rates import Quality
from workload.weeks import Month


def button(turn: Turn, place: int) -> list[Button]:
    """For whoever may read a committee's analysis: the button that opens its card."""
    there = committee.person_of(turn, place, *committee.READERS) is not None
    return [Button(turn.text("analysis-title"), f"an:{place}:show")] if there else []


def number(month: Month) -> int:
    """A month as buttons carry it: 202611."""
    return month[0] * 100 + month[1]


def show(turn: Turn, place: int, *, renew: bool = False) -> None:
    """The card, to whoever pressed."""
    writes = committee.person_of(turn, place, Role.CADRE) is not None
    show_to(turn, turn.address, turn.language, place, writes=writes, renew=renew)


def show_to(
    desk: Desk,
    address: Address,
    language: str,
    place: int,
    *,
    writes: bool,
    renew: bool = False,
    notice: str = "",
    priority: Priority = Priority.ANSWER,
) -> None:
    """The card of the month in hand: its rates as they are now, when it is sent, and what is told for it."""
    month = month_record.in_hand(desk, place)
    row, name = month_record.record(desk, place, month), month_figures.name(month)
    body = [notice, ""] if notice else []
    body += [
        text(language, "analysis-card", place=places.name(desk, place), month=name),
        _when(desk, place, month, language),
    ]
    found = rates(month_figures.collect(desk, place, month))
    body += [month_analysis.brief_line(quality, found.get(quality), language) for quality in Quality]
    counted = month_figures.register(desk, place, month) is not None
    for kind, told in (("counts", counted), ("words", row is not None and row["told_at"] is not None)):
        body.append(text(language, f"analysis-{kind}-{'told' if told else 'wanted'}"))
    desk.show(
        address,
        f"analysis:{place}",
        "\n".join(body),
        _buttons(language, place, month, writes=writes, open_words=not month_record.is_sent(row)),
        renew=renew,
        priority=priority,
    )


def _when(desk: Desk, place: int, month: Month, language: str) -> str:
    """When the committee meets about a month, and when its analysis is sent."""
    nth, calendar = month_record.working_day(desk, place), desk.house.calendar
    sent = moments(month, nth, calendar)[Step.SENT].astimezone(calendar.zone)
    name = "analysis-was-sent" if month_record.is_sent(month_record.record(desk, place, month)) else "analysis-is-sent"
    return text(
        language,
        name,
        nth=nth,
        meeting=written(meeting(month, nth, calendar), language),
        day=written(sent.date(), language),
        hour=f"{sent:%H:%M}",
    )


def _buttons(language: str, place: int, month: Month, *, writes: bool, open_words: bool) -> list[list[Button]]:
    def button(name: str, verb: str, value: int | str = 0, **arguments: str) -> Button:
        return Button(text(language, name, **arguments), f"an:{place}:{verb}:{value}")

    rows = []
    if writes:
        told = [button("analysis-count", "counts", number(month))]
        if open_words:
            told.append(button("analysis-write", "words", number(month)))
        rows = [told, [button("analysis-days-choose", "days")]]
    made = [
        button("analysis-make", "make", number(each), month=month_figures.name(each)) for each in (month, before(month))
    ]
    return [*rows, made]


def ask_day(turn: Turn, place: int) -> None:
    """The card asks on which working day the committee meets."""
    now = month_record.working_day(turn, place)
    choices = [
        Button(turn.text("analysis-day", sign="● " if nth == now else "", nth=nth), f"an:{place}:day:{nth}")
        for nth in CHOICES
    ]
    body = turn.text("analysis-day-asked", place=places.name(turn, place))
    back = [Button(turn.text("form-back"), f"an:{place}:back:0")]
    turn.show(turn.address, f"analysis:{place}", body, [*in_rows(choices, 2), back])

"""The card of a coordinator's week: what is entered beside last week, what is missing, and the taps that add to it."""

from datetime import date, datetime, timedelta

from chat.day import brief, written
from chat.messages import Button, Priority
from chat.texts import listed, text
from handlers.desk import Desk, address_of
from handlers.workload import amounts, kit, presence, self_check_plan, workweek
from models.database import Row
from models.workload import WeekState
from workload import doubts as rules
from workload.doubts import Doubt
from workload.figures import Figures, Item
from workload.sweep import DEADLINE
from workload.weeks import due

# What is tapped during the day; the rest is told once a week.
TAPS = (
    ((Item.VISITED, 1), (Item.VISITED, 5), (Item.TAKEN, 1), (Item.TAKEN, 5)),
    ((Item.CHANGED, 1), (Item.CANCELLED, 1), (Item.SAME_DAY, 1), (Item.SAME_DAY, 5)),
)
MORE = (((Item.CERTIFICATE_CHECKS, 1), (Item.SELF_CHECKS, 1), (Item.SELF_CHECKS, 5), (Item.HOURS, 8)),)
ADDED = frozenset(tap for rows in (TAPS, MORE) for row in rows for tap in row)


def name(week: int) -> str:
    """What the card of a week is called."""
    return f"workload:{week}"


def last_week(desk: Desk, week: Row) -> dict[Item, int]:
    """The figures of the week before."""
    first = workweek.monday(week) - timedelta(days=7)
    return workweek.figures_of(desk, week["person"], first, first + timedelta(days=6))


def span(week: Row, language: str) -> str:
    """From which day to which a week goes."""
    return span_of(workweek.monday(week), language)


def span_of(monday: date, language: str) -> str:
    """From which day to which the week of a Monday goes."""
    return text(language, "week-span", first=brief(monday, language), last=brief(monday + timedelta(days=6), language))


def days_told(first: date, last: date, language: str) -> str:
    """One day with its weekday, or from which day to which."""
    if first == last:
        return written(first, language)
    return text(language, "week-span", first=brief(first, language), last=brief(last, language))


def leave_told(desk: Desk, week: Row, language: str) -> list[str]:
    """The leave in a week, if there is any and it is not all of it."""
    first = workweek.monday(week)
    spans = presence.spans(desk, week["person"], first, first + timedelta(days=6))
    if not spans or workweek.is_on_leave(desk, week):
        return []
    return [text(language, "leave-in-week", days=listed(language, (days_told(*span, language) for span in spans)))]


def doubts(desk: Desk, week: Row, figures: Figures) -> list[Doubt]:
    """What is to be asked about a week before it is filed."""
    first = workweek.monday(week) - timedelta(days=7)
    last_days = presence.at_work(desk, week["person"], first, first + timedelta(days=6))
    return rules.doubts(figures, last_week(desk, week), len(workweek.at_work(desk, week)), len(last_days))


def asked(doubt: Doubt, language: str) -> str:
    """A doubt in words."""
    item = amounts.name_of(doubt.item, language)
    return text(language, f"doubt-{doubt.reason}", item=item, figure=doubt.figure or 0, beside=doubt.beside)


def lines(desk: Desk, week: Row, language: str) -> list[str]:
    """Every item with its figure, and last week's beside it."""
    figures, before = workweek.figures(desk, week["id"]), last_week(desk, week)
    told = []
    for item in Item:
        figure = str(figures[item]) if item in figures else text(language, "workload-missing")
        line = text(language, "workload-figure", item=amounts.name_of(item, language), figure=figure)
        if item in before:
            line += text(language, "workload-beside", figure=before[item])
        if item is Item.REPORTS and item not in figures and (counted := workweek.reports_filed(desk, week)):
            line += text(language, "workload-counted", figure=counted)
        told.append(line)
    return amounts.in_lines(told, language) + ([text(language, "workload-beside-told")] if before else [])


def missing(desk: Desk, week: Row, language: str) -> list[str]:
    """The items without a figure; reports are counted by the bot itself."""
    figures = workweek.figures(desk, week["id"])
    return [amounts.name_of(item, language) for item in Item if item not in figures and item is not Item.REPORTS]


def due_at(desk: Desk, week: Row) -> datetime | None:
    """When a week is due, in the house's zone; None where nothing is."""
    day = due(workweek.monday(week), desk.house.is_working_day)
    return datetime.combine(day, DEADLINE, desk.house.zone) if day else None


def standing(desk: Desk, week: Row, language: str) -> str:
    """How a week stands, for its coordinator."""
    if week["state"] != WeekState.OPEN:
        return text(language, f"workload-is-{week['state']}", question=week["question"])
    if workweek.is_on_leave(desk, week):
        return text(language, "leave-whole-week")
    at = due_at(desk, week)
    if at is None:
        return text(language, "workload-no-due")
    kind = "workload-due" if desk.now < at else "workload-overdue"
    return text(language, kind, day=written(at.date(), language), hour=f"{at:%H:%M}")


def show(
    desk: Desk,
    week: Row,
    *,
    renew: bool = False,
    notice: str = "",
    undo: tuple[Item, int] | None = None,
    more: bool = False,
    priority: Priority = Priority.ANSWER,
) -> None:
    """The card on its coordinator's phone, as the week stands now; nothing where they have no phone here."""
    if not week["address"]:
        return
    language = week["language"]
    body = [text(language, "workload-title", span=span(week, language)), standing(desk, week, language)]
    body += [*leave_told(desk, week, language), "", *lines(desk, week, language)]
    for kept in ("reason", "note"):
        if week[kept]:
            body.append(text(language, f"workload-{kept}-told", words=week[kept]))
    body += self_check_plan.lines(desk, week["person"], language)
    if notice:
        body = [notice, "", *body]
    elif week["state"] != WeekState.CONFIRMED:
        body += ["", text(language, "workload-hint")]
    address = address_of(week["address"])
    buttons = _buttons(week, language, undo, more)
    if other := workweek.beside(desk, week):
        way = "workload-this-week" if workweek.monday(other) > workweek.monday(week) else "workload-last-week"
        buttons.append([Button(text(language, way), f"w:{other['id']}:show")])
    buttons.append(
        [
            kit.button(kit.OWN, week["person"], text(language, "kit-today")),
            self_check_plan.button(week["person"], text(language, "self_check-set")),
            Button(text(language, "leave-set"), f"lv:{week['person']}:show"),
        ]
    )
    desk.show(address, name(week["id"]), "\n".join(body), buttons, renew=renew, priority=priority)


def _buttons(week: Row, language: str, undo: tuple[Item, int] | None, more: bool) -> list[list[Button]]:
    def button(label: str, data: str) -> Button:
        return Button(label, f"w:{week['id']}:{data}")

    def tap(item: Item, amount: int) -> Button:
        label = text(language, "workload-tap", item=text(language, f"workload-short-{item}"), amount=amount)
        return button(label, f"add:{item}:{amount}")

    if week["state"] == WeekState.CONFIRMED:
        return [[button(text(language, "workload-correct"), "correct")]]
    rows = [[tap(item, amount) for item, amount in row] for row in (*TAPS, *(MORE if more else ()))]
    last = [button(text(language, "workload-steps"), "steps")]
    if not more:
        last.insert(0, button(text(language, "workload-more"), "more"))
    rows.append(last)
    if undo:
        item, amount = undo
        label = text(language, "workload-undo", item=text(language, f"workload-short-{item}"), amount=amount)
        rows.append([button(label, f"undo:{item}:{amount}")])
    if week["state"] != WeekState.FILED:
        rows.append([button(text(language, "workload-file"), "file")])
    return rows

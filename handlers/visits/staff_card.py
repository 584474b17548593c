"""The one card of a visit in each chat of the staff: who goes along, when, what was found, what was decided (V1)."""

from datetime import date

from chat.day import written
from chat.messages import Button, Priority
from chat.texts import text
from handlers import places
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.meetings import rhythms
from handlers.reminding import Reader
from handlers.visits import people, requests, telling
from handlers.visits.people import Candidate, Viewer
from models.database import Row
from models.visit import HOST, Outcome, VisitState
from reminders import visit
from reminders.visit import Step

_SIGNS = ("①", "②", "③")
WITHDRAWN = "withdrawn"  # news that outlive the request


def title(row: Row, language: str) -> str:
    """What a request is called: nothing of whoever asked."""
    return text(language, f"visit-title-{row['kind']}", number=row["id"], place=row["place_name"])


def slot(desk: Desk, row: Row, language: str) -> str:
    """The day and time that was agreed; its title where there is none (any more)."""
    return rhythms.slot(desk, row["starts_at"], language) if row["starts_at"] else title(row, language)


def line(desk: Desk, row: Row, language: str) -> str:
    """A request as a list shows it."""
    step = requests.step(desk, row)
    when = slot(desk, row, language) if row["starts_at"] else ""
    done = step is Step.DONE
    state = text(language, f"visit-state-{row['state']}" if done else f"visit-step-{step}", slot=when)
    late = text(language, "visit-late", days=late_days(desk, row)) if late_days(desk, row) else ""
    return text(language, "visit-line", number=row["id"], place=row["place_name"], state=state, late=late)


def late_days(desk: Desk, row: Row) -> int:
    """How many working days it is late now."""
    if row["state"] != VisitState.OPEN or requests.is_talk(row):
        return 0
    return visit.late_days(_due(row), desk.now, desk.house.calendar)


def show_mine(turn: Turn, row: Row, *, renew: bool = False, news: str = "") -> None:
    """The card for the account whose turn it is, as they may see it."""
    telling.has_seen(turn, row["id"])
    viewer = people.of_turn(turn, row)
    if viewer is not None:
        body, buttons = content(turn, row, viewer, turn.language, news)
    else:
        body, buttons = _not_theirs(row, turn.language), []
    turn.show(turn.address, requests.card(row["id"]), body, buttons, renew=renew)


def remind(desk: Desk, row: Row, reader: Reader, news: str, *, urgent: bool) -> None:
    """The card comes to the bottom of a chat of the staff, with what is new; `urgent`: beside an open form, too."""
    _show(desk, row, str(reader.address), reader.language, news, renew=True, urgent=urgent)


def tell(desk: Desk, row: Row) -> None:
    """Whom of the staff it concerns, and whose doing it is not, gets the card with what is new; others see it too.

    Who is in quiet hours of their own hears of it at their end.
    """
    told: set[str] = set()
    for one in people.concerned(desk, row):
        if one.person == row["news_by"]:
            continue
        at = telling.may_hear(desk, one.person, row["news_before"])
        if at > desk.now:
            telling.hold(desk, row, one.person, row["staff_news"], at)
        else:
            _tell(desk, row, one, row["staff_news"])
            told.add(one.address)
    refresh(desk, row, besides=told)


def tell_later(desk: Desk, held: Row) -> None:
    """Somebody's quiet hours are over (`held` of telling.due): what was held for them, if it still concerns them."""
    if not held["reachable"]:
        return
    row = requests.load(desk, held["id"])
    if row is None and held["news"] == WITHDRAWN:
        show_withdrawn(desk, held, held["address"], held["language"], renew=True)
    elif row is not None and row["state"] == VisitState.OPEN:
        for one in people.concerned(desk, row):
            if one.person == held["person"]:
                _tell(desk, row, one, held["news"])


def show_withdrawn(desk: Desk, row: Row, address: str, language: str, *, renew: bool) -> None:
    """In place of the card of a request that was taken back (any row with its id, kind and place's name)."""
    body = f"{title(row, language)}\n{text(language, 'visit-withdrawn')}"
    desk.show(address_of(address), requests.card(row["id"]), body, renew=renew, priority=Priority.REMINDER)


def _tell(desk: Desk, row: Row, one: Candidate, news: str) -> None:
    _show(desk, row, one.address, one.language, text(one.language, f"visit-news-{news}"), renew=True)


def refresh(desk: Desk, row: Row, besides: set[str] | frozenset[str] = frozenset()) -> None:
    """Every card of it in the chats of staff, as it is now."""
    for address in requests.chats(desk, row):
        if address not in besides:
            _show(desk, row, address, "", "")


def _show(
    desk: Desk, row: Row, address: str, language: str, news: str, *, renew: bool = False, urgent: bool = False
) -> None:
    asked = (
        "select person.id, person.role, account.name as account, account.language from person join account "
        "on account.id = person.account where account.address = ? and person.active order by person.id"
    )
    persons = desk.db.all(asked, (address,))
    if not persons:
        return
    language = language or persons[0]["language"]
    viewer = people.viewer(desk, row, persons[0]["account"], persons)
    if viewer is not None:
        body, buttons = content(desk, row, viewer, language, news)
    else:
        body, buttons = _not_theirs(row, language), []
    card = requests.card(row["id"])
    where = address_of(address)
    desk.show(where, card, body, buttons, renew=renew, priority=Priority.REMINDER, urgent=urgent)


def _not_theirs(row: Row, language: str) -> str:
    """The card of somebody whose it is not any more."""
    return f"{title(row, language)}\n{text(language, 'talk-not_theirs' if requests.is_talk(row) else 'visit-taken')}"


def content(desk: Desk, row: Row, viewer: Viewer, language: str, news: str = "") -> tuple[str, list[list[Button]]]:
    """What this member of the staff reads of it, and may do."""
    step = requests.step(desk, row)
    body = [news, ""] if news else []
    body.append(title(row, language))
    if requests.is_talk(row):
        body.append(text(language, f"talk-topic-{row['purpose']}"))
    else:
        body.append(text(language, f"certificate-purpose-{row['purpose']}"))
        body.append(text(language, "visit-dwelling", dwelling=row["dwelling"]))
    if viewer.closely:
        body.append(text(language, "visit-called", called=row["called"]))
    body += _times(desk, row, language, step)
    parts = {part["role"]: part for part in requests.parts(desk, row["id"])}
    for role in requests.roles(row):
        part = parts.get(role)
        said = text(language, "visit-part-free") if part is None else part["name"]
        sign = " ✓" if part is not None and part["ready"] else ""
        body.append(text(language, f"visit-part-{role}", who=said + sign))
    if row["unreachable"]:
        body.append(text(language, "visit-unreachable"))
    if row["outcome"] and viewer.closely:
        body += ["", text(language, f"visit-outcome-{row['outcome']}")]
        if row["line"]:
            body.append(text(language, "visit-said", line=row["line"]))
    if stands := _state(desk, row, language, step):
        body += ["", *stands]
    return "\n".join(body), _buttons(desk, row, viewer, parts, language, step)


def _times(desk: Desk, row: Row, language: str, step: Step) -> list[str]:
    if row["starts_at"]:
        return [text(language, "visit-agreed", slot=slot(desk, row, language))]
    left = visit.ahead(requests.standing(desk, row), desk.now)
    if not left or step is Step.DONE:
        return []
    named = requests.slots(row)
    return [
        text(language, "visit-slots"),
        *(f"{sign} {rhythms.slot(desk, named[n], language)}" for sign, n in zip(_SIGNS, left, strict=False)),
    ]


def _state(desk: Desk, row: Row, language: str, step: Step) -> list[str]:
    if step is Step.DONE:
        lines = [text(language, f"visit-state-{row['state']}")]
        return [*lines, text(language, "visit-reason", reason=row["reason"])] if row["reason"] else lines
    if step is Step.THERE:  # its time stands above
        lines = [text(language, "visit-there")]
    else:
        lines = [] if step is Step.COMING else [text(language, f"visit-step-{step}", slot=slot(desk, row, language))]
    if requests.is_talk(row):
        return lines
    if step is Step.THERE:
        lines.append(text(language, "visit-doubts"))
    if days := late_days(desk, row):
        lines.append(text(language, "visit-late", days=days))
    else:
        lines.append(text(language, "visit-due", day=written(_due(row), language)))
    return lines


def _buttons(
    desk: Desk, row: Row, viewer: Viewer, parts: dict[str, Row], language: str, step: Step
) -> list[list[Button]]:
    def button(verb: str, value: str = "", label: str = "") -> Button:
        data = f"vs:{row['id']}:{verb}" + (f":{value}" if value else "")
        return Button(label or text(language, f"visit-button-{verb}"), data)

    if step is Step.DONE:
        return []
    if requests.is_talk(row):
        if step is Step.THERE:
            return [[button("held"), button("no_show")]]
        return [[button("entry")], [button("another")]] if step is Step.COMING else []
    take = [button("take", role, text(language, f"visit-button-take-{role}")) for role in viewer.may_take]
    buttons = in_rows(take) if step not in (Step.AGAIN, Step.DECIDE) else []
    mine = parts.get(viewer.role)
    if mine is not None and step in (Step.TAKE, Step.MARK) and not mine["ready"]:
        named = requests.slots(row)
        for n in visit.ahead(requests.standing(desk, row), desk.now):
            sign = "☑" if n in mine["can"] else "☐"
            buttons.append([button("can", str(n), f"{sign} {rhythms.slot(desk, named[n], language)}")])
        buttons.append([button("ready")] if mine["can"] else [button("all"), button("none")])
    elif mine is not None and step is Step.COMING:
        buttons.append([button("entry")])
    elif mine is not None and step is Step.THERE:
        for verb, done in (("spoke", row["spoke"]), ("witnessed", row["witnessed"])):
            label = text(language, f"visit-button-{verb}")
            buttons.append([button(verb, "", f"{'☑' if done else '☐'} {label}")])
        found = [button("found", o.value, text(language, f"visit-button-found-{o}")) for o in Outcome if o]
        buttons += [*in_rows(found), [button("again")]]
    elif step is Step.DECIDE:
        if mine is not None and not row["line"]:
            buttons.append([button("line")])
        if viewer.decides:
            buttons.append([button("given"), button("not_given")])
    if mine is not None and step in (Step.TAKE, Step.MARK, Step.ANSWER, Step.COMING, Step.AGAIN):
        buttons.append([button("free")])
    if may_be_passed_on(desk, viewer, step):
        if mine is not None:
            buttons[-1].append(button("pass"))
        else:
            buttons.append([button("pass")])
    return buttons


def may_be_passed_on(desk: Desk, viewer: Viewer, step: Step) -> bool:
    """Whether they may say that the dwelling is another committee's: not once a time is agreed."""
    theirs = viewer.role != HOST and bool(viewer.role or viewer.may_take or viewer.decides)
    return theirs and step in (Step.AGAIN, Step.TAKE, Step.MARK, Step.ANSWER) and len(places.committees(desk)) > 1


def ask_where_to(turn: Turn, row: Row) -> None:
    """To which committee it is passed on."""
    found = [place for place in places.committees(turn) if place["id"] != row["place"]]
    buttons = in_rows([Button(place["name"], f"vs:{row['id']}:pass:{place['id']}") for place in found])
    buttons.append([Button(turn.text("visit-button-back"), f"vs:{row['id']}:show")])
    body = f"{title(row, turn.language)}\n{turn.text('visit-dwelling', dwelling=row['dwelling'])}"
    turn.show(turn.address, requests.card(row["id"]), f"{body}\n{turn.text('visit-pass-where')}", buttons)


def _due(row: Row) -> date:
    return date.fromisoformat(row["due"])

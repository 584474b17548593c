"""The one card of a meeting's minutes in each chat: written page by page, then read, objected to, final (M1, M2)."""

from datetime import date, timedelta
from typing import Any

from chat.day import written
from chat.messages import Button, Priority
from chat.texts import listed, text
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.meetings import attendance, meeting_card, minutes
from handlers.meetings.minutes import Content
from models.database import Row
from models.minutes import MinutesState, ObjectionState, Presence
from reminders.minutes import term_ends

PAGE, WIDE = 15, 3  # people on a page, and in a row
ACROSS = 5  # points in a row
LISTED = 10  # points and items on a card; the document has all
NAMED = 12  # people in one line
MOST = 3000  # characters of all that minutes say on a card
SHOWN = 120  # characters of a text where many stand on a card
ATTENDANCE = 0  # what an objection is about where it is about no point
_SIGNS = {Presence.THERE: "☑", Presence.STAND_IN: "⇄", Presence.ABSENT: "☐"}


def button(language: str, occasion: Row, verb: str, value: int = 0, label: str = "") -> Button:
    """A button of this card, called by its verb unless it has another `label`."""
    return Button(label or text(language, f"minutes-button-{verb}"), f"mn:{occasion['id']}:{verb}:{value}")


def head(desk: Desk, occasion: Row, language: str) -> list[str]:
    """Which meeting it is about."""
    return [meeting_card.title(occasion, language), meeting_card.when(desk, occasion, language)]


def show_attendance(
    turn: Turn, occasion: Row, row: Row, person: int = 0, *, page: int = 0, renew: bool = False
) -> None:
    """Who was there: a button for each; `person`: on whose page. What a draft says of it is corrected here, too."""
    guests = attendance.listed(turn, occasion["id"])
    number = next((n for n, guest in enumerate(guests) if guest.person == person), page * PAGE)
    page = min(number, max(len(guests) - 1, 0)) // PAGE
    body = [turn.text("minutes-attendance"), *head(turn, occasion, turn.language), ""]
    body += _presence(minutes.read(turn, minutes.content(turn, occasion, row)), turn.language)
    taps = [
        button(turn.language, occasion, guest.other.value, guest.person, f"{_SIGNS[guest.presence]} {guest.name}")
        for guest in guests[page * PAGE : (page + 1) * PAGE]
    ]
    rows = in_rows(taps, WIDE)
    pages = (len(guests) - 1) // PAGE
    if pages > 0:
        rows.append([])
        if page:
            rows[-1].append(button(turn.language, occasion, "page", page - 1, f"‹ {page}/{pages + 1}"))
        if page < pages:
            rows[-1].append(button(turn.language, occasion, "page", page + 1, f"{page + 2}/{pages + 1} ›"))
    rows.append([button(turn.language, occasion, "all")])
    if any(guest.presence is not Presence.THERE for guest in guests):
        rows[-1].append(button(turn.language, occasion, "name"))
    if row["state"] == MinutesState.WRITING:
        rows.append([button(turn.language, occasion, "next")])
    else:
        rows += [[button(turn.language, occasion, "resend")], [button(turn.language, occasion, "review")]]
    turn.show(turn.address, minutes.card(occasion["id"]), "\n".join(body), rows, renew=renew)


def show_point(turn: Turn, occasion: Row, row: Row, number: int = 0, *, renew: bool = False, news: str = "") -> None:
    """One point (`number`: its id; the first where there is no such) with what was written to it."""
    found = minutes.points_of(turn, row)
    if not found:
        show_review(turn, occasion, row, renew=renew, news=news)
        return
    place = next((n for n, point in enumerate(found) if point["id"] == number), 0)
    point = found[place]
    body = [news, ""] if news else []
    body += [turn.text("minutes-point", number=place + 1, total=len(found)), heading(point, turn.language), ""]
    body.append(point["words"] or turn.text("minutes-nothing"))
    if point["writer"]:
        body.append(turn.text("minutes-writer", who=point["writer"]))
    photos = minutes.photos(turn, point["id"])
    if photos:
        body.append(turn.text("minutes-photos", count=len(photos)))

    def step(to: int, label: str) -> Button:
        if to == len(found):
            return button(turn.language, occasion, "review", label=label)
        if to < 0:
            return button(turn.language, occasion, "people", label=label)
        return button(turn.language, occasion, "point", found[to]["id"], label)

    task = [button(turn.language, occasion, "task", point["id"])] if row["state"] == MinutesState.WRITING else []
    rows = [
        [button(turn.language, occasion, verb, point["id"]) for verb in ("write", "photo")],
        [*task, button(turn.language, occasion, "add")],
        [step(place - 1, turn.text("minutes-button-before")), step(place + 1, turn.text("minutes-button-after"))],
        [button(turn.language, occasion, "review")],
    ]
    if photos:
        rows[0].append(button(turn.language, occasion, "no_photo", point["id"]))
    turn.show(turn.address, minutes.card(occasion["id"]), "\n".join(body), rows, renew=renew)


def heading(point: Any, language: str) -> str:
    """What a point is about, and from whom."""
    if not point["kind"]:
        return str(point["heading"])
    kind = text(language, f"agenda-kind-{point['kind']}")
    return text(language, "minutes-heading", kind=kind, words=point["heading"], who=point["who"])


def show_review(turn: Turn, occasion: Row, row: Row, *, renew: bool = False, news: str = "") -> None:
    """All that would go out, before it does, and the way to each part of it."""
    first = row["state"] == MinutesState.WRITING
    body = [news, ""] if news else []
    body += [turn.text("minutes-review"), *head(turn, occasion, turn.language), ""] if first else []
    body += lines(minutes.read(turn, minutes.content(turn, occasion, row)), turn.language)
    body += [] if first else ["", turn.text("minutes-amending")]  # beside the buttons, and not above a long card
    found = enumerate(minutes.points_of(turn, row), start=1)
    points = [button(turn.language, occasion, "point", point["id"], f"✎ {number}") for number, point in found]
    rows = [[button(turn.language, occasion, "send" if first else "resend")], *in_rows(points[:LISTED], ACROSS)]
    rows.append([button(turn.language, occasion, verb) for verb in ("add", "people")])
    if not first:
        rows.append([button(turn.language, occasion, "show", label=turn.text("meeting-button-back"))])
    turn.show(turn.address, minutes.card(occasion["id"]), "\n".join(body), rows, renew=renew)


def lines(says: Content, language: str) -> list[str]:
    """What minutes say, as short as a card has to be."""
    told = _presence(says, language)
    for number, point in enumerate(says["points"], start=1):
        if number <= LISTED:
            told += ["", f"{number}. {heading(point, language)}"]
            told.append(f"→ {cut(point['words']) or text(language, 'minutes-no_words')}")
            if point["photos"]:
                told.append(text(language, "minutes-photos", count=len(point["photos"])))
    told += _more(says["points"], language)
    if says["items"]:
        told += ["", text(language, "minutes-items")]
    told += [f"· {item_line(item, language)}" for item in says["items"][:LISTED]]
    told += _more(says["items"], language)
    if says["noted"]:
        told += ["", text(language, "minutes-noted")]
    told += [f"· {noted_line(one, language)}" for one in says["noted"][:LISTED]]
    return _fitting(told + _more(says["noted"], language), language)


def _fitting(told: list[str], language: str) -> list[str]:
    """As much as a message takes, with room for what else stands on the card."""
    length = 0
    for number, line in enumerate(told):
        length += len(line) + 1
        if length > MOST:
            return [*told[:number], text(language, "minutes-more_in_file")]
    return told


def _more(all_: list[Any], language: str) -> list[str]:
    return [text(language, "meeting-and_more", count=len(all_))] if len(all_) > LISTED else []


def cut(words: str, most: int = SHOWN) -> str:
    """Words as they stand among others, or on a button."""
    return words if len(words) <= most else f"{words[:most]}…"


def item_line(item: dict[str, Any], language: str) -> str:
    """What was agreed, as minutes say it: nothing of whether it was done since."""
    day = written(date.fromisoformat(item["day"]), language)
    return text(language, "action-line-open", day=day, words=item["words"], who=item["who"])


def noted_line(one: dict[str, Any], language: str) -> str:
    """An objection as minutes note it."""
    return text(language, "minutes-noted_line", about=about(one["point"], language), words=one["words"], who=one["who"])


def about(place: int, language: str) -> str:
    """What an objection is about: the place of a point in the minutes, 0: who was there."""
    return text(language, "minutes-about_point", number=place) if place else text(language, "minutes-about_people")


def _presence(says: Content, language: str) -> list[str]:
    told = []
    stand_ins = [attendance.called(name, stand_in, language) for name, stand_in in says["stand_ins"]]
    for name, people in (("there", says["there"]), ("stand_in", stand_ins), ("absent", says["absent"])):
        if people or name == "there":
            more = text(language, "meeting-and_more", count=len(people)) if len(people) > NAMED else ""
            who = listed(language, people[:NAMED]) + more
            told.append(text(language, f"minutes-{name}", count=len(people), who=who or "–"))
    return told


def term(desk: Desk, row: Row, language: str) -> str:
    """The last day on which a draft may be objected to."""
    ends = term_ends(row["sent_at"], desk.house.calendar).astimezone(desk.house.zone)
    return written(ends.date() - timedelta(days=1), language)


def state(row: Row, language: str) -> str:
    """What these minutes are: a draft, a corrected one, or final."""
    name = "corrected" if row["state"] == MinutesState.DRAFT and row["version"] > 1 else row["state"]
    return text(language, f"minutes-state-{name}", version=row["version"])


def show_to(
    desk: Desk,
    person: Row,
    occasion: Row,
    row: Row,
    *,
    renew: bool = False,
    news: str = "",
    priority: Priority = Priority.ANSWER,
) -> None:
    """Minutes that were sent, as somebody who was invited (`person`: id, address, language) reads them."""
    language = person["language"]
    body = [news, ""] if news else []
    body += [state(row, language), *head(desk, occasion, language), ""]
    rows = []
    if row["content"] is None:
        body.append(text(language, "minutes-forgotten"))
    else:
        body += lines(minutes.read(desk, row["content"]), language)
        rows.append([button(language, occasion, "file")])
    body += _own_objections(desk, row, person["id"], language)
    if minutes.in_term(desk, row):
        body += ["", text(language, "minutes-term", day=term(desk, row, language))]
        if minutes.may_object(desk, row, person["id"]):
            rows[-1].append(button(language, occasion, "object"))
        if minutes.manages(desk, occasion, person):
            rows.append([button(language, occasion, "amend")])
    address, card = address_of(person["address"]), minutes.card(occasion["id"])
    desk.show(address, card, "\n".join(body), rows, renew=renew, priority=priority)


def _own_objections(desk: Desk, row: Row, person: int, language: str) -> list[str]:
    if row["state"] != MinutesState.DRAFT:
        return []
    own = [each for each in minutes.objections(desk, row) if each["person"] == person]
    return ["", *(text(language, f"minutes-own-{each['state']}", words=cut(each["words"])) for each in own)] * bool(own)


def show_mine(turn: Turn, occasion: Row, row: Row, *, renew: bool = False, news: str = "") -> None:
    """The same for whoever of this account was invited."""
    mine = meeting_card.mine(turn, occasion)
    assert mine is not None
    person = minutes.reachable(turn, mine["person"])
    if person is not None:
        show_to(turn, person, occasion, row, renew=renew, news=news)


def objection_card(number: int) -> str:
    """What the card of an objection is called in the chat of whoever keeps the minutes."""
    return f"objection:{number}"


def show_objection(
    desk: Desk,
    person: Row,
    occasion: Row,
    row: Row,
    objection: Row,
    *,
    renew: bool = False,
    priority: Priority = Priority.ANSWER,
) -> None:
    """An objection as whoever keeps the minutes (`person`: address, language) reads it, and decides."""
    language = person["language"]
    found = minutes.points_of(desk, row)
    place = next((n for n, point in enumerate(found, start=1) if point["id"] == objection["point"]), ATTENDANCE)
    body = [text(language, "minutes-objection", who=objection["name"]), *head(desk, occasion, language), ""]
    body.append(f"{about(place, language)} {found[place - 1]['heading'] if place else ''}".strip())
    if place and found[place - 1]["words"]:
        body.append(text(language, "minutes-written", words=cut(found[place - 1]["words"])))
    body += [text(language, "minutes-objects", words=objection["words"]), ""]
    rows = []
    if objection["state"] == ObjectionState.OPEN and minutes.in_term(desk, row):
        body.append(text(language, "minutes-objection-term", day=term(desk, row, language)))
        rows = [[button(language, occasion, verb, objection["id"]) for verb in ("correct", "keep")]]
    else:
        body.append(text(language, f"minutes-decided-{objection['state']}"))
    card = objection_card(objection["id"])
    desk.show(address_of(person["address"]), card, "\n".join(body), rows, renew=renew, priority=priority)

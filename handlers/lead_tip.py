"""Duty R2: a tip, named or anonymous, by anybody, without an invite. It asks what somebody did, never who they are."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Answers, Form, Kind, Question
from chat.messages import Button
from handlers import attaching, duplicates, filing, form_card, moments, places, reporter_card
from handlers.desk import Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation
from models.receipt import Receipt, named, new_code
from models.report import ReportKind, Source

NAME = "tip"
KINDS = ("theft", "fraud", "home_violence", "drugs", "dangerous_goods", "fire_hazard", "road_danger", "other")


def _signed(answers: Answers) -> bool:
    return answers.get("signed") == "yes"


class LeadTip(BaseModel):
    """What the giver is asked. With the first question stands what the bot and the platform know of them."""

    signed: Annotated[str, Question(Kind.CHOICE, ("no", "yes"), counted=False)]
    name: Annotated[
        str | None,
        Field(max_length=40),
        Question(Kind.TEXT, when=lambda answers: _signed(answers) and not answers.get("_staff")),
    ] = None
    kind: Annotated[str, Question(Kind.CHOICE, KINDS)]
    deed: Annotated[str, Field(min_length=10, max_length=1000), Question(Kind.TEXT)]
    where: Annotated[dict[str, Any] | None, Question(Kind.PLACE)] = None
    when: Annotated[dict[str, str], Question(Kind.MOMENT)]
    same: duplicates.Same = None
    known: Annotated[str, Question(Kind.CHOICE, ("saw", "heard", "told"), when=duplicates.alone, firm=True)] = ""
    attachments: Annotated[list[int] | None, Question(Kind.ATTACHMENTS, when=duplicates.alone)] = None
    about_staff: Annotated[str, Question(Kind.CHOICE, ("no", "yes"))]
    may_ask: Annotated[
        str,
        Question(Kind.CHOICE, ("yes", "no"), when=lambda a: _signed(a) and duplicates.alone(a), firm=True),
    ] = "yes"
    ask_how: Annotated[
        str,
        Question(Kind.CHOICE, ("code", "tell", "no"), when=lambda a: not _signed(a) and duplicates.alone(a), firm=True),
    ] = "code"


def start(turn: Turn, place: int | None = None) -> None:
    """/tip, or the code on a poster: the form of that committee, or first the question which committee."""
    if place is not None and places.committee(turn, place) is None:
        turn.say("tip-place-gone")
        place = None
    if place is None:
        offered = places.committees_of(turn) or places.committees(turn)
        if len(offered) != 1:
            _which(turn, [(row["id"], row["name"]) for row in offered])
            return
        place = offered[0]["id"]
    _begin(turn, place)


def _which(turn: Turn, offered: list[tuple[int, str]]) -> None:
    buttons = [Button(name, f"t:place:{place}") for place, name in offered]
    body = turn.text("tip-which" if offered else "tip-nowhere", emergency=turn.house.emergency)
    turn.show(turn.address, "menu", body, in_rows(buttons), renew=True)


def chosen(turn: Turn, place: int) -> None:
    """The committee was chosen."""
    turn.toast()
    turn.forget("menu")
    start(turn, place)


def _begin(turn: Turn, place: int) -> None:
    if not turn.house.strangers.may_tip(turn.incoming.account, place, turn.now):
        turn.say("tip-cool-down", emergency=turn.house.emergency)
        return
    turn.house.strangers.close(turn.incoming.account, turn.now)
    mine = turn.db.all(
        "select id, number from report where giver_mark = mark(?) order by id desc limit 8", (turn.incoming.account,)
    )
    if mine:
        buttons = [[Button(row["number"], f"r:{row['id']}:show")] for row in mine]
        turn.note(turn.address, turn.text("tip-mine"), buttons)
    form_card.begin(turn, NAME, {"place": place, "committee": places.name(turn, place), "staff": bool(turn.persons)})


def outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """What keeps this tip from being sent now: too many of them, or files that are not looked through yet."""
    if not turn.house.strangers.may_tip(turn.incoming.account, answers["_place"], turn.now):
        return "", "tip-cool-down"
    if attaching.pending(turn, answers.get("attachments")):
        return "", "attachments-pending"
    return duplicates.gone(turn, answers)


def submit(turn: Turn, answers: dict[str, Any]) -> None:
    """Store the tip and route it. Of an anonymous one nothing but its receipt code leads back."""
    signed, account = _signed(answers), turn.incoming.account
    person = turn.persons[0] if turn.persons and signed else None
    where = answers.get("where") or {}
    first = duplicates.first(turn, answers)
    told = not first and answers.get("ask_how") == "tell"
    asked = answers.get("may_ask", "yes") == "yes" if signed else answers.get("ask_how", "code") != "no"
    source = Source.ANONYMOUS if not signed else Source.STAFF if person else Source.RESIDENT
    giver = answers.get("name") or turn.incoming.name[:40]
    report = filing.file(
        turn,
        ReportKind.TIP,
        answers["_place"],
        answers.get("attachments"),
        source=source.value,
        reporter=person["id"] if person else None,
        giver=giver if source is Source.RESIDENT else "",
        route=str(turn.address) if source is Source.RESIDENT or (not signed and told) else "",
        giver_mark=turn.db.mark(account) if source is Source.RESIDENT else None,
        giver_language=turn.language,
        about=[answers["kind"]],
        about_staff=answers["about_staff"] == "yes",
        known=answers.get("known", ""),
        where=where.get("name") or answers["_committee"],
        spot=where.get("spot"),
        happened_at=datetime.fromisoformat(answers["when"]["at"]),
        deed=answers["deed"],
        may_ask=not first and asked,
        same_as=first,
    )
    turn.house.strangers.tipped(account, answers["_place"], report, turn.now)
    row = reporter_card.load(turn, report)
    assert row is not None
    lines = []
    if not signed:
        code = new_code()
        turn.db.insert(Receipt, report=report, mark=turn.db.mark(named(code)))
        lines = [turn.text("receipt-code", code=code), ""]
    when = turn.now.astimezone(turn.house.zone)
    content = "\n".join((row["number"], f"{when:%Y-%m-%d %H:%M}", row["where"], row["deed"]))
    lines.append(
        turn.text(
            "tip-proof",
            number=row["number"],
            when=f"{when:%Y-%m-%d %H:%M}",
            committee=answers["_committee"],
            hash=hashlib.sha256(content.encode()).hexdigest()[:32],
        )
    )
    turn.note(turn.address, "\n".join(lines))
    reporter_card.show(turn, report, renew=True)


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, LeadTip),
    submit,
    moments.offers,
    allowed=lambda turn, answers: True,
    outdated=outdated,
    aware=duplicates.aware(
        ReportKind.TIP, ("kind", "when"), lambda turn, a: [a["kind"]], lambda turn, a: int(a["_place"])
    ),
    reports=duplicates.offers,
    passing=True,
    texts=lambda turn, answers: {"committee": answers["_committee"], "days": turn.house.tip_days},
)

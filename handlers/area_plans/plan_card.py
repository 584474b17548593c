"""The one card of an area plan in each chat: how it stands, what is due next, and what whoever reads it can do (P1)."""

from collections.abc import Sequence
from datetime import date, time

from chat.day import brief, written
from chat.messages import Address, Priority
from chat.texts import listed, text
from handlers.area_plans import access, hearing, inspections, measures, plan_buttons, plans, things
from handlers.area_plans.things import Thing
from handlers.desk import Desk, Turn, address_of
from handlers.meetings import rhythms
from models.area_plan import InspectionState, PlanState
from models.database import Row

NAMED = 3  # reasons
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PERSON = """
select person.id, person.role, account.address, coalesce(account.language, person.language) as language
from person join account on account.id = person.account
where person.active and not account.blocked and account.id =
    (select account from person where id = ? and active)
order by person.id
"""
_READER = """
select person.id, person.role, coalesce(account.language, person.language) as language
from person join account on account.id = person.account
where account.address = ? and person.active and not account.blocked order by person.id
"""


def place_of(desk: Desk, plan: Row, language: str) -> str:
    """What the place is called; where the words are gone, that it was one within the area."""
    if plan["spot"]:
        return f"{plan['place_name']} {plan['spot']}"
    whole = plan["mark"] == plans.mark(desk, plan["place"], "")
    return str(plan["place_name"]) if whole else text(language, "area_plan-some_spot", place=plan["place_name"])


def title(desk: Desk, plan: Row, language: str) -> str:
    return text(language, "area_plan-title", place=place_of(desk, plan, language))


def show(turn: Turn, plan: Row, *, renew: bool = False, news: str = "", undo: int = 0, asked: str = "") -> None:
    """The card for the account whose turn it is. `undo`: a measure that was done by this tap; `asked`: what is to be
    confirmed."""
    rows = plan_buttons.all_of(turn, plan, turn.persons, turn.language)
    if undo:
        rows = [[plan_buttons.made(turn.language, plan, "reopen", undo)], *rows]
    body = _body(turn, plan, turn.language, news)
    if asked:
        body += ["", turn.text(f"area_plan-sure-{asked}")]
        rows = [
            [plan_buttons.made(turn.language, plan, f"{asked}_sure")],
            [plan_buttons.made(turn.language, plan, "back")],
        ]
    turn.show(turn.address, hearing.card(plan["id"]), "\n".join(body), rows, renew=renew)


def changed(turn: Turn, plan: Row, *, renew: bool = False, news: str = "", undo: int = 0) -> None:
    """Something of it was changed in this turn: the card as it is now, here and wherever else it stands."""
    plan = plans.now(turn, plan)
    show(turn, plan, renew=renew, news=news, undo=undo)
    refresh(turn, plan)


def refresh(desk: Desk, plan: Row) -> None:
    """Every card of it as it is now, with what its reader may do; but for those that are on their way with news."""
    plan, card = plans.now(desk, plan), hearing.card(plan["id"])
    coming = {outgoing.address for outgoing in desk.out if outgoing.card == card}
    bodies: dict[str, str] = {}
    for address in hearing.chats(desk, plan["id"]):
        own = desk.db.all(_READER, (address,))
        if not own or address_of(address) in coming:
            continue
        language = own[0]["language"]
        if access.rights(desk, plan, own).anybody is None:
            desk.show(address_of(address), card, text(language, "area_plan-gone_on"))
            continue
        if language not in bodies:
            bodies[language] = "\n".join(_body(desk, plan, language, ""))
        desk.show(address_of(address), card, bodies[language], plan_buttons.all_of(desk, plan, own, language))


def tell(
    desk: Desk, plan: Row, persons: Sequence[int], news: str, *, but: Address | None = None, reminder: bool = False
) -> list[str]:
    """The card comes to the bottom of these people's chats with what is new: the text `news`, or as a `reminder` the
    words themselves. Returns whom it reached."""
    told: dict[str, str] = {}
    for person in persons:
        own = desk.db.all(_PERSON, (person,))
        if not own or own[0]["address"] in told or address_of(own[0]["address"]) == but:
            continue
        address, language = own[0]["address"], own[0]["language"]
        words = news if reminder else text(language, news, **_named(desk, plan, language))
        body, rows = _body(desk, plan, language, words), plan_buttons.all_of(desk, plan, own, language)
        priority = Priority.REMINDER if reminder else Priority.ANSWER
        card = hearing.card(plan["id"])
        desk.show(address_of(address), card, "\n".join(body), rows, renew=True, priority=priority)
        told[address] = language
    return list(told)


def _named(desk: Desk, plan: Row, language: str) -> dict[str, str]:
    """What the news of a plan may name."""
    day = written(date.fromisoformat(plan["deadline"]), language) if plan["deadline"] else ""
    return {"proposer": plan["proposer_name"], "day": day, "reason": plan["answer"]}


def _body(desk: Desk, plan: Row, language: str, news: str) -> list[str]:
    body = [news, ""] if news else []
    body += [title(desk, plan, language), state(desk, plan, language)]
    if plan["state"] == PlanState.RUNNING:
        body.append(_lead(desk, plan, language))
    due = things.of(desk, plan)
    late = [one for one in due if one.late and one.kind != "measure"]  # those are marked in their list
    body += [text(language, "area_plan-late", what=said(desk, plan, one, language)) for one in late]
    coming = [one for one in due if not one.late]
    if coming and plan["state"] == PlanState.RUNNING:
        body.append(text(language, "area_plan-next", what=said(desk, plan, coming[0], language)))
    body += [*_measures(desk, plan, language), *_past(desk, plan, language)]
    return [*body, "", *_reasons(desk, plan, language)]


def state(desk: Desk, plan: Row, language: str) -> str:
    """How it stands, in a line."""
    arguments = _named(desk, plan, language)
    since = plan["closed_at"] or plan["proposed_at"]
    arguments["at"] = brief(desk.house.today(since), language)
    found = [text(language, f"area_plan-state-{plan['state']}", **arguments)]
    if plan["state"] == PlanState.RUNNING:
        for side, other in (("officer", "town"), ("town", "officer")):
            if plan[f"{side}_accepted"] is not None and plan[f"{other}_accepted"] is None:
                found.append(text(language, f"area_plan-accepted-{side}"))
    return "\n".join(found)


def _lead(desk: Desk, plan: Row, language: str) -> str:
    there = access.lead_of(desk, plan) is not None
    lead = text(language, "area_plan-lead", name=plan["lead_name"]) if there else text(language, "area_plan-no_lead")
    return lead if plan["weekday"] is None else f"{lead}\n{_rhythm(plan, language)}"


def _rhythm(plan: Row, language: str) -> str:
    rule = f"FREQ=WEEKLY;BYDAY={_CODES[plan['weekday']]}"
    words = rhythms.rhythm(rule, "", time.fromisoformat(plan["at"]), language)
    return text(language, "area_plan-weekly", rhythm=words)


def said(desk: Desk, plan: Row, thing: Thing, language: str) -> str:
    """What is to be done, until when."""
    day, words, who = written(thing.day, language), "", ""
    if thing.kind == "measure" and (row := measures.load(desk, plan["id"], thing.item)):
        words, who = row["words"], row["name"]
    elif thing.kind == "inspection":
        day = rhythms.slot(desk, thing.moment, language)
    return text(language, f"area_plan-thing-{thing.kind}", day=day, words=words, who=who)


def _reasons(desk: Desk, plan: Row, language: str) -> list[str]:
    found = plans.reasons(desk, plan["id"])
    lines = [
        text(language, "area_plan-reason", counts=counts(row, language), words=row["words"], who=row["name"])
        for row in found[-NAMED:]
    ]
    more = [text(language, "meeting-and_more", count=len(found))] if len(found) > NAMED else []
    return [text(language, "area_plan-reasons"), *lines, *more]


def counts(row: Row, language: str) -> str:
    """The counts of a reason that are not 0."""
    names = [name for name in ("hazards", "disorder", "records") if row[name]]
    return listed(language, (text(language, f"area_plan-count-{name}", count=row[name]) for name in names))


def _measures(desk: Desk, plan: Row, language: str) -> list[str]:
    found = measures.of(desk, plan["id"])
    if not found:
        return []
    today, staff = desk.house.today(desk.now), access.staff(desk, plan)
    lines = []
    for number, row in enumerate(found[: plan_buttons.LISTED], start=1):
        day = date.fromisoformat(row["day"])
        sign = "done" if row["done_at"] else "late" if day < today else "open"
        who = row["name"] if row["done_at"] or row["owner"] in staff else text(language, "area_plan-orphaned")
        measured = text(
            language, f"area_plan-measure-{sign}", day=brief(day, language), words=row["words"] or "—", who=who
        )
        lines.append(f"{number}. {measured}")
    more = [text(language, "meeting-and_more", count=len(found))] if len(found) > plan_buttons.LISTED else []
    return ["", text(language, "area_plan-measures"), *lines, *more]


def _past(desk: Desk, plan: Row, language: str) -> list[str]:
    """Inspections, reviews and extensions so far: counts, and the last of each in words."""
    found = []
    held = inspections.of(desk, plan["id"])
    done = [row for row in held if row["state"] == InspectionState.DONE]
    missed = sum(row["state"] == InspectionState.MISSED for row in held)
    if done or missed:
        found.append(text(language, "area_plan-inspected", count=len(done), missed=missed))
    if done:
        last = done[0]
        day = brief(desk.house.today(last["done_at"]), language)
        mended = sum(row["mended"] for row in done)
        line = text(language, "area_plan-inspected_last", day=day, remaining=last["remaining"], mended=mended)
        found.append(f"{line} {last['words']}".strip())
    if photos := inspections.photos(desk, plan["id"]):
        found.append(text(language, "area_plan-photos", count=len(photos)))
    for row in plans.reviews(desk, plan["id"])[:1]:
        day = brief(desk.house.today(row["made_at"]), language)
        verdict = text(language, f"area_plan_review-verdict-{row['verdict']}")
        found.append(text(language, "area_plan-reviewed", day=day, verdict=verdict, words=row["words"]).strip())
    for row in plans.extensions(desk, plan["id"])[:1]:
        until = brief(date.fromisoformat(row["until"]), language)
        arguments = {"count": plan["extended"], "until": until, "words": row["words"]}
        found.append(text(language, "area_plan-extended", **arguments).strip())
    return found

"""The one card of an area plan in each chat: how it stands, what is due next, and what whoever reads it can do (P1)."""

from collections.abc import Callable, Sequence
from datetime import date, time

from chat.day import brief, written
from chat.messages import Address, Button, Priority
from chat.texts import listed, text
from handlers.area_plans import access, hearing, inspections, measures, plans, things
from handlers.area_plans.things import Thing
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.meetings import rhythms
from models.area_plan import InspectionState, PlanState
from models.database import Row

LISTED = 8  # measures
NAMED = 3  # reasons
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PERSON = """
select person.id, person.role, account.address, coalesce(account.language, person.language) as language
from person join account on account.id = person.account
where person.active and not account.blocked and account.id =
    (select account from person where id = ? and active)
order by person.id
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
    rows = _buttons(turn, plan, turn.persons, turn.language)
    if undo:
        rows = [[_button(turn.language, plan, "reopen", undo)], *rows]
    body = _body(turn, plan, turn.language, news)
    if asked:
        body += ["", turn.text(f"area_plan-sure-{asked}")]
        rows = [[_button(turn.language, plan, f"{asked}_sure")], [_button(turn.language, plan, "back")]]
    turn.show(turn.address, hearing.card(plan["id"]), "\n".join(body), rows, renew=renew)


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
        body, rows = _body(desk, plan, language, words), _buttons(desk, plan, own, language)
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
    for number, row in enumerate(found[:LISTED], start=1):
        day = date.fromisoformat(row["day"])
        sign = "done" if row["done_at"] else "late" if day < today else "open"
        who = row["name"] if row["done_at"] or row["owner"] in staff else text(language, "area_plan-orphaned")
        measured = text(
            language, f"area_plan-measure-{sign}", day=brief(day, language), words=row["words"] or "—", who=who
        )
        lines.append(f"{number}. {measured}")
    more = [text(language, "meeting-and_more", count=len(found))] if len(found) > LISTED else []
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


def _button(language: str, plan: Row, verb: str, item: int = 0, **arguments: str | int) -> Button:
    return Button(text(language, f"area_plan-button-{verb}", **arguments), f"pl:{plan['id']}:{verb}:{item}")


def _buttons(desk: Desk, plan: Row, persons: Sequence[Row], language: str) -> list[list[Button]]:
    """What the reader can do now, what is due next first."""
    own = access.rights(desk, plan, persons)
    if own.anybody is None:
        return []
    rows: list[list[Button]] = []

    def button(verb: str, item: int = 0, **arguments: str | int) -> Button:
        return _button(language, plan, verb, item, **arguments)

    if plan["state"] == PlanState.PROPOSED:
        if own.officer:
            rows.append([button("agree"), button("decline")])
        if own.proposer:
            rows.append([button("withdraw")])
    elif plan["state"] == PlanState.RUNNING:
        rows = _running(desk, plan, own, {person["id"] for person in persons}, language, button)
    looks = [button("photos")] if inspections.photos(desk, plan["id"]) else []
    looks += [button("earlier")] if plans.earlier(desk, plan, 1) else []
    if looks:
        rows.append(looks)
    return rows


def may_inspect(desk: Desk, inspection: Row) -> bool:
    """Whether an inspection may have taken place: from the morning of its day on."""
    return desk.house.today(desk.now) >= desk.house.today(inspection["starts_at"])


def may_review(desk: Desk, coming: tuple[int, date] | None) -> bool:
    """Whether the next review may be given: not long before its day."""
    return coming is not None and desk.house.today(desk.now) >= coming[1] - things.REVIEW_AHEAD


def acceptor(plan: Row, own: access.Rights) -> str:
    """For which side the reader may still accept; empty for none."""
    if own.officer and plan["officer_accepted"] is None:
        return "officer"
    return "town" if own.town and plan["town_accepted"] is None else ""


def may_extend(plan: Row, own: access.Rights) -> bool:
    """Whether the reader may put the acceptance off: the officer once, the town office whenever it is needed."""
    return bool(own.town or (own.officer and not plan["extended"]))


def _running(
    desk: Desk, plan: Row, own: access.Rights, persons: set[int], language: str, button: Callable[..., Button]
) -> list[list[Button]]:
    """The buttons of a plan that runs, for these persons."""
    rows: list[list[Button]] = []
    lead = access.lead_of(desk, plan)
    for row in inspections.open_of(desk, plan["id"]):
        if own.inspector and may_inspect(desk, row):
            day = brief(desk.house.today(row["starts_at"]), language)
            rows.append([button("result", row["id"], day=day)])
    ticks = []
    staff = access.staff(desk, plan)
    for number, row in enumerate(measures.of(desk, plan["id"])[:LISTED], start=1):
        if row["done_at"] is None and (own.manager or row["owner"] in persons):
            ticks.append(button("done", row["id"], number=number))
            if own.manager and row["owner"] not in staff:
                ticks.append(button("owner", row["id"], number=number))
    rows += in_rows(ticks, 4)
    if own.manager and may_review(desk, things.review_due(desk, plan)):
        rows.append([button("review")])
    if own.cadre and lead is None:
        rows.append([button("take")])
    if own.officer and len(access.cadres(desk, plan)) > (lead is not None):
        rows.append([button("name")])
    if own.manager:
        rows.append([button("measure"), button("rhythm")])
    closing = []
    if acceptor(plan, own) and not measures.open_of(desk, plan["id"]):
        closing.append(button("accept"))
    if may_extend(plan, own):
        closing.append(button("extend"))
    if closing:
        rows.append(closing)
    if own.officer:
        rows.append([button("end")])
    return rows

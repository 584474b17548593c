"""What of area plans has become due: each person is told once, all of it in one message. Called by the tick (P1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from chat.calendar import Calendar
from chat.day import written
from chat.messages import Button
from chat.texts import text
from handlers.area_plans import access, hearing, inspections, measures, plan_card, plans, things
from handlers.desk import Desk, address_of
from handlers.meetings import rhythms
from handlers.reminding import settings_of
from models.area_plan import InspectionState, PlanState
from models.database import Row
from reminders import area_plan as rules
from reminders.area_plan import Due, Part, Step, decide
from reminders.plan import Settings

NOTICES = 8  # of one plan in one message
PLANS = 20  # looked at in one transaction, so that nobody waits for it
_LOOK = "select id from area_plan where look_at <= ? or look_at is not null and calendar <> ? order by look_at limit ?"
_ACCOUNT = """
select account.address, coalesce(account.language, person.language) as language
from person join account on account.id = person.account where person.id = ? and person.active and not account.blocked
"""


@dataclass
class _News:
    """What one account hears: the notices of each plan, and as whom."""

    person: int
    language: str
    plans: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Subject:
    """One thing of a plan as one person hears of it."""

    kind: str
    item: int
    person: int
    planned: list[Due]
    day: date | None = None
    moment: datetime | None = None
    words: str = ""
    who: str = ""
    known: datetime | None = None  # as they were told before


def sweep(desk: Desk) -> None:
    """Look at the plans whose time has come, and tell everybody to whom something is due."""
    news: dict[str, _News] = {}
    moved = []
    due = (desk.now, desk.house.days.version, PLANS)
    for row in desk.db.all(_LOOK, due):
        hearing.recall(desk, row)  # it would give way to what is said now, and what it tells be lost
    for row in desk.db.all(_LOOK, due):
        plan = plans.load(desk, row["id"])
        assert plan is not None
        if inspections.roll(desk, plan):
            moved.append(plan)
        _look(desk, plan, news)
    for address, one in news.items():
        _send(desk, address, one)
    for plan in moved:
        plan_card.refresh(desk, plan)


def _look(desk: Desk, plan: Row, news: dict[str, _News]) -> None:
    """Decide what of one plan is said, and when to look again: at the latest on the next working morning, for people
    may have left since."""
    calendar, people = desk.house.calendar, _People(desk)
    again = []
    if plan["closed_at"] is None:
        again.append(calendar.at(calendar.next_working_day(desk.house.today(desk.now)), rules.MORNING))
    again += [row["starts_at"] for row in inspections.open_of(desk, plan["id"]) if row["starts_at"] > desk.now]
    waiting = _correct(desk, plan, people, news)
    again += waiting.values()
    for subject in _subjects(desk, plan, people):
        if subject.kind == "inspection" and (subject.item, subject.person) in waiting:
            continue
        key = (plan["id"], subject.kind, subject.item, subject.person)
        told_at = hearing.heard_of(desk, *key)
        decision = decide(subject.planned, told_at, desk.now, calendar, people.settings(subject.person))
        if decision.look_at is not None:
            again.append(decision.look_at)
        if decision.told_at is not None and decision.told_at != told_at:
            hearing.remember(desk, *key, decision.told_at, desk.now if decision.step else None)
        if decision.step:
            _note(desk, plan, subject, decision.step, news)
        if decision.step and subject.moment:
            hearing.starts_at(desk, plan["id"], subject.item, subject.person, subject.moment, desk.now)
    update = "update area_plan set look_at = ?, calendar = ? where id = ?"
    desk.db.execute(update, (min(again, default=None), desk.house.days.version, plan["id"]))


def _correct(desk: Desk, plan: Row, people: "_People", news: dict[str, _News]) -> dict[tuple[int, int], datetime]:
    """Whoever was told of a time of an inspection that holds no longer hears so, before anything else of it. Returns
    of which inspection who is still to hear so, and when."""
    waiting: dict[tuple[int, int], datetime] = {}
    there = access.staff(desk, plan)
    for row in [row for row in hearing.starts(desk, plan["id"]) if row["person"] in there]:
        item, person = row["item"], row["person"]
        starts_at = row["starts_at"] if row["state"] == InspectionState.PLANNED else None
        decision = rules.corrected(row["known"], starts_at, desk.now, desk.house.calendar, people.settings(person))
        if decision is None:
            continue
        if decision.look_at is not None:
            waiting[item, person] = decision.look_at
        if decision.step is None:
            continue
        if starts_at is None:
            hearing.remember(desk, plan["id"], "end", item, person, desk.now, desk.now)
        else:
            hearing.starts_at(desk, plan["id"], item, person, starts_at, desk.now)
            hearing.remember(desk, plan["id"], "inspection", item, person, desk.now, desk.now)
        subject = _Subject("start", item, person, [], moment=starts_at, known=row["known"])
        _note(desk, plan, subject, decision.step, news)
    return waiting


def _note(desk: Desk, plan: Row, subject: _Subject, step: Step, news: dict[str, _News]) -> None:
    account = desk.db.one(_ACCOUNT, (subject.person,))
    if account is None:
        return
    language = account["language"]
    one = news.setdefault(account["address"], _News(subject.person, language))
    when = rhythms.slot(desk, subject.moment, language) if subject.moment else ""
    day = written(subject.day, language) if subject.day else ""
    before = rhythms.slot(desk, subject.known, language) if subject.known else ""
    arguments = {"day": day or when, "words": subject.words, "who": subject.who, "told": before}
    words = text(language, f"area_plan-notice-{step}", **arguments)
    said = one.plans.setdefault(plan["id"], [])
    if words not in said:
        said.append(words)


def _send(desk: Desk, address: str, one: _News) -> None:
    """The card of each plan comes to the bottom; beside other reminders it is what is new, and a button that leads
    there."""
    for number, notices in one.plans.items():
        plan = plans.load(desk, number)
        assert plan is not None
        words = "\n".join(_some(notices, one.language))
        plan_card.tell(desk, plan, [one.person], words, reminder=True)
        place = plan_card.place_of(desk, plan, one.language)
        button = Button(place[:60], f"pl:{number}:show:0")
        desk.abridge(address_of(address), hearing.card(number), f"{place}\n{words}", [[button]])


def _some(notices: list[str], language: str) -> list[str]:
    """As many as fit in a message, and how many there are."""
    more = [text(language, "meeting-and_more", count=len(notices))] if len(notices) > NOTICES else []
    return [*notices[:NOTICES], *more]


class _People:
    """What is known of those who hear of one plan, each looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings: dict[int, Settings] = {}

    def settings(self, person: int) -> Settings:
        """When somebody may hear anything."""
        if person not in self._settings:
            self._settings[person] = settings_of(self._desk, person)
        return self._settings[person]

    def calendar(self, person: int) -> Calendar:
        """The days on which somebody works: those of everybody but for their leave."""
        return self._desk.house.calendar.without(self.settings(person).leave)

    def daily(self, person: int, first: date, step: Step) -> list[Due]:
        """What somebody hears each of their working mornings."""
        return rules.daily(first, step, self._desk.now, self.calendar(person))


def _subjects(desk: Desk, plan: Row, people: _People) -> Iterator[_Subject]:
    """All that may be said of a plan, to each who hears of it."""
    calendar, now = desk.house.calendar, desk.now
    officers = [officer.id for officer in access.officers(desk, plan)]
    if plan["state"] == PlanState.PROPOSED:
        first = calendar.next_working_day(desk.house.today(plan["proposed_at"]))
        yield from (_Subject("decision", 0, each, people.daily(each, first, Step.PROPOSED)) for each in officers)
        return
    if plan["state"] != PlanState.RUNNING:
        return
    lead = access.lead_of(desk, plan)
    leads = officers if lead is None else [lead]
    both = list(dict.fromkeys([*([] if lead is None else [lead]), *officers]))
    first = calendar.next_working_day(desk.house.today(plan["decided_at"]))
    if lead is None:
        yield from (_Subject("lead", 0, each, people.daily(each, first, Step.LEAD)) for each in officers)
    elif plan["weekday"] is None:
        yield _Subject("rhythm", 0, lead, people.daily(lead, first, Step.RHYTHM))
    yield from _measures(desk, plan, lead, officers, people)
    for current in inspections.open_of(desk, plan["id"]):
        moment = current["starts_at"]
        for each in access.inspectors(desk, plan):
            planned = rules.inspection(moment, now, people.calendar(each), people.settings(each))
            heard = [due for due in planned if each in leads or due.step is not Step.INSPECTION_UNTOLD]
            yield _Subject("inspection", current["id"], each, heard, moment=moment)
    if coming := things.review_due(desk, plan):
        number, day = coming
        for each in both:
            yield _Subject("review", number, each, people.daily(each, day, Step.REVIEW), day=day)
    deadline = date.fromisoformat(plan["deadline"])
    told = [] if plan["officer_accepted"] else officers
    town = [] if plan["town_accepted"] else [each.id for each in access.town(desk, plan)]
    for each in dict.fromkeys([*told, *town]):
        planned = rules.acceptance(deadline, now, people.calendar(each))
        yield _Subject("acceptance", plan["extended"], each, planned, day=deadline)
    if lead is not None:
        planned = rules.acceptance(deadline, now, people.calendar(lead))
        soon = [due for due in planned if due.step is Step.ACCEPTANCE_SOON]
        yield _Subject("acceptance", plan["extended"], lead, soon, day=deadline)


def _measures(desk: Desk, plan: Row, lead: int | None, officers: list[int], people: _People) -> Iterator[_Subject]:
    """The open measures: to their owners, or in place of who has left to who leads; late ones to others as well."""
    staff = access.staff(desk, plan)
    for row in measures.open_of(desk, plan["id"]):
        day = date.fromisoformat(row["day"])
        parts: dict[int, Part] = dict.fromkeys(officers, Part.OFFICER)
        if lead is not None:
            parts[lead] = Part.LEAD
        if row["owner"] in staff:
            parts[row["owner"]] = Part.OWNER
        else:
            parts |= dict.fromkeys(officers if lead is None else [lead], Part.HEIR)
        for person, part in parts.items():
            planned = rules.measure(day, row["made_at"], part, desk.now, people.calendar(person))
            yield _Subject("measure", row["id"], person, planned, day=day, words=row["words"], who=row["name"])

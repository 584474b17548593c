"""Owners of action items hear of what is theirs, what is due, and what is late, each once; then the next role does.

Called by the tick.
"""

from datetime import date

from handlers.desk import Desk
from handlers.meetings import action_list
from handlers.reminding import settings_of
from handlers.workload import presence
from models.database import Row
from reminders.action import Step, decide, goes_on
from reminders.plan import heard_at

PEOPLE = 40  # told in one transaction, so that nobody waits for it
_WHO = "select distinct owner from action_item where look_at <= ? limit ?"
_REACHED = """
select person.id, person.active, account.address, account.blocked,
       coalesce(account.language, person.language) as language
from person left join account on account.id = person.account
"""
_DUE = """
select id, place, occasion, day, made_at, told_at, gone_on_at from action_item
where owner = ? and look_at <= ? and done_at is null order by id
"""
# Whoever called the meeting, then the officers of the place; never the owner, in whatever role.
_NEXT = f"""
with caller (id) as
    (select called_by from meeting join meeting_series on meeting_series.id = series where meeting.id = :occasion)
{_REACHED}
where person.id <> :owner and person.account is not (select account from person where id = :owner)
and (person.id in (select id from caller)
    or person.role = 'officer' and person.id in (select person from assignment where place = :place))
order by person.id not in (select id from caller), person.id
"""


def sweep(desk: Desk) -> None:
    """Tell every owner to whom something has become due, all of it as one message."""
    for row in desk.db.all(_WHO, (desk.now, PEOPLE)):
        _tell(desk, row["owner"])


def _tell(desk: Desk, owner: int) -> None:
    calendar, settings = desk.house.calendar, settings_of(desk, owner)
    steps: set[Step] = set()
    late: list[Row] = []
    for item in desk.db.all(_DUE, (owner, desk.now)):
        day = date.fromisoformat(item["day"])
        decision = decide(day, item["made_at"], item["told_at"], desk.now, calendar, settings)
        update = "update action_item set told_at = ?, look_at = ? where id = ?"
        desk.db.execute(update, (decision.told_at, decision.look_at, item["id"]))
        if decision.step:
            steps.add(decision.step)
        if item["gone_on_at"] is None and goes_on(day, desk.now, calendar):
            late.append(item)
    whom = desk.db.one(f"{_REACHED} where person.id = ?", (owner,))
    assert whom is not None
    if steps and _can_be_reached(whom):
        action_list.remind(desk, whom, max(steps, key=list(Step).index))
    _pass_on(desk, owner, late)


def _can_be_reached(whom: Row) -> bool:
    return bool(whom["active"] and whom["address"] and not whom["blocked"])


def _pass_on(desk: Desk, owner: int, late: list[Row]) -> None:
    """Whoever called the meeting hears once of what is late for long; where that is the owner, an officer."""
    told = set()
    away = presence.on_leave(desk, desk.today) if late else set()
    for item in late:
        roles = desk.db.all(_NEXT, {"occasion": item["occasion"], "place": item["place"], "owner": owner})
        at_work_first = sorted(filter(_can_be_reached, roles), key=lambda one: one["id"] in away)
        whom = next(iter(at_work_first), None)
        if whom is None or heard_at(desk.now, desk.house.calendar, settings_of(desk, whom["id"])) > desk.now:
            continue  # it is looked at again when the owner is reminded next
        desk.db.execute("update action_item set gone_on_at = ? where id = ?", (desk.now, item["id"]))
        if (whom["id"], item["place"]) not in told:
            told.add((whom["id"], item["place"]))
            action_list.pass_on(desk, whom, item["place"])

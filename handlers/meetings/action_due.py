"""Owners of action items hear of what is theirs, what is due, and what is late, each once. Called by the tick."""

from datetime import date

from handlers import reminding
from handlers.desk import Desk
from handlers.meetings import action_list
from reminders.action import Step, decide

PEOPLE = 40  # told in one transaction, so that nobody waits for it
_WHO = "select distinct owner from action_item where look_at <= ? limit ?"
_OWNER = """
select person.id, person.active, account.address, account.blocked,
       coalesce(account.language, person.language) as language
from person left join account on account.id = person.account where person.id = ?
"""
_DUE = """
select id, day, made_at, told_at from action_item
where owner = ? and look_at <= ? and done_at is null order by id
"""


def sweep(desk: Desk) -> None:
    """Tell every owner to whom something has become due, all of it as one message."""
    for row in desk.db.all(_WHO, (desk.now, PEOPLE)):
        _tell(desk, row["owner"])


def _tell(desk: Desk, owner: int) -> None:
    calendar, settings = desk.house.calendar, reminding.settings_of(desk, owner)
    steps = set()
    for item in desk.db.all(_DUE, (owner, desk.now)):
        day = date.fromisoformat(item["day"])
        decision = decide(day, item["made_at"], item["told_at"], desk.now, calendar, settings)
        update = "update action_item set told_at = ?, look_at = ? where id = ?"
        desk.db.execute(update, (decision.told_at, decision.look_at, item["id"]))
        if decision.step:
            steps.add(decision.step)
    whom = desk.db.one(_OWNER, (owner,))
    assert whom is not None
    if steps and whom["active"] and whom["address"] and not whom["blocked"]:
        action_list.remind(desk, whom, max(steps, key=list(Step).index))

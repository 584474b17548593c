"""What falls due by itself: alerts nobody took, drafts that were forgotten or are too old, invites that ran out."""

from datetime import timedelta

from alerts.roster import line
from chat.messages import Priority
from chat.texts import text
from handlers import alert, calendar_due, followup, form_card, paper, reminding
from handlers.area_plans import plan_due
from handlers.desk import Desk, address_of
from handlers.meetings import action_due, meeting_due, minutes_due
from handlers.spot_checks import check_due
from handlers.visits import visit_due
from handlers.workload import analysis_due, data_room, decline, same_day, self_check, week_due
from models.database import opened
from models.draft import Draft

_DRAFT = opened(Draft, "id", "form", "answers", "address", "language")


def sweep(desk: Desk) -> None:
    """Do everything whose time has come."""
    calendar_due.sweep(desk)  # before whatever goes by days
    alert.take_from_who_left(desk)
    alert.sweep(desk)
    followup.sweep(desk)
    week_due.sweep(desk)
    same_day.sweep(desk)
    self_check.sweep(desk)
    data_room.sweep(desk)
    meeting_due.sweep(desk)
    visit_due.sweep(desk)
    reminding.sweep(desk)
    action_due.sweep(desk)
    minutes_due.sweep(desk)
    plan_due.sweep(desk)
    check_due.sweep(desk)
    analysis_due.sweep(desk)
    paper.sweep(desk)
    decline.sweep(desk)
    # The clock was set back: what comes now is newer than every draft, and none is kept for longer than it should be.
    desk.db.execute(
        "update draft set touched_at = touched_at - (select max(touched_at) from draft) + ? where touched_at > ?",
        (desk.now, desk.now),
    )
    expired = desk.db.all(
        f"select {_DRAFT} from draft where touched_at <= ? limit 50",
        (desk.now - timedelta(hours=desk.house.draft_hours),),
    )
    for draft in expired:
        form_card.drop(desk, draft, address_of(draft["address"]))
        desk.show(address_of(draft["address"]), f"form:{draft['id']}", text(draft["language"], "draft-expired"))
    forgotten = desk.db.all(
        f"select {_DRAFT} from draft where touched_at <= ? and not reminded limit 50",
        (desk.now - form_card.FILLED_IN,),
    )
    for draft in forgotten:
        desk.db.execute("update draft set reminded = 1 where id = ?", (draft["id"],))
        body = text(draft["language"], "draft-forgotten", hours=desk.house.draft_hours)
        card = f"reminder:{draft['id']}"
        desk.show(address_of(draft["address"]), card, body, renew=True, priority=Priority.REMINDER)
    _invites(desk)
    form_card.bring_back(desk)


def _invites(desk: Desk) -> None:
    """An invite that ran out unused leaves somebody who cannot be alerted: the town office hears of it, once."""
    expired = desk.db.all(
        "select invite.id, person.name, person.role, "
        "(select min(place) from assignment where assignment.person = person.id) as place "
        "from invite join person on person.id = invite.person where invite.expires_at <= ? "
        "and invite.used_at is null and invite.revoked_at is null and not invite.expiry_told "
        "and person.account is null and person.active limit 20",
        (desk.now,),
    )
    for invite in expired:
        desk.db.execute("update invite set expiry_told = 1 where id = ?", (invite["id"],))
        for clerk in line(desk.db, invite["place"], desk.today)[-1] if invite["place"] else ():
            if clerk.reachable:
                role = text(clerk.language, f"role-{invite['role']}")
                body = text(clerk.language, "invite-expired", name=invite["name"], role=role)
                card = f"invite:{invite['id']}"
                desk.show(address_of(clerk.address), card, body, priority=Priority.REMINDER)

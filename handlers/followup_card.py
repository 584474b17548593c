"""Duty R3: the follow-up as it stands on the officer's and on the reporter's card, with what each can do about it."""

from datetime import date

from chat.day import written
from chat.messages import Act, Button, Outgoing, Priority
from chat.texts import text
from handlers.desk import Desk, address_of, in_rows
from models.database import Row
from models.followup import Followup, FollowupState, Side, Verb, may

_FOLLOWUP = """
select followup.*, report.number, report.kind, report.reporter, report.place, report.state as report_state,
       alert.id as alert, alert.holder, holder.name as holder_name, reporter.name as reporter_name,
       proposer.name as proposer_name, reporter.active and reporter.account is not null as reporter_there
from followup join report on report.id = followup.report join alert on alert.report = report.id
join person as proposer on proposer.id = followup.proposed_by
left join person as reporter on reporter.id = report.reporter
left join person as holder on holder.id = alert.holder where followup.report = ? and report.same_as is null
"""
_SHOWN_TO = """
select account.address from account join person on person.account = account.id
where person.id in (select reporter from report where id = :report union select delivery.person from delivery
                    join alert on alert.id = delivery.alert where alert.report = :report)
"""


def load(desk: Desk, report: int) -> Row | None:
    """The follow-up of a report, with who is in it. One that is linked to another goes along with that one's."""
    return desk.db.one(_FOLLOWUP, (report,))


def proposed_by(followup: Row) -> Side:
    return Side.REPORTER if followup["proposed_by"] == followup["reporter"] else Side.OFFICER


def verbs(followup: Row, side: Side) -> frozenset[Verb]:
    """What this side can do now."""
    return may(
        side,
        followup["state"],
        proposed=proposed_by(followup),
        held=followup["holder"] is not None,
        reporter_there=bool(followup["reporter_there"]),
    )


def standing(desk: Desk, followup: Row, language: str) -> str:
    """Its day and how it stands, overdue ones marked."""
    name, by = followup["proposer_name"], proposed_by(followup)
    if followup["state"] == FollowupState.VISITED:
        state = text(language, "followup-visited")
    elif not followup["reporter_there"]:
        state = text(language, "followup-alone")
    elif followup["state"] == FollowupState.AGREED:
        state = text(language, "followup-agreed")
    elif followup["holder"] is None:
        state = text(language, "followup-waiting", name=name)
    else:
        other = followup["holder_name"] if by is Side.REPORTER else followup["reporter_name"]
        state = text(language, "followup-proposed", name=name, other=other)
    day = date.fromisoformat(followup["day"])
    mark = "⚠ " if day < desk.house.today(desk.now) else ""
    line = mark + text(language, "followup-line", day=written(day, language), state=state)
    if followup["limited_on"]:
        limited = written(date.fromisoformat(followup["limited_on"]), language)
        line += "\n" + text(language, "followup-limited", day=limited)
    return line


def on_card(desk: Desk, report: int, side: Side, language: str) -> tuple[list[str], list[list[Button]]]:
    """The lines and the buttons of a report's follow-up for this side's card; nothing where there is none."""
    followup = load(desk, report)
    if followup is None:
        return [], []
    allowed = verbs(followup, side)
    buttons = [
        # The day goes with it: nobody is to agree to one that has been moved under their finger.
        Button(text(language, f"followup-{verb}"), f"v:{report}:{side}:{verb}:{followup['day'].replace('-', '')}")
        for verb in Verb
        if verb in allowed
    ]
    return [standing(desk, followup, language)], in_rows(buttons)


def over(desk: Desk, report: int) -> None:
    """The report is closed: nobody is reminded any more, and what reminded goes."""
    if not desk.db.execute("update followup set next_at = null, for_office = 0 where report = ?", (report,)):
        return
    for row in desk.db.all(_SHOWN_TO, {"report": report}):
        where = address_of(row["address"])
        desk.out.append(Outgoing(where, Act.FORGET, card=f"followup:{report}", priority=Priority.REMINDER))


def again(desk: Desk, report: int) -> None:
    """The report stands for itself again, and so does its follow-up: the tick finds out what is to be reminded of."""
    desk.db.execute("update followup set next_at = ? where report = ?", (desk.now, report))


def apart(desk: Desk, report: int, first: int, by: int) -> None:
    """A report is taken out of those of the same thing, by this person.

    One that was linked while it was filed has no follow-up of its own: the day of the first one's, or where that has
    come the next working day, is proposed to its reporter.
    """
    followup = load(desk, first)
    if followup is not None:
        soonest = desk.house.next_working_day(desk.house.today(desk.now)).isoformat()
        desk.db.insert_new(Followup, report=report, day=max(followup["day"], soonest), proposed_by=by)
    again(desk, report)


def pass_on(desk: Desk, report: int, to: int) -> None:
    """A report is withdrawn and another of the same thing takes its place, with its own follow-up or else this one.

    The reporter of the other has not agreed to its day yet.
    """
    desk.db.execute(
        "update followup set report = :to, state = iif(state = 'visited', state, 'proposed'), proposed_by = coalesce("
        "(select holder from alert where report = :report), (select reporter from report where id = :to)) "
        "where report = :report and not exists (select 1 from followup where report = :to)",
        {"report": report, "to": to},
    )
    again(desk, to)

"""Several reports of the same thing on one alert: counted, joined or taken apart by its holder."""

from alerts.roster import OnDuty, answers_for
from chat.messages import Act, Button, Outgoing
from handlers import alert_card, attaching, duplicates, followup_card, reporter_card
from handlers.desk import Desk, Turn, address_of
from models.database import Row, opened
from models.place import above, below
from models.report import Report, Source

MOST = 6
_LINE = opened(Report, "id", "number", "kind", "about", "where", "place", "happened_at", "about_staff")
_COMMITTEE = "select place.id from place join above on above.id = place.id where place.kind = 'committee'"
# What somebody else has in hand is left to them. The cross join finds the few open alerts by their own small index.
_NEAR = f"""
with recursive {above("select :place")}, {below(_COMMITTEE)}
select alert.id as alert, alert.holder, {_LINE}
from below cross join alert on alert.place = below.id join report on report.id = alert.report
where alert.state <> 'closed' and alert.id <> :alert and (alert.holder is null or alert.holder = :person)
and report.kind = :kind and report.about_staff = :about_staff and report.created_at between :since and :until
order by report.created_at desc limit {MOST}
"""
_LINKED = f"select {_LINE} from report where same_as = ? order by id desc"


def counted(turn: Turn, report: int, first: int) -> None:
    """A new report of the same thing: the first one's alert counts up where it stands, and calls nobody again."""
    alert_card.refresh(turn, first)
    alert = alert_of(turn, first)
    if alert is None or not attaching.kept(turn, report):
        return
    for shown in alert_card.shown_to(turn, alert):
        if not _is_kept_from(turn, alert, report, shown["id"]):
            alert_card.photos(turn, alert, shown["address"], Act.PHOTOS, report)


def same(turn: Turn, alert: Row, person: OnDuty, value: str) -> None:
    """The holder says that another alert is of the same thing as this one: which, or the one that was chosen."""
    near = _near(turn, alert, person)
    chosen = next((row for row in near if str(row["alert"]) == value), None)
    if chosen is not None:
        turn.toast("same-joined")
        _join(turn, alert, person, chosen)
    elif value or not near:
        turn.toast("card-closed" if value else "same-nothing")
    else:
        turn.toast()
        _choose(turn, alert, "same-which", [(duplicates.line(turn, row), f"same:{row['alert']}") for row in near])


def _near(turn: Turn, alert: Row, person: OnDuty) -> list[Row]:
    report = reporter_card.load(turn, alert["report"])
    assert report is not None
    rows = turn.db.all(
        _NEAR,
        {
            "place": alert["place"],
            "alert": alert["id"],
            "person": person.id,
            "kind": report["kind"],
            "about_staff": report["about_staff"],
            "since": report["created_at"] - duplicates.WITHIN,
            "until": report["created_at"] + duplicates.WITHIN,
        },
    )
    staff = bool(report["about_staff"])
    return [
        row
        for row in rows
        if person.id in answers_for(turn.db, row["place"], turn.today, about_staff=staff)
        and (other := alert_card.load(turn, row["alert"])) is not None
        and alert_card.may_see(turn, other, person)
    ]


def _choose(turn: Turn, alert: Row, question: str, choices: list[tuple[str, str]]) -> None:
    buttons = [[Button(label, f"a:{alert['id']}:{data}")] for label, data in choices]
    buttons.append([Button(turn.text("keep"), f"a:{alert['id']}:show")])
    turn.show(turn.address, f"alert:{alert['id']}", turn.text(question), buttons)


def _join(turn: Turn, alert: Row, person: OnDuty, other: Row) -> None:
    """The other alert ends, and all its reports go on under this one."""
    first, report = alert["report"], other["id"]
    joined = [report, *reporter_card.followers(turn, report)]
    have = {shown["id"] for shown in alert_card.shown_to(turn, alert["id"])}
    had = alert_card.shown_to(turn, other["alert"])
    for shown in had:
        if shown["id"] not in have:
            alert_card.photos(turn, other["alert"], shown["address"], Act.FORGET)
    if person.id not in {shown["id"] for shown in had}:
        alert_card.photos(turn, other["alert"], person.address, Act.PHOTOS)
    for one in joined:
        followup_card.over(turn, one)
    turn.db.execute("update report set same_as = ? where id = ? or same_as = ?", (first, report, report))
    turn.db.execute(
        "update alert set state = 'closed', due_at = null, offered_to = null where id = ?", (other["alert"],)
    )
    alert_card.redraw(turn, other["alert"])
    alert_card.refresh(turn, first)
    for one in joined:
        if other["holder"] == person.id:  # they were told already who has it
            reporter_card.show(turn, one)
        else:
            reporter_card.tell(turn, one, f"told-{alert['state']}", name=person.name)


def apart(turn: Turn, alert: Row, value: str) -> Row | None:
    """The holder takes a report out again: which, or the one that was chosen, which then needs an alert of its own."""
    linked = turn.db.all(_LINKED, (alert["report"],))
    chosen = next((row for row in linked if str(row["id"]) == value), None)
    if chosen is None and (value or not linked):
        turn.toast("card-closed")
    elif chosen is None:
        turn.toast()
        _choose(turn, alert, "apart-which", [(duplicates.line(turn, row), f"apart:{row['id']}") for row in linked])
    else:
        turn.toast("apart-done", number=chosen["number"])
        alert_card.take_photos_away(turn, alert["id"], chosen["id"])
        _remove(turn, chosen["id"])
        turn.db.execute("update report set same_as = null where id = ?", (chosen["id"],))
        followup_card.apart(turn, chosen["id"], alert["report"], alert["holder"])
        alert_card.refresh(turn, alert["report"])
    return chosen


def leave(desk: Desk, report: int) -> bool:
    """A report that is withdrawn, or erased, is no longer one of several; whether an alert goes on with the others.

    Where it was the first, the oldest of the others takes its place.
    """
    row = desk.db.one("select same_as from report where id = ?", (report,))
    assert row is not None
    if row["same_as"]:
        desk.db.execute("update report set same_as = null where id = ?", (report,))
        redraw_own(desk, report)
        alert_card.refresh(desk, row["same_as"])
        return True
    others, alert = reporter_card.followers(desk, report), alert_of(desk, report)
    if not others or alert is None:
        return False
    oldest = others[0]
    had_own = _remove(desk, oldest)
    followup_card.pass_on(desk, report, oldest)
    desk.db.execute("update report set same_as = null where id = ?", (oldest,))
    desk.db.execute("update report set same_as = ? where same_as = ?", (oldest, report))
    desk.db.execute("update alert set report = ? where id = ?", (oldest, alert))
    for shown in alert_card.shown_to(desk, alert):
        if _is_kept_from(desk, alert, oldest, shown["id"]):
            alert_card.take_away(desk, alert, shown["address"])
            desk.db.execute("delete from delivery where alert = ? and person = ?", (alert, shown["id"]))
            continue
        alert_card.log(desk, shown["id"], [oldest], "same")
        if had_own:  # its photos went with the cards of its own alert
            alert_card.photos(desk, alert, shown["address"], Act.PHOTOS, oldest)
    alert_card.refresh(desk, oldest)
    reporter_card.show(desk, oldest)  # they are the one of the follow-up now
    return True


def _is_kept_from(desk: Desk, alert: int, report: int, person: int) -> bool:
    """Whether a linked report on this alert is an anonymous tip that is not this person's to read."""
    row, on = desk.db.one("select source from report where id = ?", (report,)), alert_card.load(desk, alert)
    assert row is not None and on is not None
    return row["source"] == Source.ANONYMOUS and alert_card.is_kept_from(desk, on, person)


def redraw_own(desk: Desk, report: int) -> None:
    """The cards of the alert that a linked report had of its own, if it had one."""
    if (own := alert_of(desk, report)) is not None:
        alert_card.redraw(desk, own)


def alert_of(desk: Desk, report: int) -> int | None:
    """The alert that a report has of its own; None where it is only linked to another."""
    row = desk.db.one("select id from alert where report = ?", (report,))
    return row["id"] if row is not None else None


def _remove(desk: Desk, report: int) -> bool:
    """The alert that a linked report had of its own is gone, with its cards; whether there was one."""
    own = alert_of(desk, report)
    if own is None:
        return False
    for shown in alert_card.shown_to(desk, own):
        alert_card.take_away(desk, own, shown["address"])
    for row in desk.db.all(alert_card.GROUPS, (f"group:{own}",)):
        desk.out.append(Outgoing(address_of(row["group"]), Act.FORGET, card=f"group:{own}"))
    desk.db.execute("delete from delivery where alert = ?", (own,))
    desk.db.execute("delete from alert where id = ?", (own,))
    return True

"""The alert card: what somebody who answers for the place sees of a report, kept true in every chat that shows it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from alerts.roster import LINE, OnDuty
from chat.messages import Act, Button, Outgoing, Priority
from chat.texts import listed, text
from handlers import attaching, followup_card, reporter_card
from handlers.desk import Desk, Turn, address_of
from models.alert import AlertState
from models.database import Row, opened
from models.followup import Side
from models.person import Role
from models.report import Exchange, Report, ReportKind, Source

OFFICE = len(LINE) - 1  # the step at which the town office is called
_ALERT = """
select alert.*, report.number, report.state as report_state, report.kind, report.source, report.about_staff,
       holder.name as holder_name
from alert join report on report.id = alert.report left join person as holder on holder.id = alert.holder
where alert.id = ?
"""
_SHOWN_TO = """
select person.id, person.name, person.role, account.address, account.language, account.name as account, account.blocked
from delivery join person on person.id = delivery.person join account on account.id = person.account
where delivery.alert = ? and delivery.fate <> 'on_leave'
"""
_SAID = f"select {opened(Exchange, 'id', 'kind', 'text')} from exchange where report = ?"
# Of the reports that are linked to it an alert says how many there are, and the newest words only: it stays one card.
NEWEST, LETTERS = 2, 200
_LINKED = """
select count(*) as n, max(ongoing) as ongoing, max(source = 'anonymous') as anonymous from report where same_as = ?
"""
_MAY_READ = "same_as = :first and (source <> 'anonymous' or not :kept)"
_LINKED_DEEDS = (
    f"select {opened(Report, 'id', 'number', 'deed')} from report where {_MAY_READ} order by id desc limit :most"
)
# Whoever was logged when they were sent or opened it is read to; who comes upon it in another way is logged here.
# The plus keeps SQLite from going through all that this person ever opened.
_LOGGED = """
insert into opening (report, person, through, opened_at) select :report, :person, :through, :now
where not exists (select 1 from opening where report = :report and +person = :person)
"""
_LINKED_SAID = f"""
select exchange.report, {opened(Exchange, "id", "kind", "text")} from exchange
where report in (select id from report where {_MAY_READ}) order by exchange.id desc limit :most
"""
# A linked report may have an alert of its own from before it was linked: its photos go by the name of that.
_PHOTOS = f"""
select {opened(Report, "photos")}, report.id as report, coalesce(own.id, :alert) as alert
from report left join alert as own on own.report = report.id
where (report.id = :first or report.same_as = :first) and (:only is null or report.id = :only) order by report.id
"""
# The bounds are those of a small index, so that this costs nothing where no group is used.
GROUPS = "select \"group\" from card where card = ? and card >= 'group:' and card < 'group;'"


def load(desk: Desk, alert: int) -> Row | None:
    """An alert with its report's number and its holder's name."""
    return desk.db.one(_ALERT, (alert,))


def may_see(desk: Desk, alert: Row, person: OnDuty) -> bool:
    """Whether somebody who answers for the place of an alert may see it: the town office not every anonymous tip."""
    if person.role != Role.TOWN_OFFICE:
        return True
    addressed = desk.db.one("select 1 from delivery where alert = ? and person = ?", (alert["id"], person.id))
    return not is_kept_from_office(alert, addressed=addressed is not None)


def is_kept_from_office(alert: Row, *, addressed: bool) -> bool:
    """An anonymous tip is the officer's, unless it is about staff, or came to the town office by itself or in time."""
    return alert["source"] == Source.ANONYMOUS and not (alert["about_staff"] or alert["step"] >= OFFICE or addressed)


def is_kept_from(desk: Desk, alert: Row, person: int) -> bool:
    """Whether anonymous tips that are linked to an alert are kept from somebody who may see the alert itself."""
    if alert["step"] >= OFFICE or alert["holder"] == person:
        return False
    row = desk.db.one("select role from person where id = ?", (person,))
    return row is not None and row["role"] == Role.TOWN_OFFICE


def shown_to(desk: Desk, alert: int) -> list[Row]:
    """Everybody with an account whom this alert was sent to."""
    return desk.db.all(_SHOWN_TO, (alert,))


def missed(desk: Desk, alert: int) -> dict[str, list[str]]:
    """The names of those who were passed over, by why: they were unreachable, or on_leave."""
    rows = desk.db.all(
        "select person.name, delivery.fate from delivery join person on person.id = delivery.person "
        "where delivery.alert = ? and delivery.fate in ('unreachable', 'on_leave') order by delivery.fate, person.id",
        (alert,),
    )
    return {fate: [row["name"] for row in names] for fate, names in groupby(rows, key=lambda row: str(row["fate"]))}


def show(
    desk: Desk,
    alert_id: int,
    person: int,
    address: str,
    language: str,
    *,
    urgent: bool = False,
    renew: bool = False,
) -> None:
    """The alert card as this person may see it now."""
    alert = load(desk, alert_id)
    assert alert is not None
    report = reporter_card.load(desk, alert["report"])
    assert report is not None
    where = address_of(address)
    card = f"alert:{alert_id}"
    if alert["state"] == AlertState.CLOSED:
        outcome = text(language, f"outcome-{report['outcome']}") if report["outcome"] else ""
        body = text(
            language,
            "alert-closed",
            number=report["number"],
            outcome=outcome or text(language, "state-withdrawn"),
        )
        if report["same_as"] and not outcome:
            others = desk.db.one("select number from report where id = ?", (report["same_as"],))
            assert others is not None
            body = text(language, "alert-joined", number=report["number"], first=others["number"])
        desk.show(where, card, body)
        return
    log(desk, person, [report["id"]], "card")
    linked = desk.db.one(_LINKED, (report["id"],))
    assert linked is not None
    lines = [
        text(language, f"alert-title-{report['kind']}", number=report["number"]),
        text(language, "alert-unverified"),
    ]
    if report["about_staff"]:
        lines.append(text(language, "alert-about-staff"))
    if linked["n"]:
        lines.append(text(language, "alert-same", count=linked["n"]))
    if report["ongoing"] or linked["ongoing"]:
        lines.append(text(language, "alert-ongoing"))
    if alert["step"] >= OFFICE and alert["state"] == AlertState.WAITING:
        lines.append(text(language, "alert-nobody"))
    for why, names in missed(desk, alert_id).items():
        lines.append(text(language, f"alert-skipped-{why}", names=listed(language, names)))
    lines += [
        "",
        reporter_card.about(report, language),
        text(language, "alert-where", where=report["where"]),
    ]
    if report["spot"]:
        lines.append("https://maps.google.com/?q={},{}".format(*report["spot"]))
    followup: list[list[Button]] = []
    if report["kind"] == ReportKind.VIOLATION:
        stands, followup = followup_card.on_card(desk, report["id"], Side.OFFICER, language)
        lines += stands
    minutes = max(0, round((desk.now - report["happened_at"]) / timedelta(minutes=1)))
    when = desk.local(report["happened_at"])
    if minutes <= 90:
        lines.append(text(language, "alert-when", when=when, minutes=minutes))
    else:
        lines.append(text(language, "alert-when-hours", when=when, hours=round(minutes / 60)))
    if report["known"]:
        lines.append(text(language, f"alert-known-{report['known']}"))
    lines += ["", report["deed"]]
    if report["scene"]:
        lines.append(text(language, "alert-scene", scene=report["scene"]))
    exchanged = desk.db.all(f"{_SAID} order by id", (report["id"],))
    if linked["n"]:
        kept = bool(linked["anonymous"]) and is_kept_from(desk, alert, person)
        lines += _of_linked(desk, report["id"], person, language, kept)
        theirs = desk.db.all(_LINKED_SAID, {"first": report["id"], "kept": kept, "most": 2 * NEWEST})
        log(desk, person, (said["report"] for said in theirs), "same")
        exchanged = sorted([*exchanged, *theirs], key=lambda said: int(said["id"]))
    for said in exchanged:
        lines.append(text(language, f"exchange-{said['kind']}", line=said["text"]))
    reporter = report["reporter_name"] or report["giver"]
    lines += ["", text(language, f"alert-reporter-{report['source']}", name=reporter)]

    def button(name: str, verb: str) -> Button:
        return Button(text(language, name), f"a:{alert_id}:{verb}")

    rows: list[list[Button]] = []
    if alert["holder"] is None:
        rows = [[button("alert-acknowledge", "ack"), button("alert-way", "way")]]
    elif alert["offered_to"] == person:
        lines.append(text(language, "alert-offered", name=alert["holder_name"]))
        rows = [[button("alert-accept", "accept")]]
    elif alert["holder"] == person:
        lines.append(text(language, "alert-yours"))
        first = [button("alert-way", "way")] if alert["state"] == AlertState.ACKNOWLEDGED else []
        ask = [button("alert-ask", "ask")] if report["may_ask"] else []
        rows = [*followup, [*first, button("alert-close", "close")], [*ask, button("alert-hand", "hand")]]
        if not report["about_staff"]:
            rows[-1].append(button("alert-move", "move"))
        rows.append([button("alert-same-as", "same")])
        if linked["n"]:
            rows[-1].append(button("alert-apart", "apart"))
    else:
        lines.append(text(language, "alert-taken", name=alert["holder_name"]))
    priority = Priority.ALERT if urgent else Priority.ANSWER
    about = f"alert:{alert_id}:{person}" if urgent else ""
    desk.show(where, card, "\n".join(lines), rows, renew=renew or urgent, priority=priority, about=about)


def _of_linked(desk: Desk, first: int, person: int, language: str, kept: bool) -> list[str]:
    """The newest words of the reports that are linked to this one; whoever reads them is in the log."""
    newest = desk.db.all(_LINKED_DEEDS, {"first": first, "kept": kept, "most": NEWEST})
    log(desk, person, (deed["id"] for deed in newest), "same")
    lines = []
    for row in reversed(newest):
        deed = row["deed"] if len(row["deed"]) <= LETTERS else row["deed"][: LETTERS - 1] + "…"
        lines.append(text(language, "alert-same-deed", number=row["number"], line=deed))
    return lines


def log(desk: Desk, person: int, reports: Iterable[int], through: str) -> None:
    """This person reads of these reports without having opened them: once is enough for the log."""
    for report in set(reports):
        desk.db.execute(_LOGGED, {"report": report, "person": person, "through": through, "now": desk.now})


def refresh(desk: Desk, report: int, note: str = "", /, **arguments: str | int) -> None:
    """Every card of the alert of this report, as it is now; a short message to its holder where `note` names one."""
    alert = desk.db.one(
        "select alert.id, alert.holder, report.number from alert join report on report.id = alert.report "
        "where report.id = coalesce((select same_as from report where id = :id), :id)",
        {"id": report},
    )
    assert alert is not None
    redraw(desk, alert["id"])
    for person in shown_to(desk, alert["id"]) if note else ():
        if person["id"] == alert["holder"] and not person["blocked"]:
            body = text(person["language"], note, number=alert["number"], **arguments)
            desk.note(address_of(person["address"]), body)


def redraw(desk: Desk, alert: int) -> None:
    """Every card that shows this alert, as it is now."""
    for person in shown_to(desk, alert):
        if not person["blocked"]:
            show(desk, alert, person["id"], person["address"], person["language"])
    for row in desk.db.all(GROUPS, (f"group:{alert}",)):
        show_in_group(desk, alert, row["group"])


def catch_up(turn: Turn) -> None:
    """Somebody is back who had blocked the bot: their cards, which could not be kept up, are as they should be."""
    stale = turn.db.all(
        "select alert.id, delivery.person from delivery join alert on alert.id = delivery.alert "
        "join person on person.id = delivery.person join account on account.id = person.account "
        "join card on card.address = mark(account.address) and card.card = 'alert:' || alert.id "
        "where account.name = ? order by alert.id desc limit 20",
        (turn.incoming.account,),
    )
    for row in stale:
        show(turn, row["id"], row["person"], str(turn.address), turn.language)


def show_in_group(desk: Desk, alert_id: int, address: str, *, renew: bool = False) -> None:
    """The alert as a group may see it: its number and who has it. No detail of a report is written into a group."""
    row = load(desk, alert_id)
    assert row is not None
    language = desk.house.language
    standing = text(language, f"alert-state-{row['state']}")
    if row["holder_name"] and row["state"] != AlertState.CLOSED:
        standing = text(language, "alert-taken", name=row["holder_name"])
    buttons = []
    if row["state"] == AlertState.WAITING:
        buttons.append(Button(text(language, "alert-acknowledge"), f"g:{alert_id}:ack"))
    if row["state"] != AlertState.CLOSED:
        buttons.append(Button(text(language, "group-open"), url=desk.house.link(f"alert-{alert_id}")))
    body = text(language, "group-alert", number=row["number"], standing=standing)
    desk.show(address_of(address), f"group:{alert_id}", body, [buttons], renew=renew)


def take_away(desk: Desk, alert: int, address: str) -> None:
    """The card of somebody whom this alert is no business of any more, with its pictures."""
    photos(desk, alert, address, Act.FORGET)
    desk.out.append(Outgoing(address_of(address), Act.FORGET, card=f"alert:{alert}"))


def take_photos_away(desk: Desk, alert: int, only: int | None = None) -> None:
    """The pictures of the reports of an alert, or of one of them only, in every chat that they were sent to."""
    for person in shown_to(desk, alert):
        photos(desk, alert, person["address"], Act.FORGET, only)


def photos(desk: Desk, alert: int, address: str, act: Act, only: int | None = None) -> None:
    """Each photo of the reports of an alert, or of one of them only, sent beside its card or taken away again."""
    row = load(desk, alert)
    assert row is not None
    where, sent = address_of(address), Act.FILE if act is Act.PHOTOS else act
    for report in desk.db.all(_PHOTOS, {"alert": alert, "first": row["report"], "only": only}):
        for number, photo in enumerate(report["photos"] or ()):
            card = f"photo:{report['alert']}:{number}"
            desk.out.append(Outgoing(where, act, photos=[photo], card=card, priority=Priority.ALERT))
        for file in attaching.kept(desk, report["report"]):
            name, kind, card = str(file["id"]), file["kind"], f"file:{file['id']}"
            desk.out.append(Outgoing(where, sent, file=name, kind=kind, card=card, priority=Priority.ALERT))

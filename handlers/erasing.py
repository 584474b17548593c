"""One report erased, with all that hangs on it: rows, files, what waits to be sent, cards in chats. A count is left.

Which rows hang on it is read from the tables: one that is added is erased by declaring what it belongs to. Whoever
erases need not be the bot: what stands in chats is written down (models.queue.Removal), and the bot takes it away.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from sqlmodel import SQLModel

from chat.messages import Act, Outgoing, Priority
from handlers import alert_card, attaching, form_card, joining, reporter_card, unsent
from handlers.desk import Desk, address_of
from models.database import Database, Row, columns, opened
from models.draft import Draft
from models.erasure import OPENINGS
from models.queue import Outbox, Removal
from models.report import ReportState

MOST_REMOVALS = 20  # of the chats' messages at a time, so that they are in nobody's way
FILES = "file"
MESSAGES = "message in a chat"
UNSENT = "message not sent yet"
_REPORT = """
select report.number, report.kind, report.state, report.same_as, report.place, report.created_at, alert.id as alert,
       coalesce(account.address, opened(report.route, 'report.route', report.id)) as address
from report left join person on person.id = report.reporter left join account on account.id = person.account
left join alert on alert.report = report.id where report.id = ?
"""
# Whoever was shown the alert, or (the town office) heard of somebody who was missed.
_READERS = """
select distinct account.address from person join account on account.id = person.account
where person.role = 'town_office' or person.id in (select person from opening where report = :report)
or person.id in (select person from delivery where alert = :alert)
"""
_STANDS = "select 1 from card where address = mark(?) and card = ?"
_STANDING_IN = """
select account.address from account where exists
    (select 1 from card where card.address = mark(account.address) and card.card = ?)
"""
_DRAFTS = f"select {columns(Draft)} from draft where report = ?"
_WAITING = f"select {opened(Outbox, 'id', 'payload', 'card')} from outbox where state in ('waiting', 'sending')"
_REMOVALS = f"select {columns(Removal)} from removal order by id limit ?"
_COUNTED = """
insert into erasure (kind, place, month, count, erased_at) values (?, ?, ?, ?, ?)
on conflict (kind, place, month) do update set count = count + excluded.count, erased_at = excluded.erased_at
"""


@cache
def hanging(table: str = "report") -> tuple[tuple[str, str], ...]:
    """SQL that deletes whatever hangs on a row of this table (`:id`), the furthest first, each with its table's name.

    A row that only points to another of its own table is left, and points nowhere.
    """

    def found(table: str, ids: str) -> Iterator[tuple[str, str]]:
        for child in SQLModel.metadata.sorted_tables:
            for column in child.columns:
                if not any(key.column.table.name == table for key in column.foreign_keys):
                    continue
                if child.name == table:
                    yield "", f'update "{table}" set "{column.name}" = null where "{column.name}" in ({ids})'
                    continue
                where = f'"{child.name}" where "{column.name}" in ({ids})'
                if "id" in child.columns:
                    yield from found(child.name, f"select id from {where}")
                yield child.name, f"delete from {where}"

    return tuple(found(table, "select :id"))


def erase_reports(desk: Desk, reports: Sequence[int]) -> Counter[str]:
    """Erase these reports, whatever their state, inside the caller's transaction; their files go once it is committed.

    Returns how many rows of each table, files and messages went; nothing for what is not there.
    """
    gone: Counter[str] = Counter()
    numbers = []
    for report in reports:
        row = desk.db.one(_REPORT, (report,))
        if row is None:
            continue
        numbers.append(row["number"])
        _let_go(desk, report, row)
        row = desk.db.one(_REPORT, (report,))
        assert row is not None
        _take_cards(desk, report, row)
        for draft in desk.db.all(_DRAFTS, (report,)):
            gone += drop_draft(desk, draft)
        gone[FILES] += attaching.drop(desk, report=report)
        lines = 0
        for table, sql in hanging():
            changed = desk.db.execute(sql, {"id": report})
            gone[table] += changed
            lines += changed if table == "opening" else 0
        gone["report"] += desk.db.execute("delete from report where id = ?", (report,))
        month = f"{row['created_at'].astimezone(desk.house.zone):%Y-%m}"
        for kind, count in ((row["kind"], 1), (OPENINGS, lines)):
            if count:
                desk.db.execute(_COUNTED, (kind, row["place"], month, count, desk.now))
    if numbers:
        recalled = recall(desk, _telling(desk, numbers))
        gone[UNSENT] += len(recalled)
        gone[MESSAGES] += put_off(desk, recalled)
    del gone[""]
    return +gone


def standing_in(desk: Desk, card: str) -> list[str]:
    """The addresses of staff in whose chats a card stands."""
    return [row["address"] for row in desk.db.all(_STANDING_IN, (card,))]


def drop_draft(desk: Desk, draft: Row) -> Counter[str]:
    """A draft with its files, its card and, where its conversation is passing, its messages."""
    files = form_card.drop(desk, draft, address_of(draft["address"]))
    forget(desk, draft["address"], f"form:{draft['id']}")
    return Counter({"draft": 1, FILES: files})


def forget(desk: Desk, address: str, card: str) -> None:
    """This card is to be taken away, once `put_off` has written that down."""
    desk.out.append(Outgoing(address_of(address), Act.FORGET, card=card, priority=Priority.REMINDER))


def _let_go(desk: Desk, report: int, row: Row) -> None:
    """Others of the same thing do without it: where it was the first of open ones, its alert goes on with them."""
    if row["state"] != ReportState.OPEN:
        return
    first = joining.alert_of(desk, row["same_as"]) if row["same_as"] else None
    showing = row["alert"] if first is None else first
    if showing is not None:
        alert_card.take_photos_away(desk, showing, report)
    joining.leave(desk, report)


def _take_cards(desk: Desk, report: int, row: Row) -> None:
    """Every card that tells of a report: its reporter's, its readers', those in groups."""
    if row["address"]:
        forget(desk, row["address"], f"report:{report}")
        forget(desk, row["address"], f"followup:{report}")
    alert = row["alert"]
    if alert is None:
        return
    for reader in desk.db.all(_READERS, {"report": report, "alert": alert}):
        alert_card.take_away(desk, alert, reader["address"])
        forget(desk, reader["address"], f"missed:{alert}")
        forget(desk, reader["address"], f"followup:{report}")
    for group in desk.db.all(alert_card.GROUPS, (f"group:{alert}",)):
        forget(desk, group["group"], f"group:{alert}")


def _telling(desk: Desk, numbers: Sequence[str]) -> Callable[[Row], bool]:
    """Which messages tell of these reports: those with the number of one, and whatever a card shows that goes."""
    told = re.compile(rf"(?<![A-Za-z0-9-])(?:{'|'.join(map(re.escape, numbers))})(?![0-9])")
    cards = {out.card for out in desk.out if out.act is Act.FORGET and out.card}
    return lambda row: row["card"] in cards or told.search(row["payload"]) is not None


def recall(desk: Desk, which: Callable[[Row], bool]) -> list[str]:
    """Messages that wait (`card`, and `payload` as bot.outbox wrote it) are not sent; returns the card of each."""
    rows = [row for row in desk.db.all(_WAITING) if which(row)]
    for row in rows:
        unsent.recall(desk, row["id"])
    return [row["card"] for row in rows]


def put_off(desk: Desk, under_way: Collection[str] = ()) -> int:
    """Write down what chats show that is to be taken away, or brought up to date, for the running bot to do.

    Of a card only where it stands, or may be on its way this moment (`under_way`). Returns how many messages are taken
    away. Photos that would be sent anew are not: whoever erases need not be the bot.
    """
    cards = {(str(out.address), out.card, out.message): out for out in desk.out if out.act in (Act.FORGET, Act.SHOW)}
    desk.out = []
    count = 0
    for (address, card, message), out in cards.items():
        if message or card in under_way or desk.db.one(_STANDS, (address, card)) is not None:
            again = out.act is Act.SHOW
            desk.db.insert(Removal, address=address, card=card, message=message, again=again)
            count += not again
    return count


def to_carry_out(db: Database) -> bool:
    """Whether something is to be done to what chats show."""
    return db.one("select 1 from removal") is not None


def carry_out(desk: Desk) -> None:
    """Do what was written down, a little at a time, and only while few messages wait."""
    waiting = desk.db.one("select count(*) as n from outbox where state in ('waiting', 'sending')")
    assert waiting is not None
    for row in desk.db.all(_REMOVALS, (max(0, MOST_REMOVALS - waiting["n"]),)):
        desk.db.execute("delete from removal where id = ?", (row["id"],))
        if row["again"]:
            _show_again(desk, *row["card"].split(":"))
        else:
            where, card, message = address_of(row["address"]), row["card"], row["message"]
            desk.out.append(Outgoing(where, Act.FORGET, card=card, message=message, priority=Priority.REMINDER))


def _show_again(desk: Desk, kind: str, number: str) -> None:
    """This card as it is now, wherever it stands; unless what it tells of is erased by now as well."""
    if kind == "report":
        reporter_card.show(desk, int(number))
    elif alert_card.load(desk, int(number)) is not None:
        alert_card.redraw(desk, int(number))

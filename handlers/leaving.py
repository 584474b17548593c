"""A member of staff leaves: what ties their name and account to what they did is taken away; what they did stays."""

import secrets
from collections import Counter

import orjson

from chat.texts import text
from handlers import postings
from handlers.desk import Desk
from handlers.erasing import MESSAGES, UNSENT, drop_draft, forget, put_off, recall
from models.database import Row, columns
from models.draft import Draft

FORMER = "former-"  # how the code of somebody who left begins
_PERSON = """
select person.id, account.id as account, account.name as account_name, account.address,
       (select count(*) from person as other where other.account = person.account and other.id <> person.id) as others
from person left join account on account.id = person.account where person.code = ?
"""
_HELD = "select count(*) as n from alert where holder = ? and state <> 'closed'"
# Cards of alerts that this account was shown for this person alone.
_ALERTS = """
select delivery.alert from delivery join alert on alert.id = delivery.alert
where delivery.person = :person and alert.state <> 'closed' and not exists (
    select 1 from delivery as other join person on person.id = other.person
    where other.alert = delivery.alert and person.account = :account and person.id <> :person)
"""


def find(desk: Desk, code: str) -> Row | None:
    """The person with this code: id, account, address, and how many other persons use that account."""
    return desk.db.one(_PERSON, (code,))


def erase_person(desk: Desk, person: Row) -> tuple[Counter[str], int]:
    """Take a person (of `find`) out of the staff, inside the caller's transaction.

    Their account is unlinked, and deleted where nobody else uses it, with its drafts, cards and whatever waits for it.
    Reports, exchanges, the read log and days at places keep their rows, of somebody without a name. Returns what was
    erased, and how many alerts they hold: the running bot finds somebody else (handlers.alert.take_from_who_left).
    """
    db, who = desk.db, (person["id"],)
    gone: Counter[str] = Counter()
    if person["account"] is not None:
        if person["others"]:
            for row in db.all(_ALERTS, {"person": person["id"], "account": person["account"]}):
                forget(desk, person["address"], f"alert:{row['alert']}")
        else:
            gone += _erase_account(desk, person)
    gone["invite"] += db.execute("delete from invite where person = ?", who)
    gone["assignment"] += postings.end(db, person["id"], desk.house.today(desk.now))
    db.execute(
        "update person set name = ?, code = ?, account = null, active = 0 where id = ?",
        (text(desk.house.language, "former-colleague"), FORMER + secrets.token_hex(6), person["id"]),
    )
    gone["name of a person"] += 1
    if person["account"] is not None and not person["others"]:
        for table in ("own_times", "calendar_feed"):
            gone[table] += db.execute(f"delete from {table} where account = ?", (person["account"],))
        gone["account"] += db.execute("delete from account where id = ?", (person["account"],))
    gone[MESSAGES] += put_off(desk)
    held = db.one(_HELD, who)
    assert held is not None
    return +gone, held["n"]


def _erase_account(desk: Desk, person: Row) -> Counter[str]:
    gone: Counter[str] = Counter()
    db, account, address = desk.db, person["account_name"], person["address"]
    for draft in db.all(f"select {columns(Draft)} from draft where account = mark(?)", (account,)):
        gone += drop_draft(desk, draft)
    for card in db.all("select card from card where address = mark(?)", (address,)):
        forget(desk, address, card["card"])
    gone["update not dealt with"] += db.execute(
        "update inbox set state = 'done', lane = x'', payload = '' where lane = mark(?) and state <> 'done'", (account,)
    )
    gone[UNSENT] += len(recall(desk, lambda row: bool(orjson.loads(row["payload"])["address"] == address)))
    return gone

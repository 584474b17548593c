"""/start with an invite binds an account to a person; a stranger without one gets a kind sentence, no data."""

import re

from chat.texts import listed
from handlers import alert, lead_tip, menu
from handlers.desk import HELLO, Turn
from models.invite import digest
from models.person import Account

_ALERT = re.compile(r"alert-(\d{1,15})")  # the payload of a link from a group to an alert's card
_TIP = re.compile(r"tip-(\d{1,15})")  # the payload of a poster: a committee


def start(turn: Turn) -> None:
    code = turn.incoming.arguments.strip()
    if found := _ALERT.fullmatch(code):
        alert.pressed(turn, int(found[1]), "show", "link")
        return
    if found := _TIP.fullmatch(code):
        lead_tip.start(turn, int(found[1]))
        return
    if code in ("", HELLO):
        turn.say("start-known" if turn.persons else "start-stranger", names=_names(turn))
        return
    strangers, account = turn.house.strangers, turn.incoming.account
    if not strangers.may_try(account, turn.now):
        turn.say("start-too-often")
        return
    invite = turn.db.one(
        "select invite.*, person.name, person.role, person.language from invite join person "
        "on person.id = invite.person and person.active where digest = ? and revoked_at is null",
        (digest(code),),
    )
    if invite is None:
        strangers.wrong(account, turn.now)
        turn.say("start-wrong")
    elif invite["used_at"] is not None:
        turn.say("start-used")
    elif invite["expires_at"] <= turn.now:
        turn.say("start-expired")
    else:
        _bind(turn, invite["id"], invite["person"], invite["name"], invite["role"])


def _bind(turn: Turn, invite: int, person: int, name: str, role: str) -> None:
    turn.house.strangers.right(turn.incoming.account, turn.now)
    turn.db.insert_new(
        Account,
        name=turn.incoming.account,
        address=str(turn.address),
        language=turn.language,
        bound_at=turn.now,
    )
    turn.db.execute(
        "update person set account = (select id from account where name = ?) where id = ?",
        (turn.incoming.account, person),
    )
    turn.db.execute("update invite set used_at = ? where id = ?", (turn.now, invite))
    turn.say("start-bound", name=name, role=turn.text(f"role-{role}"))
    menu.give(turn, turn.incoming.account)


def _names(turn: Turn) -> str:
    return listed(turn.language, (person["name"] for person in turn.persons))

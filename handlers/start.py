"""/start with an invite binds an account to a person; a stranger without one gets a kind sentence, no data."""

import re
from datetime import timedelta

from chat.texts import listed
from handlers import alert, menu
from handlers.desk import HELLO, Turn
from models.invite import digest
from models.person import Account

_ALERT = re.compile(r"alert-(\d{1,15})")  # the payload of a link from a group to an alert's card
TRIES = 5
WINDOW = timedelta(minutes=30)


def start(turn: Turn) -> None:
    code = turn.incoming.arguments.strip()
    if found := _ALERT.fullmatch(code):
        alert.pressed(turn, int(found[1]), "show", "")
        return
    if code in ("", HELLO):
        turn.say("start-known" if turn.persons else "start-stranger", names=_names(turn))
        return
    account = turn.incoming.account
    since = (turn.now - WINDOW).timestamp()
    recent = [at for at in turn.house.tries.get(account, ()) if since < at <= turn.now.timestamp()]
    if len(recent) >= TRIES:
        turn.say("start-too-often")
        return
    invite = turn.db.one(
        "select invite.*, person.name, person.role, person.language from invite join person "
        "on person.id = invite.person and person.active where digest = ? and revoked_at is null",
        (digest(code),),
    )
    if invite is None:
        turn.house.tries[account] = [*recent, turn.now.timestamp()]
        turn.say("start-wrong")
    elif invite["used_at"] is not None:
        turn.say("start-used")
    elif invite["expires_at"] <= turn.now:
        turn.say("start-expired")
    else:
        _bind(turn, invite["id"], invite["person"], invite["name"], invite["role"])


def _bind(turn: Turn, invite: int, person: int, name: str, role: str) -> None:
    turn.house.tries.pop(turn.incoming.account, None)
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

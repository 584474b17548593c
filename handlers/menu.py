"""The command menu of each account: what its roles can do, in its language. It is a help, never a permission."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

from chat.messages import Act, Command, Outgoing, Priority
from chat.texts import text
from handlers.desk import Desk, address_of
from models.person import Role

EVERYBODY = ("tip", "duty", "me", "language", "help", "cancel")
OF_ROLE = {
    Role.COORDINATOR.value: ("report", "workload", "meetings", "visits", "plans", "board"),
    Role.CADRE.value: ("report", "meetings", "visits", "plans", "board"),
    Role.OFFICER.value: ("alerts", "workload", "meetings", "visits", "plans", "board"),
    Role.DEPUTY.value: ("alerts", "workload", "plans", "board"),
    Role.TOWN_OFFICE.value: ("alerts", "board", "plans", "tips", "readlog"),
}
STRANGER = ("tip", "visits", "start", "help")
GROUP = ("alerts",)

_ACCOUNTS = """
select account.id, account.address, account.language, account.menu, group_concat(distinct person.role) as roles
from account join person on person.account = account.id
where person.active and not account.blocked and (:account is null or account.name = :account) group by account.id
"""


def commands(roles: Iterable[str]) -> tuple[str, ...]:
    """The commands of somebody in these roles, in the order of the menu."""
    held = set(roles)
    own = dict.fromkeys(name for role in OF_ROLE if role in held for name in OF_ROLE[role])
    return (*own, *EVERYBODY)


def lines(language: str, names: Iterable[str]) -> Sequence[Command]:
    return [Command(name, text(language, f"command-{name}")) for name in names]


@cache
def _menu(roles: str, language: str) -> tuple[Sequence[Command], str]:
    """The menu of somebody in these roles, and the mark by which it is known."""
    menu = lines(language, commands(roles.split(",")))
    return menu, hashlib.sha256(repr(menu).encode()).hexdigest()[:16]


def give(desk: Desk, account: str | None = None, most: int = 5) -> bool:
    """Give an account, or everybody, the menu that is theirs now, where it is another than they were given last.

    At most so many at a time, so that they are in nobody's way; says whether there may be more.
    """
    given = 0
    for row in desk.db.all(_ACCOUNTS, {"account": account}):
        menu, mark = _menu(row["roles"], row["language"])
        if mark == row["menu"]:
            continue
        desk.db.execute("update account set menu = ? where id = ?", (mark, row["id"]))
        address = address_of(row["address"])
        desk.out.append(Outgoing(address, Act.MENU, commands=menu, priority=Priority.REMINDER))
        given += 1
        if given == most:
            return True
    return False

"""Invitations: how an administrator lets a person of the roster in. The code is shown once and kept as a hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.refusal import Refused
from models.database import Database
from models.invite import Invite, digest
from models.person import Role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else: 0 O, 1 I L, U V
LENGTH = 8


class InviteRefused(Refused):
    """Nobody was invited, or nothing revoked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code to hand to one person."""

    id: int
    person: str
    name: str
    role: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it stands: open, used, expired or revoked."""

    id: int
    person: str
    name: str
    role: str
    expires_at: datetime
    state: str


def invite(
    db: Database, role: str, place_code: str, now: datetime, days: int, *, person_code: str | None = None
) -> list[Invitation]:
    """Invite everybody active in this role who is assigned to this place and has no account yet.

    A new invitation revokes the person's earlier open ones: one person, one code. Raises InviteRefused.
    """
    if role not in list(Role):
        raise InviteRefused(f"unknown role {role}; it is one of {', '.join(Role)}")
    with db.transaction():
        place = db.one("select id from place where code = ?", (place_code,))
        if place is None:
            raise InviteRefused(f"unknown place {place_code}; import it first: linli import places.csv")
        people = db.all(
            "select person.id, person.code, person.name, person.account from person join assignment "
            "on assignment.person = person.id where place = ? and role = ? and person.active order by person.id",
            (place["id"], role),
        )
        if person_code is not None:
            people = [person for person in people if person["code"] == person_code]
        who = f"{role} {person_code}" if person_code is not None else role
        if not people:
            raise InviteRefused(
                f"no {who} is assigned to {place_code}; import the roster first: linli import people.csv"
            )
        waiting = [person for person in people if person["account"] is None]
        if not waiting:
            raise InviteRefused(f"every {who} of {place_code} has an account already")
        invitations = []
        for person in waiting:
            db.execute(
                "update invite set revoked_at = ? where person = ? and used_at is null and revoked_at is null",
                (now, person["id"]),
            )
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            expires_at = now + timedelta(days=days)
            number = db.insert(Invite, digest=digest(code), person=person["id"], expires_at=expires_at)
            invitations.append(Invitation(number, person["code"], person["name"], role, code, expires_at))
    return invitations


def list_invites(db: Database, now: datetime) -> list[Invited]:
    """Every invitation, the newest first."""
    rows = db.all(
        "select invite.*, person.code, person.name, person.role from invite "
        "join person on person.id = invite.person order by invite.id desc"
    )
    return [
        Invited(
            id=row["id"],
            person=row["code"],
            name=row["name"],
            role=row["role"],
            expires_at=row["expires_at"],
            state="used"
            if row["used_at"] is not None
            else "revoked"
            if row["revoked_at"] is not None
            else "expired"
            if row["expires_at"] <= now
            else "open",
        )
        for row in rows
    ]


def revoke(db: Database, id: int, now: datetime) -> None:
    """Make a code worthless. Raises InviteRefused where it is used or revoked already, or not there."""
    with db.transaction():
        row = db.one("select used_at, revoked_at from invite where id = ?", (id,))
        if row is None:
            raise InviteRefused(f"there is no invitation {id}; list them: linli invites")
        if row["used_at"] is not None:
            raise InviteRefused(f"invitation {id} was used already")
        if row["revoked_at"] is not None:
            raise InviteRefused(f"invitation {id} was revoked already")
        db.execute("update invite set revoked_at = ? where id = ?", (now, id))

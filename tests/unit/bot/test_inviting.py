"""Invitations: for those without an account, one open code each, kept as a hash only."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.importing import import_files
from bot.inviting import ALPHABET, LENGTH, InviteRefused, invite, list_invites, revoke
from models.database import Database
from models.invite import digest
from models.person import Account

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def _bind(db: Database, code: str) -> None:
    with db.transaction():
        account = db.insert(Account, name=f"telegram:{code}", address="telegram:1", language="zh", bound_at=NOW)
        db.execute("update person set account = ? where code = ?", (account, code))


def test_the_code_is_kept_as_a_hash_that_forgives_its_spelling(db: Database, roster: list[Path]) -> None:
    [one] = invite(db, "officer", "NY", NOW, 7)
    assert (one.person, one.name, one.expires_at) == ("WANG", "王警官", NOW + timedelta(days=7))
    assert len(one.code) == LENGTH and set(one.code) <= set(ALPHABET)
    row = db.one("select digest from invite")
    assert row is not None
    assert row["digest"] == digest(f" {one.code[:4].lower()}-{one.code[4:]} ")
    assert one.code not in row["digest"]


def test_everybody_of_the_role_without_an_account(db: Database, roster: list[Path], folder: Path) -> None:
    more = folder / "more.csv"
    more.write_text("code,name,role,places,language\nB,乙,officer,NY,zh\nD,丁,officer,NY,zh\n", "utf-8")
    import_files(db, [more], date(2026, 11, 24))
    _bind(db, "B")
    assert [one.person for one in invite(db, "officer", "NY", NOW, 7)] == ["WANG", "D"]
    assert [one.person for one in invite(db, "officer", "NY", NOW, 7, person_code="D")] == ["D"]
    assert [one.person for one in invite(db, "town_office", "TOWN", NOW, 7)] == ["GAO"]
    with pytest.raises(InviteRefused, match="officer B of NY has an account"):
        invite(db, "officer", "NY", NOW, 7, person_code="B")


@pytest.mark.parametrize(
    ("role", "place", "says"),
    [
        ("sheriff", "NY", "unknown role"),
        ("officer", "ZZ", "unknown place"),
        ("officer", "NY-1", "no officer is assigned to NY-1"),
        ("town_office", "NY", "no town_office"),
    ],
)
def test_refusals_leave_nothing(db: Database, roster: list[Path], role: str, place: str, says: str) -> None:
    with pytest.raises(InviteRefused, match=says):
        invite(db, role, place, NOW, 7)
    assert list_invites(db, NOW) == []


def test_the_states_of_invitations(db: Database, roster: list[Path]) -> None:
    first = invite(db, "officer", "NY", NOW, 7)[0].id
    second = invite(db, "officer", "NY", NOW, 7)[0].id  # one person, one open code
    assert [(one.id, one.state) for one in list_invites(db, NOW)] == [(second, "open"), (first, "revoked")]
    assert list_invites(db, NOW + timedelta(days=7))[0].state == "expired"
    revoke(db, second, NOW)
    assert list_invites(db, NOW)[0].state == "revoked"
    used = invite(db, "deputy", "NY", NOW, 1)[0].id
    with db.transaction():
        db.execute("update invite set used_at = ? where id = ?", (NOW, used))
    assert list_invites(db, NOW)[0].state == "used"
    for number, says in ((used, "used already"), (second, "revoked already"), (99, "no invitation 99")):
        with pytest.raises(InviteRefused, match=says):
            revoke(db, number, NOW)

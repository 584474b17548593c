"""spot checks of dwellings: buildings, checks with their counts, draws, what is still to be said"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed, SealedJson

revision = "0020"
down_revision = "0019"
COUNTS = ("seen", "correct", "late", "not_cancelled", "wrong", "nobody")


def _to(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "building",
        _id(),
        _to("place", "place"),
        sa.Column("called", Sealed(), nullable=False),
        sa.Column("dwellings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("building_at", "building", ["place"])
    op.create_table(
        "spot_check",
        _id(),
        _to("place", "place"),
        sa.Column("month", sa.String(), nullable=False),
        _to("cadre", "person"),
        _to("officer", "person"),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("why", Sealed(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        _to("entered_by", "person", nullable=True),
        sa.Column("entered_at", Moment(), nullable=True),
        _to("confirmed_by", "person", nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("chase_at", Moment(), nullable=True),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    held = sa.text("state <> 'cancelled'")
    op.create_index("spot_check_of", "spot_check", ["place", "month"], unique=True, sqlite_where=held)
    chased = sa.text("chase_at is not null")
    op.create_index("spot_check_chase", "spot_check", ["chase_at"], sqlite_where=chased)
    op.create_table(
        "spot_draw",
        _id(),
        _to("spot", "spot_check"),
        sa.Column("drawn", SealedJson(), nullable=True),
        sa.Column("why", Sealed(), nullable=False),
        _to("by", "person"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("spot_draw_of", "spot_draw", ["spot"])
    op.create_index("spot_draw_kept", "spot_draw", ["spot"], sqlite_where=sa.text("drawn is not null"))
    op.create_table(
        "spot_party",
        _id(),
        _to("spot", "spot_check"),
        _to("person", "person"),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("told", Moment(), nullable=True),
        sa.Column("sent", Json(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("look_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("spot", "person"),
    )
    op.create_index("spot_party_look", "spot_party", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_table(
        "spot_ask",
        _id(),
        _to("place", "place"),
        _to("person", "person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("place", "person", "day"),
    )

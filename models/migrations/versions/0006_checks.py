"""the checks beside the week: same-day entry, the five items, self-check plans, ledgers, data rooms"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed

revision = "0006"
down_revision = "0005"


def _person(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("person.id"), nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "check_round",
        _number(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "day"),
    )
    op.create_table(
        "same_day_shortfall",
        _number(),
        _person("person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "day"),
    )
    op.create_table(
        "kit_check",
        _number(),
        _person("person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("spot", sa.Boolean(), nullable=False),
        sa.Column("there", Json(), nullable=False),
        _person("by"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "day", "spot"),
    )
    op.create_table(
        "self_check_plan",
        _number(),
        _person("person"),
        sa.Column("dwellings", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("sent", Json(), nullable=False),
        sa.Column("look_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_self_check_plan_person", "self_check_plan", ["person"])
    op.create_index("self_check_plan_due", "self_check_plan", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_table(
        "ledger_check",
        _number(),
        _person("person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("book", sa.Boolean(), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        _person("by"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ledger_check_of", "ledger_check", ["person", "day"])
    op.create_table(
        "data_room",
        _number(),
        sa.Column("place", sa.Integer(), sa.ForeignKey("place.id"), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        _person("person"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("place", "task", "person"),
    )

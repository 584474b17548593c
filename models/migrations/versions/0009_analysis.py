"""the monthly analysis: counts of registers, its words, the day of the meeting"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed

revision = "0009"
down_revision = "0008"


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _place() -> sa.Column[int]:
    return sa.Column("place", sa.Integer(), sa.ForeignKey("place.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "register_count",
        _number(),
        _place(),
        sa.Column("month", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("dwellings", "covered", "expected", "present")),
        sa.Column("by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("register_count_of", "register_count", ["place", "month"])
    op.create_table(
        "monthly_analysis",
        _number(),
        _place(),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("difficulties", Sealed(), nullable=False),
        sa.Column("suggestions", Sealed(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("sent", Json(), nullable=False),
        sa.Column("look_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("place", "month"),
    )
    op.create_index(
        "monthly_analysis_due", "monthly_analysis", ["look_at"], sqlite_where=sa.text("look_at is not null")
    )
    op.create_table(
        "meeting_day",
        _place(),
        sa.Column("working_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )

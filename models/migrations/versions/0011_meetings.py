"""meetings: series, occasions, who is invited, what they are still to be told"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed

revision = "0011"
down_revision = "0010"


def _to(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting_series",
        _number(),
        _to("place", "place"),
        _to("called_by", "person"),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("off", sa.String(), nullable=False),
        sa.Column("room", Sealed(), nullable=False),
        sa.Column("roles", Json(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("look_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("meeting_series_look", "meeting_series", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_table(
        "meeting",
        _number(),
        _to("series", "meeting_series"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("series", "day"),
    )
    op.create_index("ix_meeting_starts_at", "meeting", ["starts_at"])
    op.create_table(
        "meeting_invited",
        _number(),
        _to("occasion", "meeting"),
        _to("person", "person"),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("told", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("occasion", "person"),
    )
    op.create_index("ix_meeting_invited_person", "meeting_invited", ["person"])
    op.create_table(
        "meeting_reminder",
        _number(),
        _to("occasion", "meeting"),
        _to("person", "person"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("meeting_reminder_of", "meeting_reminder", ["occasion", "person"])
    op.create_index(
        "meeting_reminder_due", "meeting_reminder", ["due_at", "person"], sqlite_where=sa.text("state = 'waiting'")
    )
    op.create_index("ix_meeting_reminder_person", "meeting_reminder", ["person"])

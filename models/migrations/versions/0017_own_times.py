"""own times: quiet hours and reminder times of accounts and series; personal calendars"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment

revision = "0017"
down_revision = "0016"


def _to(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=False, unique=True)


def upgrade() -> None:
    op.create_table(
        "own_times",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("account", "account"),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_until", sa.String(), nullable=False),
        sa.Column("evening", sa.String(), nullable=True),
        sa.Column("lead", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "series_times",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("series", "meeting_series"),
        sa.Column("evening", sa.String(), nullable=True),
        sa.Column("lead", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("account", "account"),
        sa.Column("digest", sa.String(), nullable=False, unique=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meeting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("occasion", "meeting"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

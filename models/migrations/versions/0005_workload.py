"""the weekly workload: weeks, and their figures as entries"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed

revision = "0005"
down_revision = "0004"

ITEMS = (
    "visited",
    "taken",
    "changed",
    "cancelled",
    "same_day",
    "certificate_checks",
    "self_checks",
    "reports",
    "hours",
)


def upgrade() -> None:
    op.create_table(
        "workload_week",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("monday", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", Sealed(), nullable=False),
        sa.Column("reason", Sealed(), nullable=False),
        sa.Column("question", Sealed(), nullable=False),
        sa.Column("filed_at", Moment(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("look_at", Moment(), nullable=True),
        sa.Column("sent", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "monday"),
    )
    op.create_index("workload_week_due", "workload_week", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_index("workload_week_opened", "workload_week", ["person", "opened_at"])
    op.create_table(
        "workload_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), sa.ForeignKey("workload_week.id"), nullable=False),
        sa.Column("person", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("place", sa.Integer(), sa.ForeignKey("place.id"), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        *(sa.Column(item, sa.Integer(), nullable=True) for item in ITEMS),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("why", Sealed(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_workload_entry_week", "workload_entry", ["week"])
    op.create_index("workload_entry_day", "workload_entry", ["person", "day"])
    op.create_index("workload_entry_place", "workload_entry", ["place", "day"])
    op.create_index("workload_entry_proposed", "workload_entry", ["week"], sqlite_where=sa.text("state = 'proposed'"))

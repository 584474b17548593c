"""visits that somebody asked for; one store of reminders for meetings and visits"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed, SealedJson

revision = "0014"
down_revision = "0013"
_MOVED = """
insert into reminder (id, meeting, person, kind, start, due_at, state)
select id, occasion, person, kind, start, due_at, state from meeting_reminder
"""


def _to(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _to("place", "place"),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("route", Sealed(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("called", Sealed(), nullable=False),
        sa.Column("dwelling", Sealed(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("slots", SealedJson(), nullable=False),
        sa.Column("passed_over", Json(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=True),
        sa.Column("told", Moment(), nullable=True),
        sa.Column("spoke", sa.Boolean(), nullable=False),
        sa.Column("witnessed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("line", Sealed(), nullable=False),
        sa.Column("reason", Sealed(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("late_at", Moment(), nullable=True),
        sa.Column("staff_news", sa.String(), nullable=False),
        sa.Column("staff_news_at", Moment(), nullable=True),
        sa.Column("own_news", sa.String(), nullable=False),
        sa.Column("own_news_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("visit_open", "visit", ["place"], sqlite_where=sa.text("state = 'open'"))
    op.create_index("visit_of", "visit", ["mark"])
    for name, column in (("decided", "decided_at"), ("late", "late_at"), ("staff_news", "staff_news_at")):
        op.create_index(f"visit_{name}", "visit", [column], sqlite_where=sa.text(f"{column} is not null"))
    op.create_index("visit_own_news", "visit", ["own_news_at"], sqlite_where=sa.text("own_news_at is not null"))
    op.create_table(
        "visit_part",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("visit", "visit"),
        sa.Column("role", sa.String(), nullable=False),
        _to("person", "person"),
        sa.Column("can", Json(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("told", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit", "role"),
    )
    op.create_index("ix_visit_part_person", "visit_part", ["person"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("meeting", "meeting", nullable=True),
        _to("visit", "visit", nullable=True),
        _to("person", "person", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("(meeting is null) <> (visit is null)", name="reminder_of_one"),
    )
    for of in ("meeting", "visit"):
        where = sa.text(f"{of} is not null")
        op.create_index(f"reminder_of_{of}", "reminder", [of, "person"], sqlite_where=where)
    op.create_index("reminder_due", "reminder", ["due_at", "person"], sqlite_where=sa.text("state = 'waiting'"))
    op.create_index("ix_reminder_person", "reminder", ["person"])
    op.execute(_MOVED)
    op.drop_table("meeting_reminder")

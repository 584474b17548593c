"""minutes: who was at a meeting, what was said to each point, objections, and the minutes as they were sent"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment, Sealed, SealedJson

revision = "0019"
down_revision = "0018"


def _to(name: str, table: str, *, nullable: bool = False, ondelete: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "attendance",
        _id(),
        _to("occasion", "meeting"),
        _to("person", "person"),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("stand_in", Sealed(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("occasion", "person"),
    )
    op.create_index("ix_attendance_person", "attendance", ["person"])
    op.create_table(
        "minutes",
        _id(),
        _to("occasion", "meeting"),
        sa.Column("state", sa.String(), nullable=False),
        _to("by", "person", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", SealedJson(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("final_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("look_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("occasion"),
    )
    op.create_index("minutes_look", "minutes", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_table(
        "minutes_point",
        _id(),
        _to("minutes", "minutes"),
        _to("point", "agenda_point", nullable=True, ondelete="SET NULL"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", Sealed(), nullable=False),
        _to("by", "person"),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _to("written_by", "person", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_minutes_point_minutes", "minutes_point", ["minutes"])
    op.create_index("ix_minutes_point_point", "minutes_point", ["point"])
    op.create_table(
        "objection",
        _id(),
        _to("minutes", "minutes"),
        _to("person", "person"),
        _to("point", "minutes_point", nullable=True),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _to("decided_by", "person", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_objection_minutes", "objection", ["minutes"])
    op.create_table(
        "minutes_word",
        _id(),
        _to("minutes", "minutes"),
        _to("person", "person"),
        sa.Column("kind", sa.String(), nullable=False),
        _to("objection", "objection", nullable=True),
        sa.Column("due_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_minutes_word_minutes", "minutes_word", ["minutes"])
    op.execute("alter table attachment add column minutes_point INTEGER references minutes_point (id)")
    op.create_index("ix_attachment_minutes_point", "attachment", ["minutes_point"])
    op.create_index("ix_minutes_word_due_at", "minutes_word", ["due_at"])

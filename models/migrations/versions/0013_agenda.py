"""agenda: points for the next meeting, action items, agendas that were confirmed"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment, Sealed

revision = "0013"
down_revision = "0012"


def _to(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def upgrade() -> None:
    op.add_column("meeting", sa.Column("agenda_at", Moment(), nullable=True))
    op.create_table(
        "agenda_point",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("place", "place"),
        _to("by", "person"),
        _to("occasion", "meeting", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("agenda_point_of", "agenda_point", ["place", "occasion"])
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("place", "place"),
        _to("occasion", "meeting"),
        _to("owner", "person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("look_at", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        _to("done_by", "person", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("action_item_open", "action_item", ["place", "owner"], sqlite_where=sa.text("done_at is null"))
    op.create_index("action_item_look", "action_item", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_index("ix_action_item_occasion", "action_item", ["occasion"])
    op.create_index("ix_action_item_owner", "action_item", ["owner"])

"""area plans: places, reasons, measures, inspections, reviews, extensions, and what was told of them"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment, Sealed

revision = "0018"
down_revision = "0017"


def _to(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "area_plan",
        _number(),
        _to("committee", "place"),
        _to("place", "place"),
        sa.Column("spot", Sealed(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _to("proposed_by", "person"),
        sa.Column("proposed_at", Moment(), nullable=False),
        _to("decided_by", "person", nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("answer", Sealed(), nullable=False),
        _to("lead", "person", nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("deadline", sa.String(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        _to("officer_accepted", "person", nullable=True),
        _to("town_accepted", "person", nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("look_at", Moment(), nullable=True),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    is_open = sa.text("state in ('proposed', 'running')")
    op.create_index("area_plan_one", "area_plan", ["mark"], unique=True, sqlite_where=is_open)
    op.create_index("area_plan_look", "area_plan", ["look_at"], sqlite_where=sa.text("look_at is not null"))
    op.create_index("area_plan_of", "area_plan", ["committee", "state"])
    op.create_table(
        "area_plan_reason",
        _number(),
        _to("plan", "area_plan"),
        _to("by", "person"),
        sa.Column("hazards", sa.Integer(), nullable=False),
        sa.Column("disorder", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "area_plan_measure",
        _number(),
        _to("plan", "area_plan"),
        _to("owner", "person"),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        _to("made_by", "person"),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        _to("done_by", "person", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "area_plan_inspection",
        _number(),
        _to("plan", "area_plan"),
        sa.Column("monday", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("mended", sa.Integer(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        _to("done_by", "person", nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan", "monday"),
    )
    op.create_table(
        "area_plan_review",
        _number(),
        _to("plan", "area_plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        _to("by", "person"),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan", "number"),
    )
    op.create_table(
        "area_plan_extension",
        _number(),
        _to("plan", "area_plan"),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        _to("by", "person"),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "area_plan_told",
        _number(),
        _to("plan", "area_plan"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        _to("person", "person"),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("before", Moment(), nullable=True),
        sa.Column("said_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan", "kind", "item", "person"),
    )
    for table in ("reason", "measure", "extension"):
        op.create_index(f"ix_area_plan_{table}_plan", f"area_plan_{table}", ["plan"])
    op.create_index("ix_area_plan_measure_owner", "area_plan_measure", ["owner"])
    op.create_index("ix_area_plan_told_person", "area_plan_told", ["person"])

"""who was assigned where and when, leave, and months below last year's"""

import sqlalchemy as sa
from alembic import op

from models.columns import Json, Moment, Sealed

revision = "0010"
down_revision = "0009"
BEGINNING = "0001-01-01"


def _to(table: str, name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "posting",
        _number(),
        _to("person", "person"),
        _to("place", "place"),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("posting_of", "posting", ["person", "since"])
    op.create_index("posting_at", "posting", ["place", "since"])
    # When anybody came is not known: they have been there since before the records began.
    op.execute(
        "insert into posting (person, place, since) "
        f"select person, place, '{BEGINNING}' from assignment order by person, place"
    )
    # Who left has no assignment any more: they were where their figures are, until the last of them.
    op.execute(
        "insert into posting (person, place, since, until) "
        f"select person, place, '{BEGINNING}', max(day) from workload_entry "
        "where person in (select id from person where not active) group by person, place"
    )
    op.create_table(
        "leave",
        _number(),
        _to("person", "person"),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("leave_of", "leave", ["person", "last"])
    op.create_index("leave_until", "leave", ["last"])
    op.create_table(
        "decline",
        _number(),
        _to("place", "place"),
        _to("person", "person", nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("items", Json(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("words", Sealed(), nullable=False),
        _to("person", "by", nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "decline_of", "decline", ["person", "month"], unique=True, sqlite_where=sa.text("person is not null")
    )
    op.create_index("decline_at", "decline", ["place", "month"], unique=True, sqlite_where=sa.text("person is null"))

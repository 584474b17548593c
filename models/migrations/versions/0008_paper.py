"""papers that are made for somebody and sent; weeks that are still open are found without looking at all weeks"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment, Sealed

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("place", sa.Integer(), sa.ForeignKey("place.id"), nullable=True),
        sa.Column("coordinator", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", Sealed(), nullable=False),
        sa.Column("ordered_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paper_state", "paper", ["state"])
    op.create_index("workload_week_open", "workload_week", ["id"], sqlite_where=sa.text("state = 'open'"))

"""the town's own table of working days, and which meetings were moved by somebody"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "calendar_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("calendar_import_unsettled", "calendar_import", ["id"], sqlite_where=sa.text("not settled"))
    op.create_table(
        "calendar_warning",
        sa.Column("covered_until", sa.String(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("covered_until"),
    )
    op.add_column("meeting", sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting_series", sa.Column("calendar", sa.Integer(), nullable=False, server_default="0"))

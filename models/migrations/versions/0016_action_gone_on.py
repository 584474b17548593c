"""action items that are late for long go on to the next role"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("action_item", sa.Column("gone_on_at", Moment(), nullable=True))

"""the chat in which a form is filled in: reminders wait there"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("draft", sa.Column("chat", sa.LargeBinary(), nullable=False, server_default=""))
    op.create_index("ix_draft_chat", "draft", ["chat"])

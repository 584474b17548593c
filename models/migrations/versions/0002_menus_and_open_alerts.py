"""menus, open alerts, numbers that are never used again"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("account", sa.Column("menu", sa.String(), nullable=False, server_default=""))
    op.add_column("invite", sa.Column("expiry_told", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ("draft", "report", "alert"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
    op.create_index("card_in_groups", "card", ["card"], sqlite_where=sa.text("card >= 'group:' and card < 'group;'"))
    op.create_index("alert_open", "alert", ["place"], sqlite_where=sa.text("state <> 'closed'"))

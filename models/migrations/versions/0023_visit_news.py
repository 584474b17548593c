"""what a member of the staff hears of a visit once their quiet hours are over"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("alter table visit add column news_before MOMENT")
    op.create_table(
        "visit_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), sa.ForeignKey("place.id"), nullable=False),
        sa.Column("person", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("heard_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", "person"),
    )
    op.create_index("ix_visit_news_heard_at", "visit_news", ["heard_at"])

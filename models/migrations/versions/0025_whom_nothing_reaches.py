"""whoever speaks is looked up among the applicants whom nothing reaches: with each update, so in no time"""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("create index visit_unreachable on visit (mark) where unreachable")

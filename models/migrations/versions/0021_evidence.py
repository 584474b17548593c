"""photos of what was found at the joint inspection of a place"""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("alter table attachment add column inspection INTEGER references area_plan_inspection (id)")
    op.create_index("ix_attachment_inspection", "attachment", ["inspection"])

"""which message told a reminder: what was not sent in time is taken back"""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.execute("alter table reminder add column told_at MOMENT")
    op.execute("create index reminder_told on reminder (told_at) where told_at is not null")
    op.execute("create index outbox_reminders on outbox (due_at) where state = 'waiting' and priority = '2'")

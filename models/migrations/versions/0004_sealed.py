"""what is entrusted is sealed; tips, violations, follow-ups, attachments, receipts"""

import sqlalchemy as sa
from alembic import op

from models.columns import Moment, Sealed, SealedJson

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    if op.get_bind().execute(sa.text("select exists (select 1 from place)")).scalar():
        op.execute("pragma user_version = 1")  # what it holds is clear, until models.resealing has sealed it
    op.create_table(
        "sealing_key",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False, server_default="kept"),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", Sealed(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("delete from erasure")  # counted without place or month
    op.add_column("erasure", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("erasure", sa.Column("month", sa.String(), nullable=False, server_default=""))
    op.create_index("erasure_counted", "erasure", ["kind", "place", "month"], unique=True)
    op.create_table(
        "removal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", Sealed(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("report", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("behaviours", new_column_name="about")
        for column in (
            sa.Column("kind", sa.String(), nullable=False, server_default="suspicious"),
            sa.Column("source", sa.String(), nullable=False, server_default="staff"),
            sa.Column("giver", Sealed(), nullable=False, server_default=""),
            sa.Column("route", Sealed(), nullable=False, server_default=""),
            sa.Column("giver_mark", sa.LargeBinary(), nullable=True),
            sa.Column("giver_language", sa.String(), nullable=False, server_default=""),
            sa.Column("about_staff", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("known", sa.String(), nullable=False, server_default=""),
            sa.Column("spot", SealedJson(), nullable=True),
            sa.Column("same_as", sa.Integer(), nullable=True),
        ):
            table.add_column(column)
        table.create_foreign_key("report_same_as", "report", ["same_as"], ["id"])
        for name in ("where", "deed", "scene", "remark"):
            table.alter_column(name, type_=Sealed(), existing_nullable=False)
        table.alter_column("photos", type_=SealedJson(), nullable=True)
        table.alter_column("reporter", nullable=True)
    op.execute("update report set spot = json_array(latitude, longitude) where latitude is not null")
    with op.batch_alter_table("report", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("latitude")
        table.drop_column("longitude")
    op.create_index("report_kept", "report", ["kind", "closed_at"], sqlite_where=sa.text("closed_at is not null"))
    op.create_index(
        "report_kept_short",
        "report",
        ["closed_at"],
        sqlite_where=sa.text("outcome in ('unfounded', 'abusive') or state = 'withdrawn'"),
    )
    op.create_index(
        "report_near",
        "report",
        ["place", "kind", "created_at"],
        sqlite_where=sa.text("state = 'open' and same_as is null"),
    )
    op.create_index("report_same", "report", ["same_as"], sqlite_where=sa.text("same_as is not null"))
    op.create_index("report_giver", "report", ["giver_mark"], sqlite_where=sa.text("giver_mark is not null"))
    with op.batch_alter_table("exchange", recreate="always") as table:
        table.alter_column("text", type_=Sealed(), existing_nullable=False)
        table.alter_column("author", nullable=True)
    op.create_index("ix_exchange_author", "exchange", ["author"])
    op.create_index("ix_opening_person", "opening", ["person"])
    with op.batch_alter_table("draft", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("account", type_=sa.LargeBinary(), existing_nullable=False)
        table.alter_column("answers", type_=SealedJson(), existing_nullable=False)
        table.alter_column("address", type_=Sealed(), existing_nullable=False)
        table.add_column(sa.Column("report", sa.Integer(), nullable=True))
    op.create_index("ix_draft_report", "draft", ["report"])
    op.execute("update draft set account = cast(account as text)")  # to be told from the mark that it becomes
    op.execute("update draft set report = json_extract(answers, '$._report')")
    op.execute(
        "update draft set report = (select report from alert where id = json_extract(draft.answers, '$._alert')) "
        "where report is null"
    )
    with op.batch_alter_table("inbox", recreate="always") as table:
        table.alter_column("lane", type_=sa.LargeBinary(), existing_nullable=False)
        table.alter_column("payload", type_=Sealed(), existing_nullable=False)
    op.execute(
        "update inbox set payload = cast(payload as text), lane = case lane when x'' then x'' else cast(lane as text) end"
    )
    op.execute(  # the address goes into what is sealed
        "update outbox set payload = json_set(payload, '$.address', address) where payload <> ''"
    )
    with op.batch_alter_table("outbox", recreate="always") as table:
        table.alter_column("payload", type_=Sealed(), existing_nullable=False)
        table.drop_column("address")
    with op.batch_alter_table("card", recreate="always") as table:
        table.alter_column("address", type_=sa.LargeBinary(), existing_nullable=False)
        table.add_column(sa.Column("group", sa.String(), nullable=False, server_default=""))
    op.execute("update card set address = cast(address as text)")
    op.execute("update card set \"group\" = address where card >= 'group:' and card < 'group;'")
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("report", sa.Integer(), sa.ForeignKey("report.id"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", Sealed(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", Sealed(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("came_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for name in ("draft", "report", "state"):
        op.create_index(f"ix_attachment_{name}", "attachment", [name])
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), sa.ForeignKey("report.id"), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report"),
        sa.UniqueConstraint("mark"),
    )
    op.create_table(
        "followup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), sa.ForeignKey("report.id"), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("limited_on", sa.String(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("for_office", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report"),
    )
    op.create_index("ix_followup_proposed_by", "followup", ["proposed_by"])
    op.create_index("followup_next", "followup", ["next_at"], sqlite_where=sa.text("next_at is not null"))
    op.create_index("followup_office", "followup", ["report"], sqlite_where=sa.text("for_office"))

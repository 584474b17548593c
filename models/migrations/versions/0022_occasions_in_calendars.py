"""when inspections and spot checks were moved or cancelled, and of which start somebody was told"""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    for table in ("area_plan_inspection", "spot_check"):
        op.execute(f"alter table {table} add column changed_at MOMENT")
    op.execute("alter table spot_party add column before MOMENT")
    op.execute("update spot_party set before = told")
    op.execute(
        "insert into area_plan_told (plan, kind, item, person, told_at) "
        "select told.plan, 'start', told.item, told.person, inspection.starts_at from area_plan_told as told "
        "join area_plan_inspection as inspection on inspection.id = told.item "
        "where told.kind = 'inspection' and inspection.state = 'planned'"
    )

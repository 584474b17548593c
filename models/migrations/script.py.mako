"""${message}"""

import sqlalchemy as sa
import sqlmodel  # noqa: F401
from alembic import op

import models.columns

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}

"""Run by alembic: upgrades the database that the configuration names."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.dialects.sqlite.base import ischema_names
from sqlmodel import SQLModel

import models  # noqa: F401
from models.columns import Json, Moment, Sealed, SealedJson

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
# A table that is made anew is read from the file first: our own types must be known there.
ischema_names.update(MOMENT=Moment, JSON=Json, SEALED=Sealed, SEALED_JSON=SealedJson)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

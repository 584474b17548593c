"""Run by alembic: upgrades the database that the configuration names."""

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.dialects.sqlite.base import ischema_names
from sqlmodel import SQLModel

import models  # noqa: F401
from models.columns import Json, Moment, Sealed, SealedJson

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")


@event.listens_for(engine, "connect")
def _leave_transactions_to_us(connection, _):  # type: ignore[no-untyped-def]
    connection.isolation_level = None


@event.listens_for(engine, "begin")
def _begin(connection):  # type: ignore[no-untyped-def]
    connection.exec_driver_sql("begin immediate")


# A table that is made anew is read from the file first: our own types must be known there.
ischema_names.update(MOMENT=Moment, JSON=Json, SEALED_TEXT=Sealed, SEALED_JSON_TEXT=SealedJson)
with engine.connect() as connection:
    # All or nothing: what is killed half way has changed nothing.
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

"""Column types whose SQLite form is read and written by sqlite3 itself, without an ORM on the way."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy.types import UserDefinedType


class Moment(UserDefinedType[datetime]):
    """An aware UTC datetime, kept as microseconds since 1970."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "MOMENT"


class Json(UserDefinedType[Any]):
    """A JSON value, kept as text."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"


class Sealed(UserDefinedType[str]):
    """A text that people entrusted to the bot: sealed (`models.sealing`), bound to its table, column and row."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "SEALED_TEXT"  # "TEXT" in it: or SQLite would make a number of what looks like one


class SealedJson(Sealed):
    """A JSON value, sealed."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "SEALED_JSON_TEXT"


def _microseconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return round(moment.timestamp() * 1_000_000)


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()


sqlite3.register_adapter(datetime, _microseconds)
sqlite3.register_adapter(dict, _text)
sqlite3.register_adapter(list, _text)
sqlite3.register_converter("MOMENT", lambda raw: datetime.fromtimestamp(int(raw) / 1_000_000, UTC))
sqlite3.register_converter("JSON", orjson.loads)

"""What the database itself must know of its keys: which ones seal something in it, and the secret that makes marks."""

from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Sealed


class KeyState(StrEnum):
    SEALING = "sealing"  # the bot seals under it
    KEPT = "kept"
    RETIRING = "retiring"  # a rotation takes everything from under it, and nobody has sealed under it since that began


class SealingKey(SQLModel, table=True):
    """The name of a key under which something in this database is, or may be, sealed."""

    __tablename__ = "sealing_key"

    name: bytes = Field(primary_key=True)
    state: str = KeyState.KEPT.value


class Secret(SQLModel, table=True):
    """A random value of this database. The only one makes marks: what stands for an account where it is met again but
    must not be read."""

    id: int | None = Field(default=None, primary_key=True)
    value: str = Field(sa_type=Sealed)

"""What the database itself must know of its keys: which ones seal something in it, and the secret that makes marks."""

from sqlmodel import Field, SQLModel


class SealingKey(SQLModel, table=True):
    """The name of a key under which something in this database is, or may be, sealed."""

    __tablename__ = "sealing_key"

    name: bytes = Field(primary_key=True)


class Secret(SQLModel, table=True):
    """A random value of this database, sealed. The only one makes marks: what stands for an account where it is met
    again but must not be read."""

    id: int | None = Field(default=None, primary_key=True)
    value: bytes

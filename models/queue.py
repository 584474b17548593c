"""The durable ends of the bot: updates that came in, messages that are to go out, cards that stand in chats."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed


class Inbox(SQLModel, table=True):
    """An update, stored before it is confirmed to the platform; `payload` is emptied when it was dealt with."""

    __table_args__ = (Index("inbox_waiting", "id", sqlite_where=text("state = 'waiting'")),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    lane: bytes = b""  # the mark of whoever it comes from
    payload: str = Field(default="", sa_type=Sealed)
    state: str = "waiting"  # waiting, done, parked
    tries: int = 0
    reason: str = ""


class Outbox(SQLModel, table=True):
    """A message to be sent, written in the transaction whose outcome it tells; emptied when it has been."""

    __table_args__ = (
        Index("outbox_waiting", "id", sqlite_where=text("state in ('waiting','sending')")),
        Index("outbox_reminders", "due_at", sqlite_where=text("state = 'waiting' and priority = '2'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    dedupe: str = Field(unique=True)
    priority: str
    payload: str = Field(sa_type=Sealed)
    card: str = ""
    about: str = ""
    state: str = "waiting"  # waiting, sending, done, failed, recalled
    attempts: int = 0
    repeat: bool = False
    due_at: datetime = Field(sa_type=Moment)
    reason: str = ""


class Card(SQLModel, table=True):
    """Which message of a chat shows a card: the platform's own memory, kept out of the conversations.

    The chat is known by its mark; only a group, which is nobody's, is named.
    """

    __table_args__ = (Index("card_in_groups", "card", sqlite_where=text("card >= 'group:' and card < 'group;'")),)

    address: bytes = Field(primary_key=True)
    card: str = Field(primary_key=True)
    group: str = ""
    message: str
    shown_at: datetime = Field(sa_type=Moment)


class Removal(SQLModel, table=True):
    """A card, or else a message, that the running bot is to take out of a chat: what it told of is erased already.

    `again`: the card is rather to be shown as it is now, without what was erased.
    """

    __table_args__ = {"sqlite_autoincrement": True}  # what is sealed is bound to the number

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(sa_type=Sealed)
    card: str = ""
    message: str = ""
    again: bool = False

"""What is in the small Telegram: people, groups, files, messages, updates; and how python-telegram-bot writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import telegram

from sandbox.refusal import Wire


@dataclass
class Person:
    """Somebody with a phone. `role` is a label for the onlooker, unknown to the bot."""

    id: int
    name: str
    username: str
    language: str = "zh"
    role: str = ""
    blocked: bool = False
    started: bool = False

    def user(self) -> telegram.User:
        """How the bot sees them."""
        return telegram.User(self.id, self.name, False, username=self.username, language_code=self.language)

    def state(self) -> Wire:
        """What `GET /sandbox/people` says of them."""
        return dict(vars(self))


@dataclass
class Group:
    """A supergroup with the bot in it."""

    id: int
    title: str
    members: list[int]


@dataclass
class File:
    """Bytes somebody sent; `gone` once Telegram has them no more."""

    id: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    gone: bool = False

    @property
    def unique_id(self) -> str:
        """Stays the same for all bots, and cannot be downloaded by."""
        return f"u{self.id}"

    @property
    def path(self) -> str:
        """What getFile tells the bot to fetch."""
        return f"files/{self.id}{PurePosixPath(self.name).suffix}"


@dataclass
class Note:
    """One message in a chat; `body` holds what is neither text nor keyboard, in telegram's own types."""

    chat_id: int
    message_id: int
    sender: int
    date: datetime
    seq: int
    kind: str = "text"
    text: str = ""
    entities: tuple[telegram.MessageEntity, ...] = ()
    inline: telegram.InlineKeyboardMarkup | None = None
    reply_keyboard: Wire | None = None
    body: dict[str, Any] = field(default_factory=dict)
    file_id: str | None = None
    reply_to: int | None = None
    album: str | None = None
    edited: datetime | None = None
    deleted: bool = False
    protected: bool = False


@dataclass(frozen=True)
class Toast:
    """The words that flash over a chat when the bot answers a pressed button."""

    chat_id: int
    person: int
    text: str
    alert: bool
    seq: int


@dataclass
class Press:
    """A pressed button waiting for its answer."""

    id: str
    chat_id: int
    person: int
    answered: bool = False


@dataclass(frozen=True)
class Pending:
    """An update the bot has not confirmed yet."""

    id: int
    born: datetime
    wire: Wire


def wire(thing: telegram.TelegramObject) -> Wire:
    """A thing as Telegram would send it: what is false by absence is left out."""
    prune = {"channel_chat_created", "delete_chat_photo", "group_chat_created", "supergroup_chat_created"}

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(item) for key, item in value.items() if item is not False or key not in prune}
        return [clean(item) for item in value] if isinstance(value, list) else value

    cleaned: Wire = clean(json.loads(json.dumps(thing.to_dict())))
    return cleaned

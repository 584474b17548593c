"""The neutral words between a platform and the conversations: what came in, what goes out, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: one chat on one platform (`chat` is the platform's own id, as text)."""

    platform: str
    chat: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.chat}"


class Said(StrEnum):
    """What kind of thing a person did."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    PHOTO = "photo"
    FILE = "file"  # a document, or something seen or heard that is no photo
    LOCATION = "location"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    EDITED = "edited"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing one person did, told in no platform's words.

    `command` has no slash, `arguments` is what followed it. `data` is a button's data, `press` the id by which the
    press is answered. `message` is the platform's id of the message: what was written or sent, the one that was
    edited, the one a button hangs on; empty where there is none. `file` is the platform's reference to the bytes of
    a photo or file, `size` their number where it is told, else 0. `language` is the phone's two-letter language, empty
    where it tells none.
    """

    address: Address
    account: str
    said: Said
    name: str = ""
    language: str = ""
    text: str = ""
    command: str = ""
    arguments: str = ""
    data: str = ""
    message: str = ""
    press: str = ""
    file: str = ""
    size: int = 0
    latitude: float | None = None
    longitude: float | None = None
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries `data` (at most 64 bytes) or opens `url`."""

    text: str
    data: str = ""
    url: str = ""


class Priority(StrEnum):
    """Alerts overtake everything; what a person waits for overtakes reminders."""

    ALERT = "0"
    ANSWER = "1"
    REMINDER = "2"


class Act(StrEnum):
    """What a platform is asked to do."""

    SHOW = "show"  # a card: edited in place where it stands already, sent where not
    RENEW = "renew"  # a card brought to the bottom: sent anew, the old one reduced
    NOTE = "note"  # a short message of its own
    TOAST = "toast"  # the answer to a pressed button
    PHOTOS = "photos"  # pictures sent along with a card
    FILE = "file"  # something kept by us, sent beside a card
    FORGET = "forget"  # a card, or one message, taken away where the platform can
    MENU = "menu"  # the commands that a chat offers


@dataclass(frozen=True, slots=True)
class Brief:
    """What is left of a reminder where several reach a chat at once, as one message: its words, and the way to it."""

    text: str
    buttons: Sequence[Sequence[Button]] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to be done on a platform. `card` names a card for later edits; `about` names what a receipt is for.

    `message` is the platform's id of a message that is to be forgotten, a person's own for instance; it goes before
    `card`. `file` is our own name of something we keep, `kind` how it is shown: photo, document, video or audio.
    `name` is what a file is called that we made, for its reader to keep and pass on; what people sent has none.
    An `urgent` reminder does not wait for the end of a form that somebody is filling in.
    Those that have a `brief` and reach one chat at once are one message there.
    `content` is such a file itself, where it is a small text made for this chat and kept nowhere.
    """

    address: Address
    act: Act
    text: str = ""
    buttons: Sequence[Sequence[Button]] = ()
    card: str = ""
    press: str = ""
    photos: Sequence[str] = ()
    message: str = ""
    file: str = ""
    kind: str = ""
    name: str = ""
    content: str = ""
    commands: Sequence["Command"] = ()
    priority: Priority = Priority.ANSWER
    urgent: bool = False
    brief: Brief | None = None
    about: str = ""


class Fate(StrEnum):
    """What became of a send."""

    DONE = "done"
    RETRY = "retry"  # refused for now: `wait` seconds until it may be tried again
    UNCERTAIN = "uncertain"  # no answer came: it may have arrived
    UNREACHABLE = "unreachable"  # the person blocked the bot, or the chat is gone
    GONE = "gone"  # the message to edit is not there any more
    REFUSED = "refused"  # the platform will never take this


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform said to one send: `message` is its id of the message, `wait` is in seconds."""

    fate: Fate
    message: str = ""
    wait: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do, so that nobody above asks which platform it is."""

    buttons: bool = True
    edits: bool = True
    text_limit: int = 4096
    per_second: float = 30.0
    per_chat_second: float = 1.0
    per_group_minute: float = 20.0


@dataclass(frozen=True, slots=True)
class Update:
    """An update as the platform gave it: `key` is unique per platform, `raw` its JSON, parsed, `lane` the person."""

    key: str
    lane: str
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a command menu."""

    name: str
    text: str


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> int: ...


class Channel(Protocol):
    """A platform as the runtime sees it. It translates and carries; it decides nothing and stores nothing."""

    name: str
    capabilities: Capabilities

    def read(self, raw: dict[str, Any]) -> Incoming | None:
        """The neutral words of an update; None where it is nothing that was said to the bot. Never raises."""

    async def send(self, outgoing: Outgoing, message: str) -> Receipt:
        """Carry one thing out. `message` is the platform's id of the card that stands already, or empty."""

    async def fetch(self) -> Sequence[Update]:
        """Updates not confirmed yet; waits a while for some. Raises ChannelDown or ChannelClosed."""

    def confirm(self, updates: Sequence[Update]) -> None:
        """These updates are stored: the platform need not repeat them."""

    async def download(self, file: str, target: Sink, most: int) -> None:
        """Write the bytes behind `Incoming.file` into `target`, piece by piece, `most` bytes at the utmost.

        Raises FileGone for what will not come, ChannelDown for what may be tried again; `target` then holds a part
        that is of no use. What `target` raises goes through.
        """

    async def offer(self, menu: dict[str, Sequence[Command]], *, groups: bool = False) -> None:
        """Set the command menu, per language, of chats that have none of their own, or of groups."""

    def link(self, payload: str) -> str:
        """A deep link that opens the bot with `/start payload`."""

    async def close(self) -> None:
        """Let go of every connection."""


class ChannelDown(Exception):
    """The platform does not answer for now; `wait` seconds are to pass before the next try."""

    def __init__(self, reason: str, wait: float = 1.0) -> None:
        super().__init__(reason)
        self.wait = wait


class FileGone(Exception):
    """A file that cannot be had: `reason` is "gone" (the platform has it no more) or "too_large"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChannelClosed(Exception):
    """The platform will not take this bot as it is (wrong token, another poller): the message says the mend."""


Json = dict[str, Any]

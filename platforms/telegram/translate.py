"""Between Telegram's JSON and the neutral words. Pure.

Raw dicts, no aiogram objects: this runs for every update, and building aiogram's (pydantic) types out of an update
costs several times what parsing its JSON costs; importing aiogram alone takes two seconds of every start. aiogram's
types are the oracle in the tests instead: what is read here must agree with them, what is asked here must parse there.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

from chat.messages import Act, Address, Command, Incoming, Json, Outgoing, Priority, Said, Update

NAME = "telegram"
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
LABEL_LIMIT = 64
DATA_LIMIT = 64
ALBUM_LIMIT = 10
DESCRIPTION_LIMIT = 256  # of a line of the command menu
EMPTY = "…"
JOINER = "\u200d"
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # a flag is two of them
# What belongs to the sign before it and is no mark (category M): joiner, skin tones, tags.
EXTENDING = frozenset([JOINER, *map(chr, range(0x1F3FB, 0x1F400)), *map(chr, range(0xE0020, 0xE0080))])
LONGEST_SIGN = 40

Call = tuple[str, Json]

# How something kept by us is sent, by kind.
UPLOADS = {"photo": "sendPhoto", "document": "sendDocument", "video": "sendVideo", "audio": "sendAudio"}
# The beginnings by which a file gets a name; what it is a kind of by default is told by none.
SIGNS = (
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG", "png"),
    (8, b"WEBP", "webp"),
    (0, b"%PDF-", "pdf"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
)
USUAL = {"photo": "jpg", "video": "mp4", "audio": "mp3"}
# An animation also carries a `document`, so it stands first.
FILE_KINDS = ("animation", "video", "video_note", "audio", "voice", "document")
# What a person can send that is neither words, bytes nor a place. Service messages (somebody joined, a pin) are said
# by nobody and are not listed.
OTHER_KINDS = (
    "sticker",
    "contact",
    "poll",
    "dice",
    "game",
    "story",
    "live_photo",
    "paid_media",
    "checklist",
    "rich_message",
    "invoice",
)


def clean(text: str) -> str:
    """A text that every encoder and database takes: no NUL, no half characters."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def clipped(text: str, limit: int) -> str:
    """A text as Telegram takes it: at most `limit` UTF-16 units, no sign the eye sees as one halved, never empty."""
    text = clean(text)
    if len(text) * 2 > limit:
        units = text.encode("utf-16-le")
        if len(units) > 2 * limit:
            kept = len(units[: 2 * (limit - len(EMPTY))].decode("utf-16-le", "ignore"))
            text = text[: _between_signs(text, kept)] + EMPTY
    return text if text.strip() else EMPTY


def _between_signs(text: str, at: int) -> int:
    """The nearest place before `at` that is not within a sign of several code points (accents, emoji, flags).

    `at` itself where there is none near: a text may be nothing but accents.
    """
    for place in range(at, max(at - LONGEST_SIGN, 0), -1):
        after = text[place]
        flags = len(text[:place]) - len(text[:place].rstrip(FLAG_LETTERS))
        joined = text[place - 1] == JOINER or (after in FLAG_LETTERS and flags % 2)
        if not joined and after not in EXTENDING and not unicodedata.category(after).startswith("M"):
            return place
    return at


# --- in ---


def lane(update: Json) -> str:
    """The account an update comes from, else its chat: updates of one lane wait for each other. Never raises."""
    contents = [content for content in update.values() if isinstance(content, dict)]
    for content in contents:
        for whose in (content.get("from"), content.get("chat")):
            if isinstance(whose, dict) and type(whose.get("id")) is int:
                return f"{NAME}:{whose['id']}"
    return NAME


def update_of(raw: Any) -> Update | None:
    """An update from its parsed JSON; None where it has no number."""
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
        return None
    return Update(f"{NAME}:{raw['update_id']}", lane(raw), raw)


def read(update: Json, username: str = "") -> Incoming | None:
    """What was said to the bot `username`; None where nothing was. Never raises, whatever the update holds."""
    try:
        if "message" in update:
            return _message(update["message"], username)
        if "callback_query" in update:
            return _press(update["callback_query"])
        if "edited_message" in update:
            message = update["edited_message"]
            return _incoming(message, message["from"], Said.EDITED, text=_text(message, "text", "caption"))
        if "my_chat_member" in update:
            return _member(update["my_chat_member"])
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None
    return None


def _text(holder: Json, *keys: str) -> str:
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str):
            return clean(value)
    return ""


def _id(holder: Json, key: str) -> str:
    value = holder[key]
    if type(value) is not int:  # a bool is an int, too
        raise TypeError(f"{key} is no number")
    return str(value)


def _incoming(about: Json, who: Json, said: Said, **rest: Any) -> Incoming:
    names = (_text(who, "first_name").strip(), _text(who, "last_name").strip())
    return Incoming(
        Address(NAME, _id(about["chat"], "id")),
        f"{NAME}:{_id(who, 'id')}",
        said,
        name=" ".join(filter(None, names)),
        language=_text(who, "language_code")[:2].lower(),
        message=_id(about, "message_id") if "message_id" in about else "",
        in_group=about["chat"].get("type") in ("group", "supergroup"),
        **rest,
    )


def _message(message: Json, username: str) -> Incoming | None:
    who = message["from"]
    if "text" in message:
        if not isinstance(message["text"], str):
            return None
        text = _text(message, "text")
        first, *rest = text.split(maxsplit=1) or [""]
        command, _, bot = first[1:].partition("@")
        if not text.startswith("/") or not command:
            return _incoming(message, who, Said.TEXT, text=text)
        if bot and username and bot.lower() != username.lower():
            return None
        arguments = rest[0].strip() if rest else ""
        return _incoming(message, who, Said.COMMAND, text=text, command=command, arguments=arguments)
    if message.get("photo"):
        largest = max(message["photo"], key=lambda size: int(size.get("width", 0)) * int(size.get("height", 0)))
        return _file(message, who, Said.PHOTO, largest)
    for kind in FILE_KINDS:
        if kind in message:
            return _file(message, who, Said.FILE, message[kind])
    spot = message["venue"]["location"] if "venue" in message else message.get("location")
    if spot is not None:
        latitude, longitude = float(spot["latitude"]), float(spot["longitude"])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        return _incoming(message, who, Said.LOCATION, latitude=latitude, longitude=longitude)
    for kind in OTHER_KINDS:
        if kind in message:
            return _incoming(message, who, Said.OTHER, text=kind)
    return None


def _file(message: Json, who: Json, said: Said, holder: Json) -> Incoming | None:
    file, size = _text(holder, "file_id"), holder.get("file_size")
    if not file:
        return None
    told = size if type(size) is int and size > 0 else 0
    return _incoming(message, who, said, file=file, size=told, text=_text(message, "caption"))


def _press(query: Json) -> Incoming:
    who = query["from"]
    # A button of an inline message comes without its chat: the answer goes to the person's own.
    message = query.get("message") or {"chat": {"id": who["id"], "type": "private"}}
    press = query["id"]
    if not isinstance(press, str):
        raise TypeError("a press is named by a text")
    return _incoming(message, who, Said.BUTTON, data=_text(query, "data"), press=clean(press))


def _member(change: Json) -> Incoming | None:
    said = {"kicked": Said.BLOCKED, "member": Said.UNBLOCKED}.get(change["new_chat_member"]["status"])
    if said is None or change["chat"]["type"] != "private":
        return None
    return _incoming(change, change["from"], said)


# --- out ---


def _keyboard(outgoing: Outgoing) -> Json:
    rows = []
    for row in outgoing.buttons:
        cells = []
        for button in row:
            if len(button.data.encode()) > DATA_LIMIT:
                raise ValueError(f"button data is longer than {DATA_LIMIT} bytes: {button.data!r}")
            does = {"url": button.url} if button.url else {"callback_data": button.data}
            cells.append({"text": clipped(button.text, LABEL_LIMIT), **does})
        if cells:
            rows.append(cells)
    return {"inline_keyboard": rows}


def menu(commands: Sequence[Command]) -> list[Json]:
    """The lines of a command menu."""
    return [{"command": line.name, "description": clipped(line.text, DESCRIPTION_LIMIT)} for line in commands]


def request(outgoing: Outgoing, message: str) -> list[Call]:
    """The calls that carry this out, in order (which of them may fail is the channel's business).

    `message` is the id of the card that stands, or empty. The bytes of something kept by us go beside its call, as
    the field that is named like its kind. Raises ValueError for button data that is too long and an unknown kind.
    """
    if outgoing.act is Act.TOAST:
        said = {"text": clipped(outgoing.text, TOAST_LIMIT)} if outgoing.text else {}
        return [("answerCallbackQuery", {"callback_query_id": outgoing.press, **said})]
    chat: Json = {"chat_id": int(outgoing.address.chat)}
    if outgoing.act is Act.MENU:
        scope = {"type": "chat", **chat}
        return [("setMyCommands", {"commands": menu(outgoing.commands), "scope": scope})]
    keyboard = _keyboard(outgoing)
    marked = {"reply_markup": keyboard} if keyboard["inline_keyboard"] else {}
    plain = {"link_preview_options": {"is_disabled": True}}
    standing = {**chat, "message_id": int(message)} if message else {}
    if outgoing.act is Act.FORGET:
        if outgoing.message:  # a person's own has no text of ours to be blanked
            return [("deleteMessage", {**chat, "message_id": int(outgoing.message)})]
        if not standing:
            return []
        blank = {**standing, "text": EMPTY, **plain, "reply_markup": {"inline_keyboard": []}}
        return [("deleteMessage", standing), ("editMessageText", blank)]
    if outgoing.act in (Act.PHOTOS, Act.FILE):
        caption = {"caption": clipped(outgoing.text, CAPTION_LIMIT)} if outgoing.text else {}
        kept = chat if outgoing.name else {**chat, "protect_content": True}
        if outgoing.act is Act.PHOTOS:
            return _photos(outgoing.photos, kept, caption, marked)
        if outgoing.kind not in UPLOADS:
            raise ValueError(f"no kind of file: {outgoing.kind!r}")
        return [(UPLOADS[outgoing.kind], {**kept, **caption, **marked})]
    words = {"text": clipped(outgoing.text, TEXT_LIMIT), **plain}
    if outgoing.act is Act.SHOW and standing:
        return [("editMessageText", {**standing, **words, "reply_markup": keyboard})]
    guarded = {"protect_content": True} if outgoing.priority is Priority.ALERT else {}
    calls: list[Call] = [("sendMessage", {**chat, **words, **marked, **guarded})]
    if outgoing.act is Act.RENEW and standing:
        calls.append(("deleteMessage", standing))
    return calls


def file_name(kind: str, head: bytes) -> str:
    """What something that people sent is called on the way: by what it is and how it begins, never as they did."""
    usual = "m4a" if kind == "audio" and head.startswith(b"ftyp", 4) else USUAL.get(kind, "bin")
    return f"{kind}.{next((ending for at, sign, ending in SIGNS if head.startswith(sign, at)), usual)}"


def _photos(photos: Sequence[str], chat: Json, caption: Json, marked: Json) -> list[Call]:
    calls: list[Call] = []
    for start in range(0, len(photos), ALBUM_LIMIT):
        album = photos[start : start + ALBUM_LIMIT]
        if len(album) == 1:  # an album has at least two pictures, and no buttons
            calls.append(("sendPhoto", {**chat, "photo": album[0], **caption, **marked}))
        else:
            media = [{"type": "photo", "media": photo} for photo in album]
            media[0].update(caption)
            calls.append(("sendMediaGroup", {**chat, "media": media}))
        caption = {}
    return calls

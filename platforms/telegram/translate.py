"""Between Telegram's JSON and the neutral words. Pure.

Raw dicts, no aiogram objects: reading an update into aiogram's types costs nine times what reading its JSON costs, and
this runs for every update (facts.md, "Speed"). The tests check both directions against aiogram's and
python-telegram-bot's types.
"""

import json
from typing import Any

from chat.messages import Act, Address, Incoming, Outgoing, Priority, Said

NAME = "telegram"
TEXT_LIMIT = 4096
TOAST_LIMIT = 200
DATA_LIMIT = 64
Wire = dict[str, Any]


def lane(update: Wire) -> str:
    """The person an update comes from, for order: updates of one person wait for each other."""
    for content in update.values():
        if isinstance(content, dict):
            who = content.get("from") or content.get("chat")
            if isinstance(who, dict) and isinstance(who.get("id"), int):
                return f"{NAME}:{who['id']}"
    return NAME


def read(payload: bytes, username: str = "") -> Incoming | None:
    """What was said to the bot; None where nothing was. Never raises, whatever the payload holds."""
    try:
        update = json.loads(payload)
        if "message" in update:
            return _message(update["message"], username)
        if "callback_query" in update:
            return _press(update["callback_query"])
        if "edited_message" in update:
            return _base(update["edited_message"], Said.EDITED)
        if "my_chat_member" in update:
            return _member(update["my_chat_member"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def _base(message: Wire, said: Said, sender: Wire | None = None, **rest: Any) -> Incoming:
    who = sender or message["from"]
    chat = message["chat"]
    number, room = who["id"], chat["id"]
    if type(number) is not int or type(room) is not int:
        raise TypeError("ids are numbers")
    name = " ".join(part for part in (who.get("first_name"), who.get("last_name")) if isinstance(part, str))
    language = who.get("language_code")
    return Incoming(
        Address(NAME, str(room)),
        f"{NAME}:{number}",
        said,
        name=name,
        language=language[:2].lower() if isinstance(language, str) and language else "zh",
        in_group=chat.get("type") in ("group", "supergroup"),
        **rest,
    )


def _message(message: Wire, username: str) -> Incoming | None:
    text = message.get("text")
    if isinstance(text, str):
        if text.startswith("/") and len(text) > 1:
            first, _, arguments = text[1:].partition(" ")
            command, _, bot = first.partition("@")
            if bot and username and bot.lower() != username.lower():
                return None
            return _base(message, Said.COMMAND, text=text, command=command, arguments=arguments.strip())
        return _base(message, Said.TEXT, text=text)
    if message.get("photo"):
        photo = message["photo"][-1]["file_id"]
        return _base(message, Said.PHOTO, photo=str(photo), text=str(message.get("caption", "")))
    if "location" in message:
        spot = message["location"]
        return _base(
            message, Said.LOCATION, latitude=float(spot["latitude"]), longitude=float(spot["longitude"])
        )
    service = ("new_chat_members", "left_chat_member", "group_chat_created", "pinned_message", "migrate_to_chat_id")
    if any(key in message for key in service):
        return None
    return _base(message, Said.OTHER)


def _press(query: Wire) -> Incoming:
    message = query.get("message") or {"chat": {"id": query["from"]["id"], "type": "private"}}
    return _base(
        message,
        Said.BUTTON,
        query["from"],
        data=str(query.get("data", "")),
        message=str(message.get("message_id", "")),
        press=str(query["id"]),
    )


def _member(change: Wire) -> Incoming | None:
    if change["chat"].get("type") != "private":
        return None
    left = change["new_chat_member"]["status"] in ("kicked", "left")
    return _base(change, Said.BLOCKED if left else Said.UNBLOCKED)


def clipped(text: str, limit: int) -> str:
    """A text as Telegram takes it: no NUL, no half characters, at most `limit` UTF-16 units, never empty."""
    clean = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    if len(clean.encode("utf-16-le")) > 2 * limit:
        cut = clean.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
        clean = f"{cut}…"
    return clean if clean.strip() else "…"


def _keyboard(outgoing: Outgoing) -> Wire:
    rows = []
    for row in outgoing.buttons:
        cells = []
        for button in row:
            if len(button.data.encode()) > DATA_LIMIT:
                raise ValueError(f"button data longer than {DATA_LIMIT} bytes: {button.data!r}")
            carries = {"url": button.url} if button.url else {"callback_data": button.data}
            cells.append({"text": clipped(button.text, 64), **carries})
        rows.append(cells)
    return {"inline_keyboard": rows}


def request(outgoing: Outgoing, message: str) -> tuple[str, Wire]:
    """The method and parameters that carry this out. Raises ValueError for a button that cannot be."""
    if outgoing.act is Act.TOAST:
        text = clipped(outgoing.text, TOAST_LIMIT) if outgoing.text else ""
        return "answerCallbackQuery", {"callback_query_id": outgoing.press, **({"text": text} if text else {})}
    chat: Wire = {"chat_id": int(outgoing.address.chat)}
    if outgoing.act is Act.FORGET:
        return "deleteMessage", {**chat, "message_id": int(message or 0)}
    if outgoing.act is Act.PHOTOS:
        return "sendPhoto", {**chat, "photo": outgoing.photos[0], "protect_content": True}
    body: Wire = {
        **chat,
        "text": clipped(outgoing.text, TEXT_LIMIT),
        "link_preview_options": {"is_disabled": True},
    }
    if outgoing.act is Act.SHOW and message:
        return "editMessageText", {**body, "message_id": int(message), "reply_markup": _keyboard(outgoing)}
    if outgoing.buttons:
        body["reply_markup"] = _keyboard(outgoing)
    if outgoing.priority is Priority.ALERT:
        body["protect_content"] = True
    return "sendMessage", body

"""Marked text and keyboards, read and checked as Telegram does; offsets are UTF-16 units."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import telegram

from sandbox.refusal import Wire, bad

DATA_LIMIT = 64
"""Of a button's data, in bytes."""


def units(text: str) -> int:
    """Length as Telegram counts offsets: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"“”，。；）]+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})(?!\w)",
)


def found_entities(text: str) -> tuple[telegram.MessageEntity, ...]:
    """Commands, mentions and links, which Telegram marks by itself."""
    return tuple(
        telegram.MessageEntity(str(hit.lastgroup), units(text[: hit.start()]), units(hit.group()))
        for hit in FOUND.finditer(text)
    )


class _Html(HTMLParser):
    """parse_mode=HTML: the tags the Bot API knows; any other is an error."""

    TAGS = (
        {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline"}
        | {
            "s": "strikethrough",
            "strike": "strikethrough",
            "del": "strikethrough",
            "code": "code",
            "pre": "pre",
        }
        | {"a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler"}
    )

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source, self.text = source, ""
        self.open: list[tuple[str, int, str | None]] = []
        self.entities: list[telegram.MessageEntity] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS or (tag == "span" and dict(attrs).get("class") != "tg-spoiler"):
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self._offset()}')
        self.open.append((tag, units(self.text), dict(attrs).get("href")))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {self._offset()}")
        _, start, url = self.open.pop()
        if length := units(self.text) - start:
            self.entities.append(telegram.MessageEntity(self.TAGS[tag], start, length, url=url))

    def handle_data(self, data: str) -> None:
        self.text += data

    def _offset(self) -> int:
        line, column = self.getpos()
        lines = self.source.split("\n")
        return len("\n".join([*lines[: line - 1], lines[line - 1][:column]]).encode())

    def finish(self) -> tuple[str, list[telegram.MessageEntity]]:
        """Parse it all: the plain text and its entities."""
        if stray := re.search(r"<(?!/?[a-zA-Z][^<>]*>)", self.source):
            at = len(self.source[: stray.start()].encode())
            raise bad(f'can\'t parse entities: Unsupported start tag "" at byte offset {at}')
        self.feed(self.source)
        self.close()
        if self.open:
            tag = self.open[-1][0]
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
        return self.text, self.entities


def marked(text: str, parse_mode: str = "", entities: Any = None) -> tuple[str, tuple[telegram.MessageEntity, ...]]:
    """A text as the bot sent it, to plain text and its entities."""
    given: list[telegram.MessageEntity] = []
    if parse_mode.upper() == "HTML":
        text, given = _Html(text).finish()
    elif parse_mode:
        raise bad("unsupported parse_mode")
    elif entities:
        try:
            given = list(telegram.MessageEntity.de_list(entities, None))
        except (TypeError, ValueError, AttributeError):
            raise bad("can't parse MessageEntity") from None
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    shifted = []
    for e in given:
        start, end = max(0, e.offset - lead), min(units(text), e.offset - lead + e.length)
        if start < end:
            shifted.append(
                telegram.MessageEntity(e.type, start, end - start, url=e.url, user=e.user, language=e.language)
            )
    taken = {unit for e in shifted for unit in range(e.offset, e.offset + e.length)}
    every = shifted + [e for e in found_entities(text) if e.offset not in taken]
    return text, tuple(sorted(every, key=lambda e: (e.offset, -e.length)))


def keyboard(raw: Any) -> tuple[telegram.InlineKeyboardMarkup | None, Wire | None]:
    """A reply_markup, checked: the inline keyboard, or whatever other keyboard it is."""
    if not raw:
        return None, None
    if not isinstance(raw, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in raw:
        if not {"keyboard", "remove_keyboard", "force_reply"} & raw.keys():
            return None, None
        if "keyboard" in raw:
            try:
                telegram.ReplyKeyboardMarkup.de_json(raw, None)
            except (TypeError, ValueError, AttributeError):
                raise bad("can't parse keyboard button") from None
        return None, raw
    try:
        rows = [[dict(button) for button in row] for row in raw["inline_keyboard"]]
        inline = telegram.InlineKeyboardMarkup.de_json(raw, None)
    except (TypeError, ValueError, AttributeError):
        raise bad("can't parse inline keyboard button") from None
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise bad("can't parse inline keyboard button: text must be non-empty")
        if len(button) < 2 or not button.keys() - {"text", "style", "icon_custom_emoji_id"}:
            raise bad("Text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 0 < len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
            raise bad("BUTTON_DATA_INVALID")
        if "url" in button and not re.match(r"(https?|tg)://\S+$", str(button["url"])):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return (inline if any(rows) else None), None

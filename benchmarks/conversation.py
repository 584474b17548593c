"""The report conversation as raw Bot API updates: what 200 people send, the same for every bot that is measured.

A step is "/command", "=words" (a typed answer), or the label of the button that is pressed on the newest card.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import orjson

PEOPLE = 200
ROUNDS = 5  # conversations of each person
FIRST = 100_000  # the first person's id
# Nine updates, as a form of this kind has them in any bot.
STEPS = (
    "/report",
    "否",
    "试拉门窗",
    "南苑一片",
    "现在",
    "=两人挨个试拉停在路边的车门，有一辆被拉开了",
    "跳过",
    "跳过",
    "提交",
)

Wire = dict[str, Any]


def user(number: int) -> Wire:
    return {"id": FIRST + number, "is_bot": False, "first_name": f"P{number}", "language_code": "zh"}


def chat(number: int) -> Wire:
    return {"id": FIRST + number, "type": "private", "first_name": f"P{number}"}


def said(update_id: int, number: int, text: str) -> bytes:
    """A person's message as Telegram sends it."""
    message: Wire = {
        "message_id": update_id,
        "date": 1_790_000_000,
        "chat": chat(number),
        "from": user(number),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return json.dumps({"update_id": update_id, "message": message}, ensure_ascii=False).encode()


def pressed(update_id: int, number: int, message: Wire, data: str) -> bytes:
    """A person's press of a button of `message`."""
    query = {
        "id": str(update_id),
        "from": user(number),
        "chat_instance": "1",
        "data": data,
        "message": message,
    }
    return json.dumps({"update_id": update_id, "callback_query": query}, ensure_ascii=False).encode()


class Phones:
    """What stands on each person's phone, kept from the calls a bot makes: the stub of the whole network."""

    def __init__(self) -> None:
        self.cards: dict[int, Wire] = {}  # by chat: the newest message that has buttons
        self.updates = 0
        self.messages = 0

    def answer(self, method: str, parameters: Wire) -> bytes:
        """The Bot API's answer to a call."""
        result: Any = True
        if method in ("sendMessage", "editMessageText"):
            to = int(parameters["chat_id"])
            markup = parameters.get("reply_markup")
            self.messages += 1
            result = {
                "message_id": int(parameters.get("message_id") or self.messages),
                "date": 1_790_000_000,
                "chat": {"id": to, "type": "private", "first_name": "P"},
                "from": {"id": 110110, "is_bot": True, "first_name": "linli", "username": "linli_bot"},
                "text": parameters["text"],
            }
            if markup:
                result["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
                if result["reply_markup"].get("inline_keyboard"):
                    self.cards[to] = result
        return orjson.dumps({"ok": True, "result": result})

    def step(self, number: int, step: str) -> bytes:
        """The update by which this person takes this step on the card they see."""
        self.updates += 1
        if step[0] in "/=":
            return said(self.updates, number, step.removeprefix("="))
        card = self.cards[FIRST + number]
        for row in card["reply_markup"]["inline_keyboard"]:
            for button in row:
                if step in button["text"]:
                    return pressed(self.updates, number, card, button["callback_data"])
        raise LookupError(f"no button {step!r} on the card {card['text']!r}")


def conversation(
    phones: Phones, steps: Sequence[str], batch: int, first: int = 0
) -> Iterator[Callable[[], list[bytes]]]:
    """Everybody's conversation, step by step, in batches as a poll gives them; made when asked for, unmeasured.

    `first` is the number of the first person.
    """
    for step in steps:
        for start in range(0, PEOPLE, batch):
            people = range(first + start, first + min(start + batch, PEOPLE))
            yield partial(_taken, phones, people, step)


def _taken(phones: Phones, people: Sequence[int], step: str) -> list[bytes]:
    return [phones.step(number, step) for number in people]

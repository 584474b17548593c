"""The sandbox's two ways to say no: to the bot in the Bot API's words, to a stage-hand in its own."""

from __future__ import annotations

from typing import Any

Wire = dict[str, Any]


class Refusal(Exception):
    """The Bot API's no: an error code and a description, as the bot will read them."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after

    def wire(self) -> Wire:
        """The error in Telegram's form."""
        answer: Wire = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": {"retry_after": self.retry_after}} if self.retry_after else {})


class Impossible(Exception):
    """The control API's no: nobody holding a phone could do this."""


def bad(description: str) -> Refusal:
    """A refusal for a request that is wrong in itself."""
    return Refusal(400, f"Bad Request: {description}")

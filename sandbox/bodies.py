"""What makes a message a photo, a place, a poll: its body in python-telegram-bot's own types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import telegram

from sandbox.refusal import Wire
from sandbox.things import File

KINDS = (
    *("photo", "document", "location", "sticker", "voice", "poll", "contact", "dice"),
    *("video", "audio", "video_note", "animation", "venue"),
)
JPEG = (
    bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb004300")
    + b"\xff" * 64
    + bytes.fromhex("ffc2000b080001000101011100ffc400141001" + "00" * 16)
    + bytes.fromhex("ffda0008010100013f10ffd9")
)


def body_of(kind: str, given: Wire, file: File | None, count: Callable[[str], int]) -> dict[str, Any]:
    """The part of a message that makes it a photo, a place, a poll...; `count` numbers polls.

    Raises KeyError, TypeError or ValueError where `given` does not fit the kind.
    """
    if kind in ("location", "venue"):
        latitude, longitude = float(given["latitude"]), float(given["longitude"])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError("latitude or longitude is out of range")
        place = telegram.Location(longitude, latitude)
        if kind == "location":
            return {"location": place}
        venue = telegram.Venue(place, str(given.get("title", "")), str(given.get("address", "")))
        return {"venue": venue, "location": place}
    if kind == "contact":
        person = given.get("user_id")
        name, phone = (
            str(given.get("first_name", "某人")),
            str(given.get("phone_number", "+8613800000000")),
        )
        return {"contact": telegram.Contact(phone, name, user_id=int(person) if person else None)}
    if kind == "dice":
        return {"dice": telegram.Dice(int(given.get("value", 3)), str(given.get("emoji", "🎲")))}
    if kind == "poll":
        texts = [str(text) for text in given.get("options", ("是", "否"))]
        options = [telegram.PollOption(t, 0, persistent_id=str(i)) for i, t in enumerate(texts)]
        question, id = str(given.get("question", "?")), str(count("poll"))
        poll = telegram.Poll(
            *(id, question, options, 0, False, True, "regular", False),
            allows_revoting=True,
            members_only=False,
        )
        return {"poll": poll}
    if file is None:
        raise ValueError("file is missing")
    ids, size = (file.id, file.unique_id), len(file.data)
    told: Wire = {"file_name": file.name, "mime_type": file.mime, "file_size": size}
    seconds = timedelta(seconds=int(given.get("duration", 3)))
    things: dict[str, Callable[[], Any]] = {
        "photo": lambda: tuple(_sizes(file)),
        "document": lambda: telegram.Document(*ids, **told),
        "sticker": lambda: telegram.Sticker(*ids, 512, 512, False, False, "regular", emoji="🙂"),
        "voice": lambda: telegram.Voice(*ids, seconds, mime_type="audio/ogg", file_size=size),
        "audio": lambda: telegram.Audio(*ids, seconds, **told),
        "video": lambda: telegram.Video(*ids, 640, 480, seconds, **told),
        "video_note": lambda: telegram.VideoNote(*ids, 240, seconds, file_size=size),
        "animation": lambda: telegram.Animation(*ids, 320, 240, seconds, **told),
    }
    body = {kind: things[kind]()}
    if kind == "animation":  # which Telegram, for the sake of old bots, also calls a document
        body["document"] = things["document"]()
    return body


def _sizes(file: File) -> Iterator[telegram.PhotoSize]:
    yield telegram.PhotoSize(f"{file.id}_s", f"{file.unique_id}_s", 320, 240, len(file.data))
    yield telegram.PhotoSize(file.id, file.unique_id, 1280, 960, len(file.data))

"""What cleaning ends in: a kind to send it as, or a refusal with its reason. Light to import, unlike what cleans."""

from enum import StrEnum

MOST_BYTES = 20 << 20
MOST_PIXELS = 50_000_000


class Kind(StrEnum):
    """As what a cleaned file is to be sent."""

    photo = "photo"
    document = "document"
    video = "video"
    audio = "audio"


class Reason(StrEnum):
    """Why a file is not passed on; the giver is told in a sentence."""

    empty = "empty"
    too_large = "too_large"  # more than MOST_BYTES
    type = "type"  # none of those that can be cleaned
    pixels = "pixels"  # more than MOST_PIXELS
    damaged = "damaged"
    encrypted = "encrypted"
    script = "script"  # it brings a program along
    uncleanable = "uncleanable"


class Refused(Exception):
    """The file is not passed on, for `reason`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

"""`linli poster`: what the poster of a committee says, and the tip conversation that its QR code opens."""

from collections.abc import Sequence

from bot.refusal import Refused
from chat.texts import text
from exports.poster import Poster, Words
from models.database import Database
from models.place import PlaceKind


class PosterRefused(Refused):
    """There is no poster for this place; the message says why and what to do."""


def compose(db: Database, place_code: str, bot: str, emergency_numbers: str, languages: Sequence[str]) -> Poster:
    """The poster of a committee, in `languages`, for the bot with this name. Raises PosterRefused."""
    place = db.one(
        "select place.id, place.name, place.kind, place.active, town.name as town "
        "from place left join place town on town.id = place.parent where place.code = ?",
        (place_code,),
    )
    if place is None:
        raise PosterRefused(f"unknown place {place_code}; import it first: linli import places.csv")
    if place["kind"] != PlaceKind.COMMITTEE.value:
        raise PosterRefused(f"{place_code} is of kind {place['kind']}; a poster belongs to a committee")
    if not place["active"]:
        raise PosterRefused(f"the committee {place_code} was removed, and tips to it are not taken")
    return Poster(
        # The number of the row never changes, as a code might: posters hang for years.
        link=f"https://t.me/{bot}?start=tip-{place['id']}",
        town=place["town"],
        committee=place["name"],
        emergency_numbers=emergency_numbers.replace(" ", "\u00a0"),  # a number is not parted from its neighbours
        languages=tuple(_words(language) for language in languages),
    )


def _words(language: str) -> Words:
    def texts(*names: str) -> tuple[str, ...]:
        return tuple(text(language, name) for name in names)

    return Words(
        title=text(language, "poster-title"),
        scan=text(language, "poster-scan"),
        by_hand=text(language, "poster-by_hand"),
        purpose=texts("poster-purpose", "poster-purpose-act", "poster-purpose-anonymous", "poster-purpose-code"),
        limits=texts("poster-limits", "poster-limits-person", "poster-limits-quarrel"),
        emergency=text(language, "poster-emergency"),
        platform=text(language, "poster-platform"),
    )

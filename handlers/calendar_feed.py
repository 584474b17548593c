"""The personal calendar: its secret address under /me, and what stands in it.

Who knows the address reads the calendar, so only its hash is kept, it is shown once, and a new one revokes it.
"""

import hmac
from datetime import timedelta

from chat.day import brief
from chat.messages import Button
from chat.texts import text
from handlers.area_plans import entries as inspections
from handlers.desk import Desk, Turn
from handlers.meetings import entries
from handlers.spot_checks import entries as spot_checks
from handlers.visits import entries as visits
from models.calendar_feed import CalendarFeed, digest, new_secret
from models.database import Row

CARD = "calendar_feed"
NONE = "no such calendar"  # what is said of every address that does not hold
BACK = timedelta(days=30)  # for so long what has passed stays in the calendar
# Where entries come from: (desk, persons, since, language) -> entries.
SOURCES = (entries.entries, visits.entries, inspections.entries, spot_checks.entries)
_OF_ACCOUNT = "select id, made_at from calendar_feed where account = ?"
_OF_DIGEST = """
select calendar_feed.account, calendar_feed.digest, account.language from calendar_feed
join account on account.id = calendar_feed.account where calendar_feed.digest = ?
"""
_PERSONS = "select id from person where account = ? and active"


def address(base: str, secret: str) -> str:
    """Where the calendar with this secret is served."""
    return f"{base}/feed/{secret}.ics"


def content(desk: Desk, secret: str) -> bytes | None:
    """The calendar of a secret; None where there is none, or whose it was works here no longer. Only reads."""
    from exports.calendar_feed import calendar_feed  # only here: it takes long to load

    asked = digest(secret)
    row = desk.db.one(_OF_DIGEST, (asked,))
    if row is None or not hmac.compare_digest(row["digest"], asked):
        return None
    persons = [person["id"] for person in desk.db.all(_PERSONS, (row["account"],))]
    if not persons:
        return None
    since, language = desk.now - BACK, row["language"]
    found = [entry for source in SOURCES for entry in source(desk, persons, since, language)]
    return calendar_feed(found, text(language, "feed-title"))


def button(turn: Turn) -> Button:
    """The way here from /me."""
    return Button(turn.text("feed-button-show"), "fd:0:show")


def is_on(turn: Turn) -> bool:
    """Whether this account has an address."""
    return _feed(turn) is not None


def _account(turn: Turn) -> int:
    return int(turn.persons[0]["account_id"])


def _feed(turn: Turn) -> Row | None:
    return turn.db.one(_OF_ACCOUNT, (_account(turn),))


def pressed(turn: Turn, number: int, verb: str) -> None:
    """A button of /me (number 0), or one of the card, which belongs to one address."""
    feed = _feed(turn)
    known = feed["id"] if feed else 0
    if not turn.house.feed_url:
        turn.toast()
        turn.show(turn.address, CARD, turn.text("feed-not_here"), renew=True)
    elif verb == "show" and not number and feed:
        turn.toast()
        _show(turn, feed, renew=True)
    elif (verb == "new" and number == known) or (verb == "show" and not number):
        turn.toast()
        _make(turn, renew=verb == "show")
    elif verb == "off" and feed and number == known:
        turn.toast()
        _end(turn)
        again = [[Button(turn.text("feed-button-on"), "fd:0:new")]]
        turn.show(turn.address, CARD, turn.text("feed-off"), again)
    else:
        turn.toast("card-old")


def _end(turn: Turn) -> None:
    turn.db.execute("delete from calendar_feed where account = ?", (_account(turn),))


def _make(turn: Turn, *, renew: bool) -> None:
    """A new address; the one of before is worth nothing from now on."""
    secret = new_secret()
    _end(turn)
    number = turn.db.insert(CalendarFeed, account=_account(turn), digest=digest(secret), made_at=turn.now)
    body = turn.text("feed-address", address=address(turn.house.feed_url, secret))
    turn.show(turn.address, CARD, body, _buttons(turn, number), renew=renew)


def _show(turn: Turn, feed: Row, *, renew: bool) -> None:
    day = brief(turn.house.today(feed["made_at"]), turn.language)
    turn.show(turn.address, CARD, turn.text("feed-standing", day=day), _buttons(turn, feed["id"]), renew=renew)


def _buttons(turn: Turn, number: int) -> list[list[Button]]:
    return [[Button(turn.text(f"feed-button-{verb}"), f"fd:{number}:{verb}") for verb in ("new", "off")]]

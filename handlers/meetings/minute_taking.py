"""Minutes in a chat: attendance by taps, a text to each point, sent out, objected to, corrected or kept (M1, M2)."""

from handlers import paper
from handlers.desk import Turn
from handlers.form_card import begin
from handlers.meetings import meeting_card, minute_forms, minutes, minutes_card, objections, occasions, stand_ins
from handlers.meetings.writing import hidden, resend, send
from models.database import Row
from models.minutes import MinutesState
from models.paper import PaperKind

_POINT = ("point", "write", "photo", "no_photo", "task")
_READ = ("show", "file", "object", "mine")
_PAGES = ("next", "review", "add", *_POINT[:-1], *stand_ins.VERBS)  # of what is written, and corrected


def pressed(turn: Turn, number: int, verb: str, value: int) -> None:
    """A button of minutes, of the card of a meeting, or of an objection."""
    occasion = occasions.load(turn, number)
    mine = meeting_card.mine(turn, occasion) if occasion else None
    if occasion is None or mine is None:
        turn.toast("not-yours")
        return
    manager, row = meeting_card.managed(turn, occasion), minutes.load(turn, number)
    if verb == "mine":
        stand_ins.name_own(turn, occasion, mine)
    elif manager is None and verb not in _READ:
        turn.toast("not-yours")
    elif row is not None and row["state"] != MinutesState.WRITING:
        _sent(turn, occasion, row, mine, manager, verb, value)
    elif manager is None or not minutes.may_write(turn, occasion, row):
        begun = turn.now >= occasion["starts_at"]
        turn.toast(f"minutes-toast-{'none' if manager is None else 'late' if begun else 'early'}")
        meeting_card.show_mine(turn, occasion)
    else:
        _written(turn, occasion, minutes.begin(turn, occasion, manager["id"]), manager, verb, value)


def _written(turn: Turn, occasion: Row, row: Row, manager: Row, verb: str, value: int) -> None:
    """A manager writes, for the first time."""
    if verb == "show":
        turn.toast()
        minutes_card.show_attendance(turn, occasion, row, renew=True)
    elif verb == "send":
        turn.toast("minutes-toast-sent")
        send(turn, occasion, row, manager)
    else:
        _page(turn, occasion, row, verb, value)


def _page(turn: Turn, occasion: Row, row: Row, verb: str, value: int) -> None:
    """The pages on which minutes are written and corrected: taps turn them, forms take words."""
    point = minutes.point(turn, value) if verb in _POINT else None
    if verb in stand_ins.VERBS:
        stand_ins.pressed(turn, occasion, row, verb, value)
    elif verb in ("next", "review"):
        turn.toast()
        shown = minutes_card.show_point if verb == "next" else minutes_card.show_review
        shown(turn, occasion, row)
    elif verb == "add":
        turn.toast()
        begin(turn, "minutes_point", hidden(occasion, row))
    elif point is None or point["minutes"] != row["id"]:
        turn.toast("card-old")
        minutes_card.show_review(turn, occasion, row)
    elif verb == "point":
        turn.toast()
        minutes_card.show_point(turn, occasion, row, point["id"])
    elif verb == "write":
        turn.toast()
        minute_forms.write(turn, occasion, row, point)
    elif verb == "photo":
        turn.toast()
        begin(turn, "minutes_photo", hidden(occasion, row) | {"point": point["id"]})
    elif verb == "no_photo":
        turn.toast()
        minutes.put_photos(turn, row, point["id"], [])
        minutes_card.show_point(turn, occasion, row, point["id"])
    else:
        turn.toast()
        begin(turn, "action", {"occasion": occasion["id"], "point": point["id"]})


def _sent(turn: Turn, occasion: Row, row: Row, mine: Row, manager: Row | None, verb: str, value: int) -> None:
    """What was sent is read by everybody invited, objected to, and corrected by who manages it."""
    objection = minutes.objection(turn, value) if verb in ("correct", "keep") else None
    if verb == "show":
        turn.toast()
        minutes_card.show_mine(turn, occasion, row, renew=True)
    elif verb == "file" and row["content"] is not None:
        period = str(occasion["id"])
        new = paper.order(turn, PaperKind.MINUTES, mine["person"], period, place=occasion["place"])
        turn.toast("" if new else "paper-under-way")
    elif verb == "object" and minutes.may_object(turn, row, mine["person"]):
        turn.toast()
        objections.begin_objection(turn, occasion, row)
    elif manager is not None and objection is not None and objection["minutes"] == row["id"]:
        _decide(turn, occasion, row, manager, objection, verb)
    elif manager is not None and minutes.in_term(turn, row) and verb in ("amend", "resend", *_PAGES):
        _corrected(turn, occasion, row, manager, verb, value)
    else:
        turn.toast(f"minutes-toast-{row['state']}")
        minutes_card.show_mine(turn, occasion, row)


def _decide(turn: Turn, occasion: Row, row: Row, manager: Row, objection: Row, verb: str) -> None:
    """An objection is kept, or corrected: by a form, or on the page of who was there."""
    if verb == "keep" or not objections.is_open(turn, row, objection):
        objections.keep(turn, occasion, row, manager, objection)
    elif objection["point"] is None:
        turn.toast()
        minutes_card.show_attendance(turn, occasion, row, objection["person"], renew=True)
    else:
        turn.toast()
        point = minutes.point(turn, objection["point"])
        assert point is not None
        minute_forms.write(turn, occasion, row, point, objection["id"])


def _corrected(turn: Turn, occasion: Row, row: Row, manager: Row, verb: str, value: int) -> None:
    """A manager corrects a draft, whether somebody objects or not: nobody sees it before it is sent anew."""
    if verb == "amend":
        turn.toast()
        minutes_card.show_review(turn, occasion, row, renew=True)
    elif verb == "resend":
        new = resend(turn, occasion, row, manager)
        turn.toast("minutes-toast-sent" if new else "minutes-toast-same")
        if not new:
            minutes_card.show_review(turn, occasion, row)
    else:
        _page(turn, occasion, row, verb, value)

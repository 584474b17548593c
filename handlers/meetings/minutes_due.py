"""What of minutes has become due: that none are written, a version that went out, the end of a term. Called by the
tick (M1, M2)."""

from chat.messages import Priority
from chat.texts import text
from handlers import paper, reminding
from handlers.desk import Desk, address_of
from handlers.meetings import minutes, minutes_card, occasions
from handlers.workload import presence
from models.database import Row
from models.meeting import OccasionState
from models.minutes import MinutesState, Word
from models.paper import PaperKind
from reminders.minutes import is_final, unwritten

PEOPLE = 40  # told in one transaction, so that nobody waits for it
AT_ONCE = 20  # meetings
_OVER = f"""
select meeting.id from meeting where meeting.starts_at between ? and ?
and meeting.state <> '{OccasionState.CANCELLED.value}'
and not exists (select 1 from minutes where minutes.occasion = meeting.id) limit ?
"""
_DUE = "select occasion from minutes where look_at <= ? order by look_at limit ?"
_WORDS = """
select minutes_word.id, minutes_word.person, minutes_word.kind, minutes_word.objection, minutes.occasion
from minutes_word join minutes on minutes.id = minutes_word.minutes
where minutes_word.due_at <= ? order by minutes_word.due_at, minutes_word.id limit ?
"""


def sweep(desk: Desk) -> None:
    """Look at every meeting that is over, at minutes whose time has come, and at who is to be told of them."""
    for row in desk.db.all(_OVER, (desk.now - occasions.AHEAD, desk.now - occasions.LASTS, AT_ONCE)):
        occasion = _occasion(desk, row["id"])
        opened = minutes.opened_for(desk, occasion)
        if occasion["agenda_at"] is not None or minutes.points_of(desk, opened):
            desk.db.execute("update minutes set look_at = ? where id = ?", (desk.now, opened["id"]))
    for due in desk.db.all(_DUE, (desk.now, AT_ONCE)):
        found = minutes.load(desk, due["occasion"])
        assert found is not None
        _look(desk, _occasion(desk, due["occasion"]), found)
    for word in desk.db.all(_WORDS, (desk.now, PEOPLE)):
        desk.db.execute("delete from minutes_word where id = ?", (word["id"],))
        _tell(desk, word)


def _occasion(desk: Desk, number: int) -> Row:
    occasion = occasions.load(desk, number)
    assert occasion is not None
    return occasion


def _look(desk: Desk, occasion: Row, row: Row) -> None:
    calendar = desk.house.calendar
    if row["state"] == MinutesState.WRITING:
        keepers = _at_work(desk, minutes.keepers(desk, occasion, row))
        settings = reminding.settings_of(desk, keepers[0]["id"] if keepers else 0)
        begun = row["by"] is not None
        decision = unwritten(occasion["starts_at"], row["told_at"], desk.now, calendar, settings, begun=begun)
        update = "update minutes set told_at = ?, look_at = ? where id = ?"
        desk.db.execute(update, (decision.told_at, decision.look_at, row["id"]))
        for keeper in keepers if decision.say else ():
            _remind(desk, occasion, keeper)
    elif row["state"] == MinutesState.DRAFT and is_final(row["sent_at"], desk.now, calendar):
        minutes.finish(desk, row)


def _at_work(desk: Desk, keepers: list[Row]) -> list[Row]:
    """Those who are not on leave; all where everybody is, who then hear of it on the first day back."""
    away = presence.on_leave(desk, desk.today)
    return [keeper for keeper in keepers if keeper["id"] not in away] or keepers


def _remind(desk: Desk, occasion: Row, keeper: Row) -> None:
    """That the minutes are not written, on their card: writing them is one tap away."""
    language = keeper["language"]
    body = [text(language, "minutes-unwritten"), *minutes_card.head(desk, occasion, language)]
    rows = [[minutes_card.button(language, occasion, "show")]]
    address, card = address_of(keeper["address"]), minutes.card(occasion["id"])
    desk.show(address, card, "\n".join(body), rows, renew=True, priority=Priority.REMINDER)
    desk.abridge(address, card)


def _show_undecided(desk: Desk, occasion: Row, row: Row, person: Row) -> None:
    """Objections that nobody decided: their cards say to whoever keeps the minutes that they are noted."""
    if person["id"] in [keeper["id"] for keeper in minutes.keepers(desk, occasion, row)]:
        for objection in minutes.objections(desk, row):
            if objection["decided_by"] is None:
                minutes_card.show_objection(desk, person, occasion, row, objection, priority=Priority.REMINDER)


def _tell(desk: Desk, word: Row) -> None:
    occasion, row = _occasion(desk, word["occasion"]), minutes.load(desk, word["occasion"])
    person = minutes.reachable(desk, word["person"])
    assert row is not None
    if person is None:
        return
    language, news = person["language"], ""
    match word["kind"]:
        case Word.OBJECTION:
            objection = minutes.objection(desk, word["objection"])
            assert objection is not None
            minutes_card.show_objection(desk, person, occasion, row, objection, renew=True, priority=Priority.REMINDER)
            return
        case Word.SENT:
            news = text(language, "minutes-news-corrected" if row["version"] > 1 else "minutes-news-sent")
            paper.order(
                desk, PaperKind.MINUTES, person["id"], str(occasion["id"]), place=occasion["place"], waited_for=False
            )
        case Word.FINAL:
            _show_undecided(desk, occasion, row, person)
        case Word.KEPT:
            news = text(language, "minutes-news-kept")
    renew = word["kind"] != Word.FINAL  # nothing new is said: the card as it stands says that it is final
    minutes_card.show_to(desk, person, occasion, row, renew=renew, news=news, priority=Priority.REMINDER)

"""/help, /me, /language, /duty: what a person can do, what the bot knows about them, who answers for their places."""

from alerts.roster import LINE, OnDuty, line
from chat.messages import Button
from chat.texts import LANGUAGES, listed
from handlers import calendar_feed, leave, menu, own_times, places
from handlers.desk import Turn
from models.person import REPORTERS


def help_(turn: Turn) -> None:
    """What *this* person can do."""
    if not turn.persons:
        turn.say("start-stranger")
        return
    menu.give(turn, turn.incoming.account)
    names = menu.commands(person["role"] for person in turn.persons)
    lines = [turn.text("help-title"), *(f"/{name} {turn.text(f'command-{name}')}" for name in names)]
    turn.note(turn.address, "\n".join(lines))


def me(turn: Turn) -> None:
    if not turn.persons:
        turn.say("me-stranger")
        return
    lines = [turn.text("me-title")]
    for person in turn.persons:
        places = turn.db.all(
            "select place.name from assignment join place on place.id = assignment.place where person = ?",
            (person["id"],),
        )
        lines.append(
            turn.text(
                "me-line",
                name=person["name"],
                role=turn.text(f"role-{person['role']}"),
                places=listed(turn.language, (place["name"] for place in places)) or turn.text("form-none"),
            )
        )
    drafts = turn.db.one("select count(*) as n from draft where account = mark(?)", (turn.incoming.account,))
    opened = turn.db.one(
        "select count(*) as n from report where state = 'open' and reporter in "
        "(select person.id from person join account on account.id = person.account where account.name = ?)",
        (turn.incoming.account,),
    )
    assert drafts is not None and opened is not None
    lines.append(turn.text("me-standing", drafts=drafts["n"], reports=opened["n"]))
    lines.append(own_times.line(turn))
    if calendar_feed.is_on(turn):
        lines.append(turn.text("feed-me"))
    lines.append(turn.text("me-kept"))
    turn.note(
        turn.address, "\n".join(lines), [[own_times.button(turn), *leave.button(turn)], [calendar_feed.button(turn)]]
    )


def language(turn: Turn) -> None:
    if not turn.persons:
        turn.say("start-stranger")
        return
    buttons = [[Button(turn.text(f"language-{name}"), f"m:language:{name}") for name in LANGUAGES]]
    turn.show(turn.address, "menu", turn.text("language-which"), buttons, renew=True)


def language_chosen(turn: Turn, name: str) -> None:
    if name not in LANGUAGES or not turn.persons:
        turn.toast("card-closed")
        return
    turn.db.execute("update account set language = ? where name = ?", (name, turn.incoming.account))
    turn.language = name
    menu.give(turn, turn.incoming.account)
    turn.toast("language-set")
    turn.show(turn.address, "menu", turn.text("language-set"))


def duty(turn: Turn) -> None:
    """Who answers for each of my committees now, and who would be next."""
    if not turn.persons:
        turn.say("start-stranger")
        return
    lines = [turn.text("duty-title")]
    for place in places.committees_of(turn):
        lines.append(f"\n{place['name']}")
        for step, people in zip(LINE, line(turn.db, place["id"], turn.today), strict=True):
            names = listed(turn.language, (p.name + _why_not(turn, p) for p in people))
            label, value = turn.text(f"role-{step}"), names or turn.text("form-none")
            lines.append(turn.text("list-labelled", label=label, value=value))
    turn.note(turn.address, "\n".join(lines))


def _why_not(turn: Turn, person: OnDuty) -> str:
    """Why an alert passes somebody over now; empty where it does not."""
    if person.is_there:
        return ""
    return turn.text("duty-on_leave" if person.reachable else "duty-unreachable")


def report_menu(turn: Turn) -> None:
    """/report: what kind of report, or my last ones."""
    if turn.person_in(*REPORTERS) is None:
        turn.say("not-yours" if turn.persons else "start-stranger")
        return
    buttons = [
        [Button(turn.text("report-suspicious"), "m:suspicious")],
        [Button(turn.text("report-violation"), "m:violation")],
        [Button(turn.text("report-mine"), "m:mine")],
    ]
    turn.show(turn.address, "menu", turn.text("report-which", emergency=turn.house.emergency), buttons, renew=True)

"""The one card of a spot check in the chats of its two: time, counts, and what can be done about it (V2).

The list of the dwellings drawn is a card of its own, which only these two see, when they ask for it. It is never sent
anew while an old one stands: a platform may not let an old message be deleted, and then the list would stay there.
"""

from collections.abc import Sequence

from chat.messages import Act, Address, Button, Outgoing, Priority
from chat.texts import listed, text
from handlers.desk import Desk, Turn, address_of
from handlers.erasing import standing_in
from handlers.meetings import rhythms
from handlers.spot_checks import checks
from models.database import Row
from models.spot_check import SpotState
from workload.ledger import Sample
from workload.rates import TARGETS, Quality, Verdict, percent, rate, verdict
from workload.spot_check import Counts, Outcome


def when(desk: Desk, check: Row, language: str) -> str:
    return rhythms.slot(desk, check["starts_at"], language)


def accuracy(sample: Sample, language: str) -> str:
    """How often the register was right, against its target; empty where nobody was seen."""
    part, target = rate(*sample), TARGETS[Quality.ACCURACY]
    if part is None:
        return ""
    sign = text(language, "board-above" if verdict(part, target) is Verdict.MET else "board-below")
    shown = text(language, "ledger-accuracy", percent=f"{percent(part):.1f}", correct=sample[0], sample=sample[1])
    return shown + text(language, "ledger-target", sign=sign, percent=f"{percent(target):.0f}")


def state(desk: Desk, check: Row, language: str) -> str:
    """How far a check is, in one line without any dwelling; for whoever may see the sums of the committee."""
    counts = checks.counts(check)
    name = f"spot-state-{check['state']}"
    if not checks.is_agreed(desk, check):
        name = "spot-state-asked"
    found = accuracy((counts.correct, counts.seen), language)
    return text(language, name, slot=when(desk, check, language), size=check["size"], seen=counts.seen, accuracy=found)


def list_lines(desk: Desk, check: Row, language: str) -> list[str]:
    """The dwellings drawn, in the order of the route; nothing where they are erased."""
    drawn = checks.draws(desk, check["id"])[-1]["drawn"] or []
    return [
        text(language, "spot-drawn-line", called=called, numbers=listed(language, map(str, numbers)))
        for called, numbers in drawn
    ]


def show_list(turn: Turn, check: Row) -> None:
    """The list to whoever of the two asked; one that stands is taken away first."""
    head = turn.text("spot-title", place=check["place_name"], slot=when(turn, check, turn.language))
    body = [head, turn.text("spot-list", size=check["size"]), "", *list_lines(turn, check, turn.language)]
    turn.forget(checks.list_card(check["id"]))
    turn.show(turn.address, checks.list_card(check["id"]), "\n".join(body))


def take_lists(desk: Desk, spot: int) -> None:
    """Take a list that does not hold any more, or is erased, out of the chats, of who stood in as well."""
    card = checks.list_card(spot)
    for address in standing_in(desk, card):
        desk.out.append(Outgoing(address_of(address), Act.FORGET, card=card, priority=Priority.REMINDER))


def count_lines(check: Row, language: str) -> list[str]:
    """The counts of a check, and why they do not add up where they do not."""
    counts = checks.counts(check)
    body = [text(language, "spot-seen", seen=counts.seen, nobody=counts.nobody, size=check["size"])]
    body += [
        text(language, f"spot-count-{outcome}", count=getattr(counts, outcome.value))
        for outcome in Outcome
        if outcome is not Outcome.NOBODY
    ]
    if found := accuracy((counts.correct, counts.seen), language):
        body.append(found)
    return [*body, text(language, "spot-why", why=check["why"])] if check["why"] else body


def show_mine(turn: Turn, check: Row, side: str, *, renew: bool = False, news: str = "", view: str = "") -> None:
    """The card for whoever pressed; `view`: counting, or what is to be confirmed or asked."""
    show_to(turn, check, side, turn.address, turn.language, renew=renew, news=news, view=view)


def show_other(desk: Desk, check: Row, side: str, news: str) -> None:
    """The other one of the two is shown what has just been done; `news` names the text."""
    other = next(name for name in checks.SIDES if name != side)
    for whom in checks.hearers(desk, check, other):
        said = text(whom.language, news, name=check[f"{side}_name"])
        show_to(desk, check, other, address_of(whom.address), whom.language, renew=True, news=said)


def show_to(
    desk: Desk,
    check: Row,
    side: str,
    address: Address,
    language: str,
    *,
    renew: bool = False,
    news: str = "",
    view: str = "",
    priority: Priority = Priority.ANSWER,
    urgent: bool = False,
) -> None:
    """The card in the chat of one of the two."""
    body = _body(desk, check, language, news)
    if view.endswith("?"):
        body += ["", *_asked(check, view[:-1], language)]
    desk.show(
        address,
        checks.card(check["id"]),
        "\n".join(body),
        _buttons(desk, check, side, language, view),
        renew=renew,
        priority=priority,
        urgent=urgent,
    )


def _body(desk: Desk, check: Row, language: str, news: str) -> list[str]:
    body = [news, ""] if news else []
    body.append(text(language, "spot-title", place=check["place_name"], slot=when(desk, check, language)))
    body.append(text(language, "spot-people", cadre=check["cadre_name"], officer=check["officer_name"]))
    if check["state"] == SpotState.CANCELLED:
        return [*body, text(language, "spot-is-cancelled")]
    if check["state"] != SpotState.PLANNED:
        name = "spot-is-entered" if check["state"] == SpotState.ENTERED else "spot-is-confirmed"
        by = check["entered_name" if check["state"] == SpotState.ENTERED else "confirmed_name"]
        return [*body, *count_lines(check, language), text(language, name, name=by)]
    waiting = [row["name"] for row in checks.parties(desk, check["id"]) if not row["agreed"]]
    body.append(text(language, "spot-waits" if waiting else "spot-agreed", name=listed(language, waiting)))
    draws = checks.draws(desk, check["id"])
    body.append(text(language, "spot-size-drawn", size=check["size"]))
    if len(draws) > 1:
        body.append(text(language, "spot-drawn-again", times=len(draws), why=draws[-1]["why"]))
    if checks.counts(check).is_begun:
        body += ["", *count_lines(check, language)]
    return body


def _asked(check: Row, view: str, language: str) -> list[str]:
    if view == "cancel":
        return [text(language, "spot-sure-cancel")]
    counts: Counts = checks.counts(check)
    arguments = {
        "seen": counts.seen,
        "nobody": counts.nobody,
        "size": check["size"],
        "correct": counts.correct,
        "faults": counts.faults,
    }
    return [text(language, f"spot-doubt-{doubt}", **arguments) for doubt in counts.doubts(check["size"])]


def _buttons(desk: Desk, check: Row, side: str, language: str, view: str) -> Sequence[Sequence[Button]]:
    def button(verb: str, extra: int = 0) -> Button:
        return Button(text(language, f"spot-button-{verb}"), f"sc:{check['id']}:{extra}:{verb}")

    if check["state"] == SpotState.CANCELLED:
        return []
    listed_there = [button("list")] if checks.has_list(desk, check) else []
    if check["state"] == SpotState.CONFIRMED:
        return [listed_there] if listed_there else []
    if check["state"] == SpotState.ENTERED:
        more = [button("mend", check["entries"]), *listed_there]
        return [[button("confirm", check["entries"])], more] if side == "officer" else [more]
    match view:
        case "cancel?":
            return [[button("cancel_sure")], [button("back")]]
        case "enter?":
            return [[button("figures")], [button("why")], [button("count")]]
        case "count":
            taps = [[button(f"add_{outcome}"), button(f"sub_{outcome}")] for outcome in Outcome]
            return [*taps, [button("figures"), button("enter")], [*listed_there, button("back")]]
    begun = checks.counts(check).is_begun
    parties = {row["person"]: row for row in checks.parties(desk, check["id"])}
    rows = [] if begun or parties[check[side]]["agreed"] else [[button("agree"), button("move")]]
    rows.append([*listed_there, button("count")])
    if begun:
        return rows
    if parties[check[side]]["agreed"]:
        entry = [button("entry")] if checks.is_coming(desk, check) else []
        rows.append([button("move"), *entry])
    return [*rows, [button("redraw"), button("cancel")]] if side == "cadre" else rows

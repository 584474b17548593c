"""What a coordinator sees of their committee: the sums of its month, of nobody alone."""

from handlers import places
from handlers.desk import Turn
from handlers.workload import amounts, workweek

CARD = "board"


def start(turn: Turn) -> None:
    """/board of a coordinator: the month so far of each committee that they work in."""
    there = places.committees_of(turn)
    if not there:
        turn.say("no-place")
        return
    first, today = workweek.month_so_far(turn.house.today(turn.now))
    body = []
    for place in there:
        sums = workweek.figures_at(turn, place["id"], first, today)
        body.append(turn.text("board-total", place=place["name"], month=f"{today:%Y-%m}"))
        body += amounts.in_lines(amounts.named(sums, turn.language), turn.language) or [turn.text("workload-missing")]
    turn.show(turn.address, CARD, "\n".join(body), renew=True)

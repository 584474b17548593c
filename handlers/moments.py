"""The buttons that answer when something happened."""

from collections.abc import Sequence

from handlers.desk import Turn


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Minutes before the press: a clock time would be another one by the time somebody presses."""
    if step != "when":
        return ()
    return [("0", turn.text("when-now")), ("30", turn.text("when-hour")), ("120", turn.text("when-earlier"))]

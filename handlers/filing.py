"""A report is filed: numbered, stored and sent on its way, in the transaction that also ends its draft."""

from collections.abc import Callable
from typing import Any

from handlers import alert, joining, reporter_card
from handlers.desk import Turn
from models.attachment import AttachmentState
from models.report import Report, ReportKind


def file(
    turn: Turn,
    kind: ReportKind,
    place: int,
    attachments: list[int] | None = None,
    before: Callable[[int], object] = lambda report: None,
    **values: Any,
) -> int:
    """Store a report (`values` are the columns of models.report.Report) and route it; returns its id.

    `before` writes what hangs on it, before anybody is shown it; its reporter is shown how it stands. One that is the
    `same_as` another makes no alert of its own: it counts up the alert of that one.
    """
    code = turn.db.one("select code from place where id = ?", (place,))
    count = turn.db.one("select coalesce(max(seq), 0) + 1 as next from sqlite_sequence where name = 'report'")
    assert code is not None and count is not None
    report = turn.db.insert(
        Report,
        number=f"{code['code']}-{turn.now.astimezone(turn.house.zone):%y%m%d}-{count['next']:03d}",
        kind=kind.value,
        place=place,
        created_at=turn.now,
        **values,
    )
    for attachment in attachments or ():
        turn.db.execute(
            "update attachment set report = ?, draft = null where id = ? and state = ?",
            (report, attachment, AttachmentState.KEPT.value),
        )
    before(report)
    if values.get("same_as"):
        joining.counted(turn, report, values["same_as"])
        reporter_card.show(turn, report)
    else:
        alert.open_alert(turn, report, place)
    return report

"""What is erased, by itself in time or on demand; and who has read what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.store import opened
from bot.refusal import Refused

if TYPE_CHECKING:
    from bot.erasing import Certificate
    from bot.settings import Settings
    from models.database import Database

    Erasing = Callable[[Database, Settings, str, Callable[[str], None]], Certificate]


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what is due, and what comes next")] = False,
) -> None:
    """Erase what has been kept for long enough; the running bot does so by itself, every hour."""
    from bot.erasing import desk_of, erase_due, words_due
    from bot.settings import load_settings
    from handlers.retention import outlook, setting

    settings = load_settings()
    with opened(settings) as db:
        if not dry_run:
            erased = erase_due(db, settings)
            typer.echo(f"reports erased: {erased.reports}\nrequests for a visit erased: {erased.requests}")
            typer.echo(f"rows of words erased: {erased.words}")
            return
        looked = outlook(desk_of(db, settings))
        words = words_due(db, settings)
        so_far = db.all("select kind, sum(count) as n from erasure group by kind order by kind")
    for kind in looked:
        next_ = f"{kind.next.astimezone(settings.zone):%Y-%m-%d %H:%M}" if kind.next else "-"
        typer.echo(f"{kind.kind}\tdue {kind.due}\tnext {next_}\tLINLI_{setting(kind.kind).upper()}={kind.days}")
    typer.echo(f"words\tdue {words}\tnext -\tLINLI_WORDS_DAYS={settings.words_days}")
    for row in so_far:
        typer.echo(f"{row['kind']}\terased so far {row['n']}")


Yes = Annotated[bool, typer.Option("--yes", help="do not ask first")]
CertificateFile = Annotated[
    Path | None, typer.Option("--certificate", metavar="FILE", help="also write the certificate into this new file")
]


def _sure(yes: bool, warning: str) -> Callable[[str], None]:
    def ask(what: str) -> None:
        if not yes:
            typer.confirm(f"{what} is erased now. {warning} Go on?", abort=True)

    return ask


def _certify(erase: "Erasing", asked: str, sure: Callable[[str], None], file: Path | None) -> None:
    """Erase what was asked for, and print the certificate; into the file as well, if there is to be one."""
    from bot.erasing import written
    from bot.settings import load_settings

    settings = load_settings()
    with opened(settings) as db, written(file) as write:
        certificate = str(erase(db, settings, asked, sure))
        write(certificate)
    typer.echo(certificate, nl=False)


def erase(
    number: Annotated[str, typer.Argument(metavar="REPORT")], yes: Yes = False, file: CertificateFile = None
) -> None:
    """Erase one report now, whatever its state, with all that hangs on it. Prints a certificate."""
    from bot.erasing import erase_report

    _certify(erase_report, number, _sure(yes, "An alert of it ends, and nobody is told."), file)


def erase_person(
    code: Annotated[str, typer.Argument(metavar="CODE")], yes: Yes = False, file: CertificateFile = None
) -> None:
    """Somebody left the staff: their account, name, drafts and cards go; what they did stays. Prints a certificate."""
    from bot.erasing import erase_person

    _certify(erase_person, code, _sure(yes, "Their invitations and drafts end."), file)


def read_log(
    report: Annotated[str | None, typer.Option(metavar="NUMBER", help="of this report")] = None,
    person: Annotated[str | None, typer.Option(metavar="CODE", help="of this person")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="from this day")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="to this day")] = None,
    format: Annotated[Literal["text", "csv"], typer.Option(help="text with tabs, or CSV")] = "text",
) -> None:
    """Print the read log, the newest first: who opened which report, when, through what."""
    from bot.read_log import as_csv, as_text, lines
    from bot.settings import load_settings

    settings = load_settings()
    first = since.replace(tzinfo=settings.zone) if since else None
    end = (until + timedelta(days=1)).replace(tzinfo=settings.zone) if until else None
    with opened(settings) as db:
        for table, asked, what in (("report", report, "number"), ("person", person, "code")):
            if asked is not None and db.one(f"select 1 from {table} where {what} = ?", (asked,)) is None:
                raise Refused(f"there is no {table} with the {what} {asked}")
        rows = lines(db, report=report, person=person, since=first, until=end)
    typer.echo((as_csv if format == "csv" else as_text)(rows, settings.zone), nl=False)

"""Figures that come from files, and go into them (W1, W2)."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.store import opened

if TYPE_CHECKING:
    from bot.history import Meaning


def import_history(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="XLSX or CSV: a row for each coordinator's month or week")
    ],
    year: Annotated[int | None, typer.Option(help="of months and weeks that name no year; others are refused")] = None,
    said: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=ITEM", help="what a column holds; remembered. ITEM: an item, or ignore"),
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="take the good rows, list the bad ones")] = False,
) -> None:
    """Take past figures from the town's own file, so that months can be compared: all or nothing."""
    from bot import history
    from bot.history_import import learn, meanings, take
    from bot.house import house_of
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    now = SystemClock().now()
    answers: dict[str, history.Meaning] = {}
    for each in said or ():
        header, _, item = each.rpartition("=")
        means = history.meaning(item)
        if means is None or not header:
            raise typer.BadParameter(f"{each} is not HEADER=ITEM; {_words()}", param_hint="--map")
        answers[header] = means
    with opened(settings) as db:
        learn(db, answers)
        unknown = [name for name in history.headers(file) if history.plain(name) not in meanings(db)]
        if unknown and not sys.stdin.isatty():
            maps = " ".join(f'--map "{name}=ITEM"' for name in unknown)
            typer.echo(f"linli: {file}: nobody has said what these columns hold; add {maps} ({_words()})", err=True)
            raise typer.Exit(2)
        learn(db, {name: _asked(name) for name in unknown})
        house = house_of(settings, db)
        read = history.read(file, meanings(db), year, house.today(now))
        result = take(db, read, now, house.is_working_day, skip_bad=skip_bad)
    for problem in result.skipped:
        typer.echo(f"skipped: {problem}")
    typer.echo(f"{file}: {result.rows} rows, {result.changed} of them new or changed, {len(result.skipped)} skipped")


def _words() -> str:
    from bot.history import Column
    from workload.figures import Item

    return f"ITEM is one of {', '.join([*Item, *Column])}"


def _asked(header: str) -> "Meaning":
    """What the column with this header holds, asked until it is answered."""
    from bot.history import meaning

    while (means := meaning(str(typer.prompt(f'What does the column "{header}" hold? {_words()}')))) is None:
        pass
    return means


export = typer.Typer(help="Write figures into files.", no_args_is_help=True)


@export.command()
def workload(
    month: Annotated[datetime, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="which month")],
    format: Annotated[Literal["xlsx", "csv"], typer.Option(help="CSV has the sheet of coordinators")] = "xlsx",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="default: workload-YYYY-MM here")] = None,
    language: Annotated[Literal["zh", "en"] | None, typer.Option(help="default: LINLI_DEFAULT_LANGUAGE")] = None,
) -> None:
    """Write a month's workload: per committee and coordinator beside last year's, weeks, and corrections."""
    from bot.house import house_of
    from bot.settings import load_settings
    from chat.clock import SystemClock
    from exports.table import table
    from exports.workbook import workbook
    from handlers.desk import Desk
    from handlers.workload.month_book import book, coordinators

    settings = load_settings()
    told, of = language or settings.default_language, (month.year, month.month)
    with opened(settings) as db:
        desk = Desk(db, SystemClock().now(), house_of(settings, db))
        content = table(coordinators(desk, of, told)) if format == "csv" else workbook(book(desk, of, told))
    file = out or Path(f"workload-{month:%Y-%m}.{format}")
    file.write_bytes(content)
    typer.echo(str(file))

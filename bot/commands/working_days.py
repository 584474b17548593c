"""The calendar of working days that a town works by."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.store import opened

calendar = typer.Typer(help="The working days: the base data, and the town's own table before them.")


@calendar.callback(invoke_without_command=True)
def show_calendar(context: typer.Context) -> None:
    """Print until when make-up days are known, and the days of the town's own table that differ from the base data."""
    if context.invoked_subcommand:
        return
    from bot.house import house_of
    from bot.settings import load_settings
    from reminders.calendar import works_by_base
    from reminders.calendar_table import named_days

    settings = load_settings()
    with opened(settings) as db:
        covered = house_of(settings, db).days.covered_until()
        own = named_days(db)
    typer.echo(f"make-up days are known until {covered}")
    for day, works, name in own:
        if works != works_by_base(day):
            typer.echo(f"{day}\t{'works' if works else 'off'}\t{name}".rstrip())


@calendar.command("import")
def import_calendar(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns day,works,name")],
    anyway: Annotated[bool, typer.Option("--anyway", help="take it although it does not look like China's")] = False,
) -> None:
    """Take the working days of the years that a file names, in place of what was taken for those years: all or nothing.

    A running bot works by them from then on.
    """
    from bot.calendar_import import read, take
    from bot.house import house_of
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings, now = load_settings(), SystemClock().now()
    with opened(settings) as db:
        listed = read(file, house_of(settings, db).today(now))
        result = take(db, file, listed, now, anyway=anyway)
    typer.echo(f"{file}: {len(listed)} days, {result.changed} of them work otherwise than before")
    typer.echo(f"make-up days are known until {result.covered_until}")

"""Backups, and the keys under which everything is sealed."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.store import ready


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="made anew, or replaced")]) -> None:
    """Save everything into one sealed file, while the bot runs."""
    from bot.backup import backup as save
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    ready(settings)
    saved = save(settings, file, SystemClock().now())
    typer.echo(f"{file}: the database and {saved.attachments} attachments, sealed; its key is needed to restore it")


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="made by linli backup")]) -> None:
    """Put a backup in the place of everything that is kept now. The bot must be stopped."""
    from bot.backup import restore as put_back
    from bot.settings import load_settings

    saved = put_back(load_settings(), file)
    typer.echo(f"restored as of {saved.made}: the database and {saved.attachments} attachments")


keys = typer.Typer(help="Make keys, and seal everything under the newest.", no_args_is_help=True)


@keys.command()
def new(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="put it first into this key file")] = None,
) -> None:
    """Make a key: printed for LINLI_KEYS, or put before those that a key file holds."""
    from bot.keys import add
    from bot.settings import load_settings
    from chat.clock import SystemClock
    from models.sealing import new_key

    if file is None:
        typer.echo(new_key())
        return
    settings = load_settings()
    name, made = add(settings, file, SystemClock().now().astimezone(settings.zone).date())
    if made:
        typer.echo(f"{file} holds the key {name}; set LINLI_KEY_FILE to it, and keep a copy where the data is not")
    else:
        typer.echo(f"{name} is the first key of {file} now; keep a copy, then run: linli keys rotate")


@keys.command()
def rotate() -> None:
    """Bring everything that is sealed under the first key, while the bot runs."""
    from bot.keys import rotate as bring
    from bot.settings import load_settings

    settings = load_settings()
    ready(settings)
    count, free = bring(settings)
    typer.echo(f"sealed anew: {count} rows")
    for name in free:
        typer.echo(f"the key {name} seals nothing here any more; backups made before still need it")

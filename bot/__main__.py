"""The command line of administrators: `linli`. The commands are in bot.commands; here they are put together."""

import asyncio
import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from bot.commands import erasing, figures, safekeeping, town, working_days
from bot.commands.store import ready
from bot.refusal import Refused

app = typer.Typer(
    name="linli",
    help="Linli (邻里): reports reach the officer who answers for the place, and come back as an answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def run() -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    gc.disable()  # loading leaves nothing to collect, and is a tenth sooner done; bot.runtime enables it again
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.bot_token:
        raise Refused("LINLI_BOT_TOKEN is not set; ask BotFather for a token and put it into .env")
    ready(settings)
    from bot.backup import clear_leftovers
    from bot.lock import held
    from bot.runtime import run as run_bot

    with held(settings.database_path):
        clear_leftovers(settings.database_path)
        asyncio.run(run_bot(settings))


def demo(
    story_only: Annotated[bool, typer.Option("--story-only", help="play the story and end")] = False,
) -> None:
    """Play a whole report in an invented town, with a Telegram on this machine."""
    from bot.demo import demo as play

    raise SystemExit(play(story_only=story_only))


COMMANDS: dict[str, Callable[..., None]] = {
    "migrate": town.migrate,
    "import": town.import_,
    "import-history": figures.import_history,
    "invite": town.invite,
    "invites": town.invites,
    "poster": town.poster,
    "doctor": town.doctor,
    "run": run,
    "retention": erasing.retention,
    "erase": erasing.erase,
    "erase-person": erasing.erase_person,
    "read-log": erasing.read_log,
    "backup": safekeeping.backup,
    "restore": safekeeping.restore,
    "demo": demo,
}  # in the order of the help
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, commands in {
    "export": figures.export,
    "calendar": working_days.calendar,
    "keys": safekeeping.keys,
}.items():
    app.add_typer(commands, name=name)


def _explain(error: Exception) -> str:
    """The lines a person reads instead of a traceback."""
    import sqlite3

    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from chat.messages import ChannelClosed
    from exports.faces import FontMissing
    from models.database import DatabaseUnusable
    from models.sealing import KeysUnusable, Unopened

    match error:
        case Refused() | FontMissing() | DatabaseUnusable() | KeysUnusable() | ChannelClosed():
            return str(error)
        case Unopened():
            return f"the database was altered from outside: {error}; restore a backup"
        case sqlite3.Error():
            return f"the database cannot be used: {error}; run: linli doctor"
        case DBAPIError():
            return f"the database cannot be used: {error.orig}; run: linli doctor"
        case CommandError():
            return f"the database cannot be migrated: {error}; it may belong to a newer linli"
        case OSError():
            return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    fault = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a fault of linli itself, please report it: {fault} (the traceback: python -X dev -m bot …)"


def main() -> None:
    """The entry point: exit code 0 done, 1 a failure that the message explains, 2 wrong use."""
    try:
        app()
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        typer.echo(f"linli: {_explain(error)}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

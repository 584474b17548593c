"""The command line of administrators. Everything heavy is imported inside the commands, so that help comes at once."""

import asyncio
import gc
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.refusal import Refused

if TYPE_CHECKING:
    from bot.erasing import Certificate
    from bot.history import Meaning
    from bot.settings import Settings
    from models.database import Database

    Erasing = Callable[[Database, Settings, str, Callable[[str], None]], Certificate]

BOT_NAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")
RoleName = Literal["coordinator", "cadre", "officer", "deputy", "town_office"]

app = typer.Typer(
    name="linli",
    help="Linli (邻里): reports reach the officer who answers for the place, and come back as an answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _ready(settings: "Settings") -> None:
    """Refuse to work on a database that is missing or of another version."""
    from models.migration import current, newest

    path = settings.database_path
    if not path.is_file():
        raise Refused(f"there is no database at {path}; run: linli migrate")
    revision = current(path)
    if revision != newest():
        raise Refused(f"the database is at revision {revision or 'none'}, not {newest()}; run: linli migrate")


@contextmanager
def _opened(settings: "Settings") -> Iterator["Database"]:
    from models.database import Database

    _ready(settings)
    db = Database(settings.database_path, settings.ring())
    try:
        yield db
    finally:
        db.close()


@app.command()
def migrate() -> None:
    """Make the database, or bring it to the newest schema; seal what an earlier version kept in clear."""
    from bot.lock import held
    from bot.settings import load_settings
    from models.migration import current
    from models.migration import migrate as upgrade
    from models.resealing import seal_clear

    settings = load_settings()
    path, ring = settings.database_path, settings.ring()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    current(path)  # a file that is no database is told plainly
    with held(path):
        upgrade(path)
        if seal_clear(path, ring):
            typer.echo("what people entrusted to the bot is sealed now")
    typer.echo(f"{path} is at revision {current(path)}")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="places.csv, people.csv")],
    check: Annotated[bool, typer.Option("--check", help="only say what would be done")] = False,
) -> None:
    """Take places and people from CSV files: all or nothing."""
    from bot.house import house_of
    from bot.importing import import_files
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    with _opened(settings) as db:
        today = house_of(settings, db).today(SystemClock().now())
        result = import_files(db, files, today, check=check)
    for count in result.files:
        told = f"{count.added} added, {count.updated} updated, {count.unchanged} unchanged"
        typer.echo(f"{count.file}: {told}{' (only checked)' if check else ''}")


@app.command("import-history")
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
    with _opened(settings) as db:
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


@app.command()
def invite(
    role: Annotated[RoleName, typer.Option(help="whom to invite")],
    place: Annotated[str, typer.Option(help="code of the place they are assigned to")],
    person: Annotated[str | None, typer.Option(help="code of one person; default: all without an account")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=365, help="valid for; default: LINLI_INVITE_DAYS")] = None,
) -> None:
    """Invite people of the roster: prints a link and a code for each. Codes are shown this once."""
    from bot.doctor import ApiRefused, ask
    from bot.inviting import invite as invite_people
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    with _opened(settings) as db:
        days = settings.invite_days if days is None else days
        invitations = invite_people(db, role, place, SystemClock().now(), days, person_code=person)
    name = ""
    if settings.bot_token:
        try:
            name = str(asyncio.run(ask(settings, "getMe")).get("username", ""))
        except ApiRefused as refused:
            typer.echo(f"linli: the bot's name is not known, so there are no links: {refused}", err=True)
    for invitation in invitations:
        how = f"https://t.me/{name}?start={invitation.code}" if name else f"/start {invitation.code}"
        until = f"{invitation.expires_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        typer.echo(f"{invitation.name}\t{how}\t{invitation.code}\tuntil {until}")


@app.command()
def invites(
    revoke: Annotated[int | None, typer.Option(metavar="ID", help="make this invitation worthless")] = None,
) -> None:
    """List invitations, or revoke one."""
    from bot.inviting import list_invites
    from bot.inviting import revoke as revoke_invite
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    now = SystemClock().now()
    with _opened(settings) as db:
        if revoke is not None:
            revoke_invite(db, revoke, now)
            typer.echo(f"invitation {revoke} is revoked")
            return
        listed = list_invites(db, now)
    for one in listed:
        until = f"{one.expires_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        typer.echo(f"{one.id}\t{one.state}\t{one.role}\t{one.person}\t{one.name}\tuntil {until}")
    if not listed:
        typer.echo("there are no invitations")


@app.command()
def poster(
    place: Annotated[str, typer.Option(help="code of a committee")],
    language: Annotated[
        str | None, typer.Option(help="zh, en or zh,en: the first one large; default: LINLI_DEFAULT_LANGUAGE")
    ] = None,
    bot: Annotated[
        str | None, typer.Option(metavar="NAME", help="the bot's name; default: the Bot API is asked")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="where to write to")] = Path(),
) -> None:
    """Make a poster whose QR code opens the tip conversation of a committee: A4, as PDF and PNG."""
    from bot.doctor import ApiRefused, ask
    from bot.poster import compose
    from bot.settings import load_settings
    from chat.texts import LANGUAGES
    from exports.faces import find_faces
    from exports.poster import lay_out, pdf, png

    settings = load_settings()
    languages = (language or settings.default_language).replace(" ", "").split(",")
    if not set(languages) <= set(LANGUAGES) or len(set(languages)) < len(languages):
        raise typer.BadParameter(f"{language} is not one or several of {', '.join(LANGUAGES)}", param_hint="--language")
    named = BOT_NAME.fullmatch(bot) if bot is not None else None
    if bot is not None and not named:
        raise typer.BadParameter(f"{bot} is not a bot's name such as linli_bot", param_hint="--bot")
    if named:
        name = named[1]
    elif not settings.bot_token:
        raise Refused("the bot's name is not known; set LINLI_BOT_TOKEN, or give it: --bot NAME")
    else:
        try:
            name = str(asyncio.run(ask(settings, "getMe"))["username"])
        except ApiRefused as refused:
            raise Refused(f"the bot's name is not known: {refused}; give it: --bot NAME") from refused
    with _opened(settings) as db:
        said = compose(db, place, name, settings.emergency_numbers, languages)
    pieces = lay_out(said, find_faces())
    out.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]", "_", place)  # a code may hold what a file name may not
    for kind, content in (("pdf", pdf(pieces)), ("png", png(pieces))):
        file = out / f"poster-{stem}.{kind}"
        file.write_bytes(content)
        typer.echo(str(file))


@app.command()
def doctor() -> None:
    """Look for whatever would keep an alert from finding somebody. Exit code 1 when something is found."""
    from bot.doctor import examine
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    findings = asyncio.run(examine(settings, SystemClock().now()))
    for finding in findings:
        typer.echo(f"✗ {finding.what}\n  → {finding.mend}")
    if findings:
        raise typer.Exit(1)
    typer.echo("✓ all is well")
    if not settings.feed_url:
        typer.echo("  people's own calendars are not served: LINLI_FEED_URL is not set")


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what is due, and what comes next")] = False,
) -> None:
    """Erase what has been kept for long enough; the running bot does so by itself, every hour."""
    from bot.erasing import desk_of, erase_due, words_due
    from bot.settings import load_settings
    from handlers.retention import outlook, setting

    settings = load_settings()
    with _opened(settings) as db:
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
    with _opened(settings) as db, written(file) as write:
        certificate = str(erase(db, settings, asked, sure))
        write(certificate)
    typer.echo(certificate, nl=False)


@app.command()
def erase(
    number: Annotated[str, typer.Argument(metavar="REPORT")], yes: Yes = False, file: CertificateFile = None
) -> None:
    """Erase one report now, whatever its state, with all that hangs on it. Prints a certificate."""
    from bot.erasing import erase_report

    _certify(erase_report, number, _sure(yes, "An alert of it ends, and nobody is told."), file)


@app.command("erase-person")
def erase_person(
    code: Annotated[str, typer.Argument(metavar="CODE")], yes: Yes = False, file: CertificateFile = None
) -> None:
    """Somebody left the staff: their account, name, drafts and cards go; what they did stays. Prints a certificate."""
    from bot.erasing import erase_person

    _certify(erase_person, code, _sure(yes, "Their invitations and drafts end."), file)


@app.command("read-log")
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
    with _opened(settings) as db:
        for table, asked, what in (("report", report, "number"), ("person", person, "code")):
            if asked is not None and db.one(f"select 1 from {table} where {what} = ?", (asked,)) is None:
                raise Refused(f"there is no {table} with the {what} {asked}")
        rows = lines(db, report=report, person=person, since=first, until=end)
    typer.echo((as_csv if format == "csv" else as_text)(rows, settings.zone), nl=False)


@app.command()
def run() -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    gc.disable()  # loading leaves nothing to collect, and is a tenth sooner done; bot.runtime enables it again
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.bot_token:
        raise Refused("LINLI_BOT_TOKEN is not set; ask BotFather for a token and put it into .env")
    _ready(settings)
    from bot.backup import clear_leftovers
    from bot.lock import held
    from bot.runtime import run as run_bot

    with held(settings.database_path):
        clear_leftovers(settings.database_path)
        asyncio.run(run_bot(settings))


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="made anew, or replaced")]) -> None:
    """Save everything into one sealed file, while the bot runs."""
    from bot.backup import backup as save
    from bot.settings import load_settings
    from chat.clock import SystemClock

    settings = load_settings()
    _ready(settings)
    saved = save(settings, file, SystemClock().now())
    typer.echo(f"{file}: the database and {saved.attachments} attachments, sealed; its key is needed to restore it")


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="made by linli backup")]) -> None:
    """Put a backup in the place of everything that is kept now. The bot must be stopped."""
    from bot.backup import restore as put_back
    from bot.settings import load_settings

    saved = put_back(load_settings(), file)
    typer.echo(f"restored as of {saved.made}: the database and {saved.attachments} attachments")


export = typer.Typer(help="Write figures into files.", no_args_is_help=True)
app.add_typer(export, name="export")


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
    with _opened(settings) as db:
        desk = Desk(db, SystemClock().now(), house_of(settings, db))
        content = table(coordinators(desk, of, told)) if format == "csv" else workbook(book(desk, of, told))
    file = out or Path(f"workload-{month:%Y-%m}.{format}")
    file.write_bytes(content)
    typer.echo(str(file))


calendar = typer.Typer(help="The working days: the base data, and the town's own table before them.")
app.add_typer(calendar, name="calendar")


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
    with _opened(settings) as db:
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
    with _opened(settings) as db:
        listed = read(file, house_of(settings, db).today(now))
        result = take(db, file, listed, now, anyway=anyway)
    typer.echo(f"{file}: {len(listed)} days, {result.changed} of them work otherwise than before")
    typer.echo(f"make-up days are known until {result.covered_until}")


keys = typer.Typer(help="Make keys, and seal everything under the newest.", no_args_is_help=True)
app.add_typer(keys, name="keys")


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
    _ready(settings)
    count, free = bring(settings)
    typer.echo(f"sealed anew: {count} rows")
    for name in free:
        typer.echo(f"the key {name} seals nothing here any more; backups made before still need it")


@app.command()
def demo(
    story_only: Annotated[bool, typer.Option("--story-only", help="play the story and end")] = False,
) -> None:
    """Play a whole report in an invented town, with a Telegram on this machine."""
    from bot.demo import demo as play

    raise SystemExit(play(story_only=story_only))


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

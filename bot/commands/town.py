"""Sets a town up: its database, places and people, invitations, posters; and looks for what is missing."""

import asyncio
import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.store import opened
from bot.refusal import Refused

BOT_NAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")
RoleName = Literal["coordinator", "cadre", "officer", "deputy", "town_office"]


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
    with opened(settings) as db:
        today = house_of(settings, db).today(SystemClock().now())
        result = import_files(db, files, today, check=check)
    for count in result.files:
        told = f"{count.added} added, {count.updated} updated, {count.unchanged} unchanged"
        typer.echo(f"{count.file}: {told}{' (only checked)' if check else ''}")


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
    with opened(settings) as db:
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
    with opened(settings) as db:
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
    with opened(settings) as db:
        said = compose(db, place, name, settings.emergency_numbers, languages)
    pieces = lay_out(said, find_faces())
    out.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]", "_", place)  # a code may hold what a file name may not
    for kind, content in (("pdf", pdf(pieces)), ("png", png(pieces))):
        file = out / f"poster-{stem}.{kind}"
        file.write_bytes(content)
        typer.echo(str(file))


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

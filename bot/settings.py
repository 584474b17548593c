"""What an administrator may set: read once from the environment and `.env`, refused in words that name the mend."""

import difflib
import ipaddress
import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.refusal import Refused
from models.report import VIOLATIONS
from models.sealing import KeyRing, KeysUnusable

PREFIX = "LINLI_"
SQLITE = "sqlite:///"
ENV_FILE = Path(".env")
MOST_OF_KIND = 20
SECRETS = {"bot_token", "webhook_secret", "keys"}


class SettingsError(Refused):
    """A setting cannot be used; the message is one line that names it."""


class Settings(BaseSettings):
    """Every setting, each an environment variable with the prefix LINLI_. An empty value means the default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    bot_token: str = Field(default="", repr=False)
    telegram_api: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    database_url: str = ""
    keys: str = Field(default="", repr=False)
    key_file: str = ""
    timezone: str = "Asia/Shanghai"
    default_language: Literal["zh", "en"] = "zh"
    webhook_url: str = ""
    webhook_secret: str = Field(default="", repr=False, validate_default=True)  # stays below webhook_url
    webhook_port: int = Field(default=8080, ge=1, le=65535)
    feed_url: str = ""
    feed_port: int = Field(default=8081, ge=1, le=65535, validate_default=True)  # stays below webhook_port
    emergency_numbers: str = "110 / 119 / 120"
    acknowledge_minutes: int = Field(default=5, ge=1)
    deputy_minutes: int = Field(default=10, ge=1)
    town_office_minutes: int = Field(default=10, ge=1)
    invite_days: int = Field(default=7, ge=1, le=365)
    draft_hours: int = Field(default=24, ge=1)
    report_days: int = Field(default=90, ge=1, le=3650)
    tip_days: int = Field(default=180, ge=1, le=3650)
    violation_days: int = Field(default=180, ge=1, le=3650)
    words_days: int = Field(default=365, ge=1, le=3650)
    certificate_days: int = Field(default=5, ge=1, le=60)
    visit_days: int = Field(default=30, ge=1, le=3650)
    requests_per_committee: int = Field(default=30, ge=1)
    violation_kinds: str = ",".join(VIOLATIONS)
    tips_per_account: int = Field(default=3, ge=1)
    tips_per_committee: int = Field(default=60, ge=1)
    unfounded_days: int = Field(default=7, ge=1, le=3650)
    sandbox_clock_url: str = ""  # stays below telegram_api: it is judged by it

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix(SQLITE)) if self.database_url else self.data_dir / "linli.db"

    @property
    def attachments(self) -> Path:
        """The folder of what people attached."""
        return self.data_dir / "attachments"

    def ring(self) -> KeyRing:
        """The keys under which everything that is entrusted is sealed. Raises KeysUnusable, which says the mend."""
        if self.keys:
            try:
                return KeyRing.read(self.keys)
            except KeysUnusable as unusable:
                raise KeysUnusable(f"LINLI_KEYS: {unusable}") from None
        if not self.key_file:
            raise KeysUnusable(
                "there is no key to seal with; make one with: linli keys new FILE, and set LINLI_KEY_FILE to that file"
            )
        file = Path(self.key_file)
        if self.is_kept(file):
            raise KeysUnusable(
                f"LINLI_KEY_FILE={file} lies in the data folder: whoever takes the one would have the other; "
                "move it elsewhere"
            )
        return KeyRing.of(file)

    def is_kept(self, file: Path) -> bool:
        """Whether a file lies in the data folder, where only what is sealed may lie."""
        return file.resolve().is_relative_to(self.data_dir.resolve())

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the town lives."""
        return ZoneInfo(self.timezone)

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value):
            raise ValueError("this is not a bot token; BotFather gives one like 123456:ABC-def")
        return value

    @field_validator("telegram_api", "webhook_url", "feed_url", "sandbox_clock_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be an address that begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("data_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        _plain(str(value))
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        path = value.removeprefix(SQLITE)
        if value and (path == value or not path or path.startswith(":")):
            raise ValueError("only SQLite files are supported for now: sqlite:///path/to/linli.db")
        return _plain(value)

    @field_validator("violation_kinds")
    @classmethod
    def _kinds(cls, value: str) -> str:
        kinds = [kind.strip() for kind in re.split("[,，、]", value) if kind.strip()]
        if not kinds or len(set(kinds)) < len(kinds):
            raise ValueError("must name kinds of violation, each once, with commas between")
        if long := next((kind for kind in kinds if len(kind) > MOST_OF_KIND), ""):
            raise ValueError(f"{long!r} is too long for a button: {MOST_OF_KIND} characters at most")
        for kind in set(kinds) - set(VIOLATIONS):
            from handlers.screening.screening import screen  # slow to load

            if finding := screen(kind):
                raise ValueError(f"{finding.words!r} says who somebody is; a violation is of a place")
        return ",".join(kinds)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is not an IANA time zone such as Asia/Shanghai") from error
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value):
            raise ValueError("may hold up to 256 of A-Z a-z 0-9 _ -")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_for_webhook(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("webhook_url") and not value:
            raise ValueError("must be set with LINLI_WEBHOOK_URL: without it anybody could speak for Telegram")
        return value

    @field_validator("feed_port")
    @classmethod
    def _port_of_its_own(cls, value: int, info: ValidationInfo) -> int:
        used = info.data.get("webhook_url") and info.data.get("feed_url")
        if used and value == info.data.get("webhook_port"):
            raise ValueError("is the port of the webhook already: calendars are served on another one")
        return value

    @field_validator("sandbox_clock_url")
    @classmethod
    def _sandbox_only(cls, value: str, info: ValidationInfo) -> str:
        if value and not is_loopback(info.data.get("telegram_api", "")):
            raise ValueError("is for the sandbox only: LINLI_TELEGRAM_API must be an address of this machine")
        return value


def _plain(path: str) -> str:
    if any(mark in path for mark in "%?#"):
        raise ValueError("a path with %, ? or # is not supported")
    return path


def is_loopback(url: str) -> bool:
    """Whether an address is one of this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _refuse_unknown() -> None:
    known = [_variable(field) for field in Settings.model_fields]
    for source, names in ((".env", dotenv_values(ENV_FILE)), ("the environment", os.environ)):
        for name in map(str.upper, names):
            if name.startswith(PREFIX) and name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]}?" if near else "all settings are listed in .env.example"
                raise SettingsError(f"{name} in {source} is not a setting; {hint}")


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError with one line."""
    try:
        _refuse_unknown()
        return Settings()
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"the file .env cannot be read as UTF-8 text: {error}") from error
    except ValidationError as refused:
        first = refused.errors()[0]
        field = str(first["loc"][0]).lower()
        given = "" if field in SECRETS else f"={first['input']}"
        what = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{_variable(field)}{given}: {what}") from None

"""Settings: defaults, one clear line for each mistake, and an example file that lists them all."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import PREFIX, Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_defaults(folder: Path) -> None:
    settings = load_settings()
    assert settings.database_path == Path("data/linli.db")
    assert settings.zone.key == "Asia/Shanghai"
    assert (settings.acknowledge_minutes, settings.deputy_minutes, settings.town_office_minutes) == (5, 10, 10)


def test_environment_beats_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("LINLI_TIMEZONE=Asia/Urumqi\nLINLI_DATA_DIR=there\nLINLI_WEBHOOK_PORT=\n", "utf-8")
    monkeypatch.setenv("LINLI_TIMEZONE", "Europe/Berlin")
    settings = load_settings()
    assert settings.zone.key == "Europe/Berlin"
    assert settings.database_path == Path("there/linli.db")
    assert settings.webhook_port == 8080


def test_database_url(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_DATABASE_URL", "sqlite:////srv/linli/town.db")
    assert load_settings().database_path == Path("/srv/linli/town.db")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LINLI_DATABASE_URL", "postgresql://db/linli", "only SQLite"),
        ("LINLI_DATABASE_URL", "sqlite:///:memory:", "only SQLite"),
        ("LINLI_DATA_DIR", "a%b", "not supported"),
        ("LINLI_TIMEZONE", "Asia/Beijing", "IANA"),
        ("LINLI_TIMEZONE", "../etc", "IANA"),
        ("LINLI_TIMEZONE", "Asia", "IANA"),
        ("LINLI_DEFAULT_LANGUAGE", "fr", "'zh' or 'en'"),
        ("LINLI_ACKNOWLEDGE_MINUTES", "0", "greater than or equal to 1"),
        ("LINLI_ACKNOWLEDGE_MINUTES", "five", "integer"),
        ("LINLI_WEBHOOK_PORT", "70000", "65535"),
        ("LINLI_TELEGRAM_API", "api.telegram.org", "https://"),
        ("LINLI_SANDBOX_CLOCK_URL", "http://127.0.0.1:1/clock", "LINLI_TELEGRAM_API"),
        ("LINLI_WEBHOOK_SECRET", "no spaces", "A-Z"),
        ("LINLI_BOT_TOKEN", "my secret", "BotFather"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    line = str(refused.value)
    assert line.startswith(name)
    assert says in line
    assert "\n" not in line
    assert (value in line) is (name not in ("LINLI_BOT_TOKEN", "LINLI_WEBHOOK_SECRET"))


@pytest.mark.parametrize("api", ["http://127.0.0.1:8081", "http://[::1]:8081", "http://localhost:8081/"])
def test_sandbox_clock_beside_a_bot_api_of_this_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    monkeypatch.setenv("LINLI_TELEGRAM_API", api)
    monkeypatch.setenv("LINLI_SANDBOX_CLOCK_URL", f"{api}/clock")
    assert load_settings().sandbox_clock_url


def test_unknown_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("LINLI_BOT_TOKN=1:a\nOTHER=1\n", "utf-8")
    with pytest.raises(SettingsError, match=r"LINLI_BOT_TOKN in \.env .* did you mean LINLI_BOT_TOKEN\?"):
        load_settings()
    (folder / ".env").unlink()
    monkeypatch.setenv("LINLI_ABRACADABRA", "1")
    with pytest.raises(SettingsError, match=r"the environment is not a setting; all settings are listed"):
        load_settings()


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / ".env").write_bytes("LINLI_EMERGENCY_NUMBERS=火警".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_secrets_are_not_shown() -> None:
    assert "abc" not in repr(Settings(bot_token="1:abc", webhook_secret="abc"))


def test_the_example_lists_every_setting_with_its_default(folder: Path) -> None:
    listed = dotenv_values(EXAMPLE)
    defaults = {PREFIX + name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    assert listed == defaults


def test_kinds_of_violation_may_be_ones_of_the_towns_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_VIOLATION_KINDS", "noise， 占用绿地、waste")
    assert load_settings().violation_kinds == "noise,占用绿地,waste"


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        (",", "must name kinds"),
        ("noise,noise", "each once"),
        ("noise," + "长" * 21, "too long"),
        ("noise,外地人聚居", "says who somebody is"),
    ],
)
def test_kinds_of_violation_that_are_none(folder: Path, monkeypatch: pytest.MonkeyPatch, kinds: str, why: str) -> None:
    monkeypatch.setenv("LINLI_VIOLATION_KINDS", kinds)
    with pytest.raises(SettingsError, match=f"LINLI_VIOLATION_KINDS.*{why}"):
        load_settings()


def test_calendars_and_the_webhook_have_ports_of_their_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_FEED_URL", "https://linli.example.org/calendars/")
    monkeypatch.setenv("LINLI_FEED_PORT", "8080")
    assert load_settings().feed_url == "https://linli.example.org/calendars"
    monkeypatch.setenv("LINLI_WEBHOOK_URL", "https://linli.example.org/telegram")
    monkeypatch.setenv("LINLI_WEBHOOK_SECRET", "s3cret")
    with pytest.raises(SettingsError, match=r"LINLI_FEED_PORT=8080: is the port of the webhook already"):
        load_settings()

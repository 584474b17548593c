"""The command menu follows role and language; strangers and groups have their own."""

from itertools import combinations_with_replacement
from unicodedata import east_asian_width

import pytest

from chat.messages import Command
from chat.texts import text
from handlers import menu
from tests.scenarios.story import Story


def _menu(story: Story, who: str) -> list[str]:
    shown = story.sandbox.world.view(story.phones[who].id)["commands"]
    return [line["command"] for line in shown]


async def test_each_role_has_its_menu_in_its_language(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG", "en")
    everybody = ["tip", "duty", "me", "language", "help", "cancel"]
    assert _menu(story, "LI") == ["report", "workload", "meetings", "visits", "plans", "board", *everybody]
    assert _menu(story, "WANG") == ["alerts", "workload", "meetings", "visits", "plans", "board", *everybody]
    shown = story.sandbox.world.view(story.phones["WANG"].id)["commands"]
    assert shown[0]["description"] == "alerts at my places"
    await story.say("WANG", "/language")
    await story.press("WANG", "中文")
    shown = story.sandbox.world.view(story.phones["WANG"].id)["commands"]
    assert shown[0]["description"] == "我负责的警情"


async def test_somebody_in_two_roles_has_both_menus_and_help_brings_a_changed_role_up_to_date(story: Story) -> None:
    await story.join("LI")
    with story.db.transaction() as db:
        db.execute("update person set account = (select account from person where code = 'LI') where code = 'WANG'")
    await story.say("LI", "/help")
    assert _menu(story, "LI")[:7] == ["report", "workload", "meetings", "visits", "plans", "board", "alerts"]
    story.expect("LI", "/report", "/alerts")


async def test_a_menu_is_given_once_and_at_a_start_only_where_it_changed(story: Story) -> None:
    await story.join("LI")
    given = "select count(*) as n from outbox where dedupe like 'tick:%'"
    await story.advance(seconds=1)
    assert story.db.all(given)[0]["n"] == 0
    with story.db.transaction() as db:
        db.execute("update account set menu = ''")
        story.bot._menus_due = True
    await story.advance(seconds=1)
    assert story.db.all(given)[0]["n"] == 1


def test_every_command_has_a_text() -> None:
    every = {*menu.STRANGER, *menu.GROUP, *menu.commands(menu.OF_ROLE)}
    for language in ("zh", "en"):
        assert all(line.text for line in menu.lines(language, every))


# The phones page at 390 x 844: a line takes 34 letters (a Chinese character is two), and 22 lines stand below the
# question; a real phone shows no less.
LETTERS, LINES = 34, 22


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("roles", list(combinations_with_replacement(menu.OF_ROLE, 2)), ids="+".join)
def test_help_fits_a_screen_for_every_role_and_for_two_at_once(roles: tuple[str, str], language: str) -> None:
    shown = [text(language, "help-title"), *(f"/{line.name} {line.text}" for line in _lines(language, roles))]
    widths = [sum(1 + (east_asian_width(letter) in "WF") for letter in line) for line in shown]
    assert sum(-(-width // LETTERS) for width in widths) <= LINES
    assert max(widths) <= 40  # each says one thing


def _lines(language: str, roles: tuple[str, str]) -> list[Command]:
    return list(menu.lines(language, menu.commands(roles)))

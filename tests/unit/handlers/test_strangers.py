"""What is known of strangers is counted in memory, is forgotten, and never tells who they are."""

from datetime import UTC, datetime, timedelta

from handlers.strangers import BLOCKED, TIPS_WINDOW, TRIES, TRIES_OF_ALL, TRIES_WINDOW, Strangers

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
ONE, OTHER = "telegram:1", "telegram:2"


def test_five_wrong_codes_are_enough_for_half_an_hour() -> None:
    strangers = Strangers()
    for _ in range(TRIES):
        assert strangers.may_try(ONE, NOW)
        strangers.wrong(ONE, NOW)
    assert not strangers.may_try(ONE, NOW) and strangers.may_try(OTHER, NOW)
    assert strangers.may_try(ONE, NOW + TRIES_WINDOW)


def test_a_right_code_forgives_the_slips_before_it() -> None:
    strangers = Strangers()
    for _ in range(TRIES - 1):
        strangers.wrong(ONE, NOW)
    strangers.right(ONE, NOW)
    for _ in range(TRIES - 1):
        strangers.wrong(ONE, NOW)
    assert strangers.may_try(ONE, NOW)


def test_all_accounts_together_have_a_limit_too() -> None:
    strangers = Strangers()
    for number in range(TRIES_OF_ALL):
        strangers.wrong(f"telegram:{number}", NOW)
    assert not strangers.may_try("telegram:fresh", NOW)
    assert strangers.may_try("telegram:fresh", NOW + TRIES_WINDOW)


def test_tips_of_one_account_and_of_one_place_are_limited() -> None:
    strangers = Strangers(tips_of_one=2, tips_of_place=3)
    strangers.tipped(ONE, 7, 1, NOW)
    strangers.tipped(ONE, 7, 2, NOW)
    assert not strangers.may_tip(ONE, 8, NOW) and strangers.may_tip(OTHER, 7, NOW)
    strangers.tipped(OTHER, 7, 3, NOW)
    assert not strangers.may_tip("telegram:3", 7, NOW) and strangers.may_tip("telegram:3", 8, NOW)
    assert strangers.may_tip(ONE, 7, NOW + TIPS_WINDOW)


def test_a_blocked_source_may_tip_again_after_a_day() -> None:
    strangers = Strangers()
    strangers.tipped(ONE, 7, 1, NOW)
    assert strangers.block(1, NOW) and not strangers.block(2, NOW)
    assert not strangers.may_tip(ONE, 8, NOW + TIPS_WINDOW) and strangers.may_tip(OTHER, 8, NOW)
    assert strangers.may_tip(ONE, 8, NOW + BLOCKED)


def test_what_stands_for_an_account_is_another_each_day_and_in_each_run() -> None:
    strangers = Strangers()
    today = strangers.hash(ONE, NOW)
    assert today == strangers.hash(ONE, NOW + timedelta(hours=1)) != strangers.hash(OTHER, NOW)
    assert strangers.hash(ONE, NOW + timedelta(days=1)) != today
    assert strangers.hash(ONE, NOW) != today, "yesterday's key is gone"
    assert Strangers().hash(ONE, NOW) != strangers.hash(ONE, NOW)
    assert ONE.encode() not in repr(vars(strangers)).encode()


def test_an_opened_tip_shuts_by_itself() -> None:
    strangers = Strangers()
    strangers.open(ONE, 5, NOW)
    assert strangers.opened(ONE, NOW + timedelta(minutes=14)) == 5
    assert strangers.opened(OTHER, NOW) is None
    assert strangers.opened(ONE, NOW + timedelta(minutes=15)) is None
    strangers.open(ONE, 5, NOW)
    strangers.close(ONE, NOW)
    assert strangers.opened(ONE, NOW) is None

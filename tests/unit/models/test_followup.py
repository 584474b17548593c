"""What officer and reporter can do about their follow-up."""

import itertools

import pytest

from models.followup import RESULTS, FollowupState, Side, Verb, may

REPORTER, OFFICER = Side.REPORTER, Side.OFFICER
PROPOSED, AGREED, VISITED = FollowupState.PROPOSED, FollowupState.AGREED, FollowupState.VISITED


@pytest.mark.parametrize(
    ("side", "state", "proposed", "held", "there", "verbs"),
    [
        (REPORTER, PROPOSED, REPORTER, True, True, {Verb.MOVE}),
        (REPORTER, PROPOSED, OFFICER, True, True, {Verb.MOVE, Verb.CONFIRM}),
        (REPORTER, PROPOSED, OFFICER, False, True, {Verb.MOVE}),
        (REPORTER, AGREED, REPORTER, True, True, {Verb.MOVE, Verb.VISITED}),
        (REPORTER, VISITED, REPORTER, True, True, set()),
        (OFFICER, PROPOSED, REPORTER, True, True, {Verb.MOVE, Verb.CONFIRM}),
        (OFFICER, PROPOSED, OFFICER, True, True, {Verb.MOVE}),
        (OFFICER, PROPOSED, OFFICER, True, False, {Verb.MOVE, Verb.VISITED}),
        (OFFICER, PROPOSED, REPORTER, True, False, {Verb.MOVE, Verb.CONFIRM}),
        (OFFICER, AGREED, OFFICER, True, True, {Verb.MOVE, Verb.VISITED}),
        (OFFICER, VISITED, REPORTER, True, True, set(RESULTS)),
    ],
)
def test_who_can_do_what(
    side: Side, state: FollowupState, proposed: Side, held: bool, there: bool, verbs: set[Verb]
) -> None:
    assert may(side, state, proposed=proposed, held=held, reporter_there=there) == verbs


def test_nobody_agrees_to_a_day_of_their_own_and_the_reporter_never_says_the_result() -> None:
    for side, state, proposed, held, there in itertools.product(
        Side, FollowupState, Side, (True, False), (True, False)
    ):
        verbs = may(side, state, proposed=proposed, held=held, reporter_there=there)
        assert side is not proposed or Verb.CONFIRM not in verbs
        assert held or Verb.CONFIRM not in verbs
        assert side is OFFICER or not verbs & set(RESULTS)

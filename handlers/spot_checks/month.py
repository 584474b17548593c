"""What the spot checks of a committee's month found, for its figures (duties V2, W3): confirmed counts alone."""

from collections.abc import Sequence

from handlers.desk import Desk
from workload.ledger import Sample

_CONFIRMED = """
select coalesce(sum(correct), 0) as correct, coalesce(sum(seen), 0) as seen from spot_check
where place = ? and month = ? and state = 'confirmed'
"""


def sample(desk: Desk, place: int, month: Sequence[int]) -> Sample:
    """How many dwellings' registers were right, of how many seen, in a committee's month (2026, 11)."""
    row = desk.db.one(_CONFIRMED, (place, f"{month[0]}-{month[1]:02}"))
    assert row is not None
    return row["correct"], row["seen"]

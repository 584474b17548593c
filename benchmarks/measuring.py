"""How something is measured: CPU time of this process, with the making of the input left out."""

import gc
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU milliseconds per update of each round."""

    rounds: list[float]

    @property
    def median(self) -> float:
        return median(self.rounds)


async def measured(
    batches: Callable[[], Iterator[Callable[[], list[bytes]]]],
    take: Callable[[list[bytes]], Awaitable[None]],
    rounds: int,
) -> Measured:
    """One warm-up round, then `rounds` measured ones."""
    found = []
    for number in range(rounds + 1):
        gc.collect()
        gc.freeze()  # for each bot alike: what was loaded is looked through no more, as bot.runtime has it
        spent, count = 0.0, 0
        for make in batches():
            updates = make()
            started = time.process_time()
            await take(updates)
            spent += time.process_time() - started
            count += len(updates)
        if number:
            found.append(spent / count * 1000)
    return Measured(found)

"""Fault switches: how the network and the server misbehave, by seeded dice: a bad day can be replayed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any


class Fault(Enum):
    """What goes wrong with one call."""

    NONE = "none"
    TOO_MANY = "rate_429"
    SERVER = "rate_5xx"
    RESET = "rate_reset"
    LOST_ANSWER = "rate_lost_answer"
    NETWORK = "network_off"


@dataclass
class Breakage:
    """The switches as the control API shows them. One throw of the dice per call."""

    rate_429: float = 0.0
    rate_5xx: float = 0.0
    rate_reset: float = 0.0
    rate_lost_answer: float = 0.0
    network_off: bool = False
    seed: int = 0
    happened: dict[str, int] = field(default_factory=dict)
    _dice: Random = field(default_factory=lambda: Random(0), repr=False)

    def set(self, switches: dict[str, Any]) -> None:
        """Turn the named switches; naming `seed` starts the dice anew. ValueError changes nothing."""
        checked: dict[str, float | bool | int] = {}
        for name, value in switches.items():
            if name == "network_off":
                if not isinstance(value, bool):
                    raise ValueError("network_off is true or false")
            elif name == "seed":
                if not isinstance(value, int) or isinstance(value, bool):
                    raise ValueError("seed is a whole number")
            elif not name.startswith("rate_") or name not in self.state():
                raise ValueError(f"no such switch: {name}")
            elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise ValueError(f"{name} is a number from 0 to 1")
            checked[name] = value
        for name, value in checked.items():
            setattr(self, name, value)
        if "seed" in checked:
            self._dice = Random(self.seed)

    def state(self) -> dict[str, Any]:
        """What `GET /sandbox/breakage` answers."""
        names = ("rate_429", "rate_5xx", "rate_reset", "rate_lost_answer", "network_off", "seed", "happened")
        return {name: getattr(self, name) for name in names}

    def throw(self, method: str) -> Fault:
        """Which fault strikes this call; a long poll is only ever struck by the network being off."""
        fault = self._throw(method)
        if fault is not Fault.NONE:
            self.happened[fault.value] = self.happened.get(fault.value, 0) + 1
        return fault

    def _throw(self, method: str) -> Fault:
        if self.network_off:
            return Fault.NETWORK
        if method == "getupdates":
            return Fault.NONE
        draw = self._dice.random()
        for fault in (Fault.TOO_MANY, Fault.SERVER, Fault.RESET, Fault.LOST_ANSWER):
            rate: float = getattr(self, fault.value)
            if draw < rate:
                return fault
            draw -= rate
        return Fault.NONE

"""What waits for each chat, what of it goes next, and what goes together or need not go any more. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.pace import Bucket
from chat.messages import Act, Outgoing, Priority

DIGEST = "reminders:due"  # the card that several reminders are
_MOST, _LONGEST = 10, 3000  # reminders in one message, and its characters


@dataclass(slots=True)
class Item:
    """A waiting message, by its number in the outbox. Those of a chat go in the order of their rank."""

    id: int
    address: str
    outgoing: Outgoing
    attempts: int = 0
    repeat: bool = False
    standing: str = ""  # the platform's id of the message that showed its card when it was sent
    along: list["Item"] = field(default_factory=list)  # what goes with it, as one message
    rank: tuple[str, bool, int] = field(init=False)

    def __post_init__(self) -> None:
        """By priority, what does not wait for a form before what does, then by age."""
        self.rank = (self.outgoing.priority.value, not self.outgoing.urgent, self.id)

    @property
    def parts(self) -> list["Item"]:
        """All that it tells."""
        return [self, *self.along]

    @property
    def message(self) -> Outgoing:
        """What is sent."""
        if not self.along:
            return self.outgoing
        briefs = [part.outgoing.brief for part in self.parts if part.outgoing.brief]
        return Outgoing(
            self.outgoing.address,
            Act.RENEW,
            "\n\n".join(brief.text for brief in briefs),
            [row for brief in briefs for row in brief.buttons],
            card=DIGEST,
            priority=self.outgoing.priority,
        )

    @property
    def told_apart(self) -> bool:
        """Whether it goes alone: a crash leaves one of these in doubt at most. Cards are states, to be shown again."""
        return self.outgoing.priority is Priority.ALERT or self.outgoing.act is Act.NOTE

    @property
    def reminds(self) -> bool:
        """Whether somebody is told of something of which they did not ask."""
        return self.outgoing.priority is Priority.REMINDER and self.outgoing.act in (Act.SHOW, Act.RENEW)

    @property
    def may_wait(self) -> bool:
        """Whether it may wait until a form is filled: it would come between somebody and what they are writing."""
        return self.reminds and not self.outgoing.urgent

    @property
    def is_marked(self) -> bool:
        """Whether it is known after a crash that it may have arrived, so that a repeat can say so."""
        return self.told_apart or self.reminds

    def __lt__(self, other: "Item") -> bool:
        return self.rank < other.rank

    @property
    def shows(self) -> bool:
        """Whether it shows a card as it was when this was written."""
        return bool(self.outgoing.card) and self.outgoing.act in (Act.SHOW, Act.RENEW)

    @property
    def may_be_overtaken(self) -> bool:
        """Whether nobody misses it where the same card is shown as it is now: nobody asks what became of it."""
        reminds = self.outgoing.priority is Priority.REMINDER
        return self.shows and not self.outgoing.about and (self.outgoing.act is Act.SHOW or reminds)


@dataclass(slots=True)
class Lane:
    """One chat: what waits for it, and from when (monotonic seconds) it may be spoken to again."""

    bucket: Bucket
    waiting: list[Item] = field(default_factory=list)
    busy: bool = False
    not_before: float = 0.0

    def next(self) -> tuple[Item, list[Item]]:
        """What goes next, and what need not go any more: who taps quickly sees what came of it, not each step late."""
        if len(self.waiting) == 1:
            return self.waiting[0], []
        newest: dict[str, Item] = {}
        for item in sorted(self.waiting, key=lambda item: item.id):
            if item.shows:
                newest[item.outgoing.card] = item
        overtaken: list[Item] = []
        first: Item | None = None
        for item in self.waiting:
            newer = newest.get(item.outgoing.card, item) if item.may_be_overtaken else item
            if newer is not item:
                overtaken.append(item)
                if item.outgoing.act is Act.RENEW:  # what was to be seen at the bottom is
                    newer.outgoing = replace(newer.outgoing, act=Act.RENEW)
            elif first is None or item < first:
                first = item
        assert first is not None, "the newest is never overtaken"
        return first, overtaken

    def along(self, first: Item, overtaken: Sequence[Item]) -> list[Item]:
        """The reminders that may go with this one, as one message."""
        if first.outgoing.brief is None:
            return []
        gone = {item.id for item in (first, *overtaken)}
        length = len(first.outgoing.brief.text)
        found: list[Item] = []
        for item in sorted(self.waiting):
            if item.id not in gone and item.outgoing.brief and len(found) + 1 < _MOST:
                length += len(item.outgoing.brief.text)
                if length <= _LONGEST:
                    found.append(item)
        return found

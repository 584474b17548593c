"""Messages on their way out: written with what they tell, sent at the platform's pace, each send accounted for.

The database holds the truth; queues in memory only say what is next. One chat has one message under way, and one
alert or note is under way at a time, so that a crash leaves at most one of which nobody knows whether it arrived.
"""

import asyncio
import heapq
import random
import sqlite3
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import orjson
import structlog

from bot.lane import DIGEST, Item, Lane
from bot.pace import Bucket
from chat.clock import Clock
from chat.messages import Act, Brief, Button, Channel, Command, Fate, Outgoing, Priority, Receipt
from chat.texts import text
from handlers.desk import Desk, House, address_of
from models.database import Database, is_of_database, opened
from models.queue import Outbox as OutboxRow

log = structlog.get_logger()
# One such message at a time bounds what a crash leaves in doubt; one that hangs longer than this holds up no other.
ALONE_SECONDS = 3.0
ENDS = (Fate.DONE, Fate.UNREACHABLE, Fate.REFUSED)
_ROW = opened(OutboxRow, "id", "priority", "payload", "card", "about", "state", "attempts", "repeat")
_LOAD = f"select {_ROW} from outbox where state in ('waiting', 'sending') order by id"
# Not those that were recalled: what they told of is erased, perhaps by another process (handlers.erasing).
# And whether it is a reminder, not old yet, to somebody who is filling in a form.
_STANDING = (
    "with chosen (address, id) as (values {}) select outbox.id, card.message, "
    "outbox.priority = '2' and outbox.due_at > ? and exists "
    "(select 1 from draft where draft.chat = chosen.address and draft.touched_at > ?) as awaits_form "
    "from chosen join outbox using (id) left join card on card.address = chosen.address and card.card = outbox.card "
    "where outbox.state in ('waiting', 'sending')"
)
HELD = timedelta(minutes=30)  # a reminder waits for the end of a form for so long at most
_AT_ONCE = 200  # of these asked for in one statement
_SENDING = "update outbox set state = 'sending', attempts = ? where id = ? and state = 'waiting'"
_NOT_BEGUN = "update outbox set state = 'waiting', attempts = 0 where id = ? and state = 'sending'"
_AGAIN = (
    "update outbox set state = 'waiting', attempts = ?, repeat = ?, reason = ? "
    "where id = ? and state in ('waiting', 'sending')"
)
_ENDED = "update outbox set state = ?, payload = '', card = '', about = '', reason = ? where id = ?"
_KEEP = (
    'insert into card (address, card, "group", message, shown_at) values (?, ?, ?, ?, ?) '
    "on conflict (address, card) do update set message = excluded.message, shown_at = excluded.shown_at"
)
_DROP = "delete from card where address = ? and card = ?"
_DIGEST_OF = "select message from card where address = ? and card = ?"


def written(outgoing: Outgoing) -> str:
    """An outgoing message as the outbox keeps it."""
    parts: dict[str, Any] = {"address": str(outgoing.address), "act": outgoing.act.value, "text": outgoing.text}
    if outgoing.buttons:
        parts["buttons"] = _cells(outgoing.buttons)
    if outgoing.photos:
        parts["photos"] = list(outgoing.photos)
    parts |= {
        name: value for name in ("message", "file", "kind", "name", "content") if (value := getattr(outgoing, name))
    }
    if outgoing.urgent:
        parts["urgent"] = True
    if outgoing.brief:
        parts["brief"] = [outgoing.brief.text, _cells(outgoing.brief.buttons)]
    if outgoing.commands:
        parts["commands"] = [[line.name, line.text] for line in outgoing.commands]
    return orjson.dumps(parts).decode()


def _cells(buttons: Sequence[Sequence[Button]]) -> list[list[list[str]]]:
    return [[[b.text, b.data, b.url] for b in row] for row in buttons]


def _buttons(cells: Sequence[Sequence[Sequence[str]]]) -> list[list[Button]]:
    return [[Button(*cell) for cell in row] for row in cells]


def read(priority: str, payload: str, card: str, about: str) -> Outgoing:
    """The message that `written` wrote."""
    parts = orjson.loads(payload)
    return Outgoing(
        address_of(parts["address"]),
        Act(parts["act"]),
        parts["text"],
        _buttons(parts.get("buttons", ())),
        card=card,
        photos=parts.get("photos", ()),
        message=parts.get("message", ""),
        file=parts.get("file", ""),
        kind=parts.get("kind", ""),
        name=parts.get("name", ""),
        content=parts.get("content", ""),
        commands=[Command(*line) for line in parts.get("commands", ())],
        priority=Priority(priority),
        urgent=parts.get("urgent", False),
        brief=Brief(parts["brief"][0], _buttons(parts["brief"][1])) if "brief" in parts else None,
        about=about,
    )


class Outbox:
    """The durable exit. `post` belongs inside a transaction; `run` sends until it is stopped."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        house: House,
        channels: Mapping[str, Channel],
        delivered: Callable[[Desk, str, Receipt], None],
        monotonic: Callable[[], float] = time.monotonic,
        unreachable: Callable[[Desk, str], None] = lambda desk, address: None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._house = house
        self._channels = channels
        self._delivered = delivered
        self._unreachable = unreachable
        self._monotonic = monotonic
        self._lanes: dict[str, Lane] = {}
        self._calling: dict[str, Lane] = {}  # lanes where something waits and nothing is under way
        self._held: dict[str, Lane] = {}  # those where it waits for the end of a form, until they are woken
        self._platforms = {
            # The burst stays below a second's worth: on the way, messages may come closer together.
            name: Bucket(channel.capabilities.per_second, max(1.0, channel.capabilities.per_second * 2 / 3))
            for name, channel in channels.items()
        }
        self._receipts: list[tuple[Item, Receipt]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._toasts: list[Outgoing] = []
        self._alone_until = 0.0
        self._runs = False
        self._ahead: Item | None = None  # written as under way together with what it tells, and not yet sent
        self._ahead_in = 0  # the transaction in which one was written so last
        self._wake = asyncio.Event()
        self._load()

    def _load(self) -> None:
        """What a former run left. What it was sending may have arrived: alerts and notes say so when repeated."""
        for row in self._db.all(_LOAD):
            outgoing = read(row["priority"], row["payload"], row["card"], row["about"])
            repeat = bool(row["repeat"]) or row["state"] == "sending"
            address = str(outgoing.address)
            self._enqueue(Item(row["id"], address, outgoing, row["attempts"], repeat))

    def post(self, outgoing: Sequence[Outgoing], source: str, now: datetime) -> None:
        """Write messages as part of the running transaction; `source` makes their keys unique. Sent after commit."""
        for number, message in enumerate(outgoing):
            if message.act is Act.TOAST:  # of no use later: sent after commit or never
                self._db.after_commit(partial(self._toasts.append, message))
                continue
            address = str(message.address)
            ahead = message.priority is Priority.ALERT and self._may_go_ahead(address, message)
            row = self._db.insert(
                OutboxRow,
                dedupe=f"{source}:{number}",
                priority=message.priority.value,
                payload=written(message),
                card=message.card,
                about=message.about,
                state="sending" if ahead else "waiting",
                attempts=int(ahead),
                due_at=now,
            )
            item = Item(row, address, message)
            if ahead:
                self._ahead_in = self._db.transactions
            self._db.after_commit(partial(self._enqueue, item, ahead=ahead))

    def _may_go_ahead(self, address: str, outgoing: Outgoing) -> bool:
        """Whether an alert can be sent as soon as it is committed: it need not wait for a second commit then."""
        now = self._monotonic()
        lane = self._lanes.get(address)
        return (
            self._ahead is None
            and self._ahead_in != self._db.transactions
            and now >= self._alone_until
            and (lane is None or not (lane.busy or lane.waiting or lane.not_before > now or lane.bucket.wait(now)))
            and not self._platforms[outgoing.address.platform].wait(now)
        )

    def _enqueue(self, item: Item, *, ahead: bool = False) -> None:
        if ahead:
            self._ahead = item
        lane = self._lanes.get(item.address)
        if lane is None:
            capabilities = self._channels[item.outgoing.address.platform].capabilities
            group = item.outgoing.address.chat.startswith("-")
            rate = capabilities.per_group_minute / 60 if group else capabilities.per_chat_second
            lane = self._lanes[item.address] = Lane(Bucket(rate, 3.0))
        self._queue(lane, item)
        self._wake.set()

    def _queue(self, lane: Lane, item: Item) -> None:
        heapq.heappush(lane.waiting, item)
        if not lane.busy:
            self._calling[item.address] = lane

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing is under way."""
        return not (self._tasks or self._receipts or self._calling or self._toasts)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set and what could be sent at once has been."""
        while True:
            self._wake.clear()
            self._runs = not stop.is_set()
            wait = self._round(draining=stop.is_set())
            if stop.is_set() and not self._tasks and not self._receipts:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._wake.wait()

    def set_off(self) -> None:
        """Send what was committed just now before anything else has its turn."""
        if self._runs:
            self._round(draining=False)

    async def flush(self) -> float:
        """Send all that may be sent now, and wait for it; returns seconds until more may be."""
        while True:
            wait = self._round(draining=False)
            if wait > 0 and not self._tasks:
                return wait
            await asyncio.gather(*self._tasks)

    def wake(self) -> None:
        """Look at everything that waits; called by the tick."""
        self._calling |= {address: lane for address, lane in self._held.items() if lane.waiting and not lane.busy}
        self._held.clear()
        self._wake.set()

    def _round(self, *, draining: bool) -> float:
        """Set off what may go, alerts first and passing words last. Returns seconds to wait."""
        wait = self._next_messages(draining=draining)
        while self._toasts:
            self._begin(self._toast(self._toasts.pop()))
        return wait

    def _next_messages(self, *, draining: bool) -> float:
        """Account for what was sent, choose what is next, mark it in the same commit. Returns seconds to wait.

        Where the database cannot take it (locked, disk full) nothing has changed, here or there: receipts are kept
        and everything is tried again.
        """
        now = self._monotonic()
        receipts = self._receipts
        chosen, overtaken, wait = ([], [], 60.0) if draining else self._choose(now, receipts)
        parts = [part for item in chosen for part in item.parts]
        marked = [part for part in parts if part.is_marked and part is not self._ahead]
        not_begun = self._ahead if draining else None
        try:
            if receipts or marked or overtaken or not_begun:
                with self._db.transaction() as db:
                    for item, receipt in receipts:
                        self._account(item, receipt)
                    standing, held = self._standing(parts)
                    for item in marked:
                        if item.id not in held:
                            db.execute(_SENDING, (item.attempts + 1, item.id))
                    for item in overtaken:
                        db.execute(_ENDED, ("done", "overtaken", item.id))
                    if not_begun:
                        db.execute(_NOT_BEGUN, (not_begun.id,))
                self._receipts = []
            else:
                standing, held = self._standing(parts)
        except sqlite3.OperationalError as error:
            log.error("database busy, sending waits", reason=str(error))
            return 1.0
        if not_begun or self._ahead in chosen or self._ahead in overtaken:
            self._ahead = None
        for item in overtaken:
            self._lanes[item.address].waiting.remove(item)
        for item in chosen:
            lane = self._lanes[item.address]
            if item.id in held:
                self._held[item.address] = self._calling.pop(item.address)
                continue
            going = [part for part in item.parts if part.id not in held]
            for part in going:
                lane.waiting.remove(part)  # what was just accounted for may stand before it in its lane by now
            heapq.heapify(lane.waiting)
            going = [part for part in going if part.id in standing]
            if going:
                first = going[0]
                first.along = going[1:]
                first.standing = self._standing_digest(first.address) if first.along else standing[first.id]
                self._set_off(now, lane, first)
            elif not lane.waiting:
                self._calling.pop(item.address)
        # What came of them may have to go now.
        return 0.0 if receipts or len(standing) < len(parts) else wait

    def _standing_digest(self, address: str) -> str:
        row = self._db.one(_DIGEST_OF, (self._db.mark(address), DIGEST))
        return row["message"] if row else ""

    def _standing(self, chosen: Sequence[Item]) -> tuple[dict[int, str], set[int]]:
        """The messages that show the cards of what was chosen, empty where none does; not of what was recalled.

        And which of it waits until somebody has filled in their form.
        """
        found: dict[int, str] = {}
        held: set[int] = set()
        since = self._clock.now() - HELD
        for start in range(0, len(chosen), _AT_ONCE):
            asked = chosen[start : start + _AT_ONCE]
            keys = [key for item in asked for key in (self._db.mark(item.address), item.id)]
            rows = self._db.all(_STANDING.format(", ".join(["(?, ?)"] * len(asked))), (*keys, since, since))
            found |= {row["id"]: row["message"] or "" for row in rows}
            awaiting = {row["id"] for row in rows if row["awaits_form"]}
            held |= {item.id for item in asked if item.may_wait and item.id in awaiting}
        return found, held

    def _choose(self, now: float, receipts: Sequence[tuple[Item, Receipt]]) -> tuple[list[Item], list[Item], float]:
        """What may be sent once these receipts are accounted for, and what need not be; all is still in its lane."""
        chosen: list[Item] = []
        left_out: list[Item] = []
        wait = 60.0
        free = now >= self._alone_until or any(item.told_apart for item, _ in receipts)
        freed = (self._lanes[item.address] for item, receipt in receipts if receipt.fate in ENDS)
        lanes = [*self._calling.values(), *(lane for lane in freed if lane.waiting)]
        left = {name: bucket.ready(now) for name, bucket in self._platforms.items()}
        for lane in sorted(lanes, key=lambda lane: lane.waiting[0].rank):
            item, overtaken = lane.next()
            name = item.outgoing.address.platform
            if left[name] < 1:
                wait = min(wait, self._platforms[name].wait(now))
                if not any(left.values()):
                    break
                continue
            pause = max(lane.not_before - now, lane.bucket.wait(now))
            if item.told_apart and self._ahead not in (None, item):
                continue  # it is woken once that one has been sent
            if item.told_apart and not free:
                pause = max(pause, self._alone_until - now, 0.001)
            if pause > 0:
                wait = min(wait, pause)
                continue
            left[name] -= 1
            free = free and not item.told_apart
            item.along = lane.along(item, overtaken)
            chosen.append(item)
            left_out += overtaken
        return chosen, left_out, wait

    def _set_off(self, now: float, lane: Lane, item: Item) -> None:
        """The choice is committed: send it."""
        for part in item.parts:
            part.attempts += 1
        lane.busy = True
        self._calling.pop(item.address)
        lane.bucket.take(now)
        self._platforms[item.outgoing.address.platform].take(now)
        if item.told_apart:
            self._alone_until = now + ALONE_SECONDS
        self._begin(self._carry(item))

    def _begin(self, sending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _toast(self, outgoing: Outgoing) -> None:
        receipt = await self._send(outgoing, "")
        if receipt.fate is not Fate.DONE:
            log.info("passing word lost", reason=receipt.reason)
        self._wake.set()

    async def _carry(self, item: Item) -> None:
        outgoing = item.message
        if any(part.repeat and part.is_marked for part in item.parts):
            outgoing = replace(outgoing, text=f"{text('zh', 'possible-repeat')}\n{outgoing.text}")
        receipt = await self._send(outgoing, item.standing)
        self._receipts.append((item, receipt))
        self._wake.set()

    async def _send(self, outgoing: Outgoing, standing: str) -> Receipt:
        try:
            return await self._channels[outgoing.address.platform].send(outgoing, standing)
        except Exception as error:
            log.exception("send failed", act=outgoing.act.value)
            return Receipt(Fate.REFUSED, reason=type(error).__name__)

    def _account(self, item: Item, receipt: Receipt) -> None:
        outgoing = item.message
        self._db.after_commit(partial(self._free, item))
        match receipt.fate:
            case Fate.DONE:
                for part in item.parts:
                    self._db.execute(_ENDED, ("done", "", part.id))
                if outgoing.act is Act.FORGET:
                    self._db.execute(_DROP, (self._db.mark(item.address), outgoing.card))
                elif outgoing.card and receipt.message and receipt.message != item.standing:
                    group = item.address if outgoing.card.startswith("group:") else ""
                    chat, now = self._db.mark(item.address), self._clock.now()
                    self._db.execute(_KEEP, (chat, outgoing.card, group, receipt.message, now))
            case Fate.GONE:
                self._db.execute(_DROP, (self._db.mark(item.address), outgoing.card))
                self._again(item, "gone", 0.0)
            case Fate.RETRY | Fate.UNCERTAIN:
                backoff = min(60.0, 0.25 * 2**item.attempts) * random.uniform(0.5, 1.0)
                wait = max(receipt.wait, backoff)
                self._again(item, receipt.reason, wait, uncertain=receipt.fate is Fate.UNCERTAIN)
            case Fate.UNREACHABLE | Fate.REFUSED:
                for part in item.parts:
                    self._db.execute(_ENDED, ("failed", receipt.reason, part.id))
                if outgoing.act is Act.FORGET:
                    self._db.execute(_DROP, (self._db.mark(item.address), outgoing.card))
                log.warning("not delivered", id=item.id, fate=receipt.fate.value, reason=receipt.reason)
        if (outgoing.about and receipt.fate in ENDS) or receipt.fate is Fate.UNREACHABLE:
            self._tell(item, receipt)

    def _tell(self, item: Item, receipt: Receipt) -> None:
        """Those who asked about this message hear what became of it, and whoever goes by its reader that nothing
        reaches them; a fault of theirs keeps nobody from sending."""
        desk = Desk(self._db, self._clock.now(), self._house)
        try:
            with self._db.savepoint():
                if item.outgoing.about:
                    self._delivered(desk, item.outgoing.about, receipt)
                if receipt.fate is Fate.UNREACHABLE:
                    self._unreachable(desk, item.address)
                self.post(desk.out, f"receipt:{item.id}:{item.attempts}", desk.now)
        except Exception as error:
            if is_of_database(error):
                raise  # not this receipt: the whole round is tried again
            log.exception("receipt not taken", id=item.id)

    def _again(self, item: Item, reason: str, wait: float, *, uncertain: bool = False) -> None:
        for part in item.parts:
            repeat = part.repeat or uncertain
            self._db.execute(_AGAIN, (part.attempts, repeat, reason, part.id))
            self._db.after_commit(partial(self._wait_again, replace(part, repeat=repeat, along=[]), wait))

    def _wait_again(self, item: Item, wait: float) -> None:
        lane = self._lanes[item.address]
        lane.not_before = self._monotonic() + wait
        self._queue(lane, item)

    def _free(self, item: Item) -> None:
        """The account of this item is committed: its chat, and alerts, may go on."""
        lane = self._lanes[item.address]
        lane.busy = False
        if lane.waiting:
            self._calling[item.address] = lane
        if item.told_apart:
            self._alone_until = 0.0

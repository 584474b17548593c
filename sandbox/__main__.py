"""`python -m sandbox`: a Telegram on this machine, until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from datetime import datetime
from pathlib import Path

from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.server import start
from sandbox.world import TOKEN, World


async def serve(port: int, world: World, limits: Limits, folder: Path | None) -> None:
    """Run until a signal says stop; the one line printed tells where."""
    if folder:
        world.load(folder)
    running = await start(port=port, world=world, limits=limits)
    print(f"sandbox {running.url}", flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await running.stop()
    if folder:
        world.save(folder)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser("sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free port")
    parser.add_argument("--token", default=TOKEN, help="the only token accepted; 'any' accepts all")
    parser.add_argument("--start", type=datetime.fromisoformat, help="the time it is, ISO; local without a zone")
    parser.add_argument("--zone", default="Asia/Shanghai")
    parser.add_argument("--data", type=Path, help="folder to keep the world in from one run to the next")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429 of its own accord")
    given = parser.parse_args()
    token = None if given.token == "any" else given.token
    world = World(token, Clock(given.start, given.zone))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, world, Limits(enabled=not given.no_limits), given.data))


if __name__ == "__main__":
    main()

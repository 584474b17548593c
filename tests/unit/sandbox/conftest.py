"""A sandbox running inside the test's own event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.server import Running, start


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    sandbox = await start()
    yield sandbox
    await sandbox.stop()

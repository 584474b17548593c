from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.scenarios.story import Story


@pytest_asyncio.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    opened = await Story.open(tmp_path)
    yield opened
    await opened.close()

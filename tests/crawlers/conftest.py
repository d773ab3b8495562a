from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.settings import Settings
from tests.newsroom import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom() as served:
        yield served


@pytest.fixture
def settings(room: Newsroom, tmp_path: Path) -> Settings:
    """An installation whose only sources are the newsroom's."""
    write_sources(tmp_path / "sources")
    return Settings(
        bucket=str(tmp_path / "bucket"), state=tmp_path / "state", sources=tmp_path / "sources", resolve=room.resolve
    )

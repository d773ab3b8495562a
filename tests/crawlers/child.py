"""A crawl in a process of its own, so that a test can send it a signal."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.processes import environment

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from tests.newsroom import Newsroom


def started(settings: Settings, source: str, *options: str) -> subprocess.Popen[str]:
    """Start a crawl of `source` with the settings of the test."""
    command = [sys.executable, "-m", "crawlers.run", source, "--log-level", "WARNING", *options]
    return subprocess.Popen(
        command, env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def declare(settings: Settings, source: str, **values: object) -> None:
    """Write these values of a declaration over those that it has, such as a longer delay."""
    assert settings.sources
    path = settings.sources / f"{source}.yaml"
    lines = [line for line in path.read_text().splitlines() if line.partition(":")[0] not in values]
    path.write_text("\n".join([*lines, *(f"{key}: {json.dumps(value)}" for key, value in values.items()), ""]))


def await_hits(room: Newsroom, count: int, process: subprocess.Popen[str] | None = None) -> None:
    """Wait until the newsroom has seen `count` requests, or the process has ended."""
    until = time.monotonic() + 60
    while len(room.log) < count and (process is None or process.poll() is None):
        assert time.monotonic() < until, "the crawl did not get under way"
        time.sleep(0.005)

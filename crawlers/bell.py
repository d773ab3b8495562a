"""A bell: whoever rings it for a source has it crawled, at once the first time, and no more often than a pause allows."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PAUSE", "Bell"]

# Seconds from one crawl to the next: a hub that tells of each correction, or a delivery that someone sends again and again,
# costs the publisher a look at its feeds a minute.
PAUSE = 60.0


class Bell:
    """Rings that come during the pause are one, which counts when the pause is over."""

    def __init__(self, heard: Callable[[str], None], pause: float = PAUSE) -> None:
        """`heard` is called with a source's id, from a thread; `pause` is in seconds."""
        self._heard, self._pause = heard, pause
        self._last: dict[str, float] = {}
        self._waiting: set[str] = set()
        self._lock = threading.Lock()

    def ring(self, source: str) -> None:
        """Ring for a source; returns at once."""
        with self._lock:
            if source in self._waiting:
                return
            self._waiting.add(source)
            now = time.monotonic()
            due = max(now, self._last.get(source, now - self._pause) + self._pause)
        timer = threading.Timer(due - now, self._sound, [source])
        timer.daemon = True
        timer.start()

    def _sound(self, source: str) -> None:
        with self._lock:
            self._waiting.discard(source)
            self._last[source] = time.monotonic()
        self._heard(source)

"""Rings for a source: the first counts at once, a burst of them once more."""

from __future__ import annotations

import time
from queue import Empty, Queue

import pytest

from crawlers.bell import Bell


def test_a_burst_of_rings_is_heard_at_once_and_once_more_after_the_pause() -> None:
    heard: Queue[tuple[str, float]] = Queue()
    bell, began = Bell(lambda source: heard.put((source, time.monotonic())), 0.5), time.monotonic()
    bell.ring("wire")
    assert heard.get(timeout=10)[0] == "wire"
    for _ in range(100):
        bell.ring("wire")
    source, at = heard.get(timeout=10)
    assert (source, at - began >= 0.5) == ("wire", True)
    with pytest.raises(Empty):
        heard.get(timeout=0.8)


def test_no_source_waits_for_another_ones_pause() -> None:
    heard: Queue[str] = Queue()
    bell = Bell(heard.put, 3600)
    for source in ("wire", "wire", "post", "wire", "post"):
        bell.ring(source)
    assert {heard.get(timeout=10), heard.get(timeout=10)} == {"wire", "post"}
    assert heard.empty()

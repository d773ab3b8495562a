"""Content codings are undone within their limit, whole and damaged."""

from __future__ import annotations

import zlib

import pytest

from pipelines.coding import decode
from pipelines.errors import Quarantine


def packed(text: bytes) -> bytes:
    """Give `text` as gzip that stores it as it is, with a wrong checksum in the last eight bytes."""
    stream = zlib.compressobj(0, zlib.DEFLATED, 31)
    return (stream.compress(text) + stream.flush())[:-8] + bytes(8)


# The checksum begins a block of 512 bytes, so that all of the text is read before the damage is.
TEXT = b"x" * (4 * 512 - 15)


def test_what_came_before_the_damage_is_the_page() -> None:
    assert decode(packed(TEXT), ["gzip"], len(TEXT)) == TEXT


def test_damage_lifts_no_limit() -> None:
    with pytest.raises(Quarantine, match=f"decompresses to more than {len(TEXT) - 1}"):
        decode(packed(TEXT), ["gzip"], len(TEXT) - 1)

"""The demo newsroom: invented publishers on loopback whose pages know their own truth."""

from tests.newsroom.server import Newsroom

__all__ = ["Newsroom"]

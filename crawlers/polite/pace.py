"""How fast one host is asked: never faster than it allows, slower when it struggles, not at all while it says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Pace", "retry_after"]

# The first slow-down of a host that is asked without any delay, in seconds.
_STEP = 1.0
# An answer this many times slower than the host's usual one, and slow to a reader too, is a sign of strain.
_SLOW_FACTOR = 3.0
_SLOW_SECONDS = 2.0
# After a good answer a raised delay shrinks to this share: back to normal after about ten of them.
_RECOVERY = 0.7
_STRAINED = frozenset({429, 500, 502, 503, 504, 520, 522, 524})


@dataclass(slots=True)
class Pace:
    """The rhythm of one host during one crawl. Times are seconds of a monotonic clock."""

    floor: float
    """Delay between two requests that the source's declaration or robots.txt asks for."""
    ceiling: float
    """Longest delay that is kept for a host in trouble that asks for none itself."""
    delay: float = 0.0
    """Delay in force."""
    usual: float | None = None
    """Usual time to an answer; null before the first."""
    failures: int = 0
    """Requests in a row that found the host in trouble."""
    _next: float = -math.inf
    _quiet_until: float = 0.0

    def __post_init__(self) -> None:
        self.delay = max(self.delay, self.floor)

    def slow_to(self, floor: float) -> None:
        """Take over a longer delay that robots.txt asks for; it counts from the last request on."""
        if floor > self.floor:
            self._next += max(0.0, floor - self.delay)
            self.floor = floor
            self.delay = max(self.delay, floor)

    def asked_ago(self, seconds: float, now: float) -> None:
        """Take over when an earlier crawl asked last: the delay counts from there."""
        self._next = max(self._next, now - seconds + self.delay)

    def wait(self, now: float) -> float:
        """Give the seconds until the next turn."""
        return max(now, self._next, self._quiet_until) - now

    def turn(self, now: float) -> float:
        """Reserve the next turn and give the seconds until it."""
        wait = self.wait(now)
        self._next = now + wait + self.delay
        return wait

    def quiet(self, now: float) -> float:
        """Give the seconds for which the host asked not to be visited."""
        return max(0.0, self._quiet_until - now)

    def hush(self, seconds: float, now: float) -> None:
        """Keep quiet for so long: the host asked for it, in this crawl or in an earlier one."""
        self._quiet_until = max(self._quiet_until, now + seconds)

    def answered(self, status: int, seconds: float, now: float, wait: float | None) -> None:
        """Learn from an answer: `seconds` it took since the request left, `wait` by its Retry-After (None: it has none)."""
        seconds = max(seconds, 0.0)  # the wall clock may have been set back meanwhile
        # The turn was taken before the connection was made: the pause counts from the request itself.
        self._next = max(self._next, now - seconds + self.delay)
        slow = self.usual is not None and seconds > max(_SLOW_SECONDS, _SLOW_FACTOR * self.usual)
        self.usual = seconds if self.usual is None else 0.8 * self.usual + 0.2 * seconds
        if status in _STRAINED:
            self.failed()
        elif slow:
            self._slow_down()
            # A pause that the slow answer itself has used up would be none.
            self._next = max(self._next, now + self.delay)
        else:
            self.failures = 0
            self.delay = max(self.floor, self.delay * _RECOVERY if self.delay > _STEP / 4 else 0.0)
        if wait is not None and status in {429, 503}:
            self.hush(wait, now)

    def failed(self) -> None:
        """Learn that the host is in trouble."""
        self.failures += 1
        self._slow_down()

    def _slow_down(self) -> None:
        slower = max(self.floor, min(max(self.delay * 2, _STEP), self.ceiling))
        self._next += slower - self.delay
        self.delay = slower


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date, as seconds from `now`; None where absent or unreadable."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())

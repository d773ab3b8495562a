"""What the times of a page tell of each other: another claim of the same day the hour and zone of a coarse one, and which was first."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from pipelines.records import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.extract.dates.moments import Moment

__all__ = ["is_before", "is_exact", "refined"]

# From the zone farthest east to UTC, which a clock without a zone is read in.
_SPREAD = timedelta(hours=14)


def is_exact(moment: Moment) -> bool:
    """Tell whether a page states an instant, and not a day, the midnight that machines make of one, or a clock somewhere."""
    return moment.zoned and _tells_hour(moment)


def refined(first: Moment, others: Iterable[Moment]) -> Moment:
    """Give the first of `others` that says of the same day what `first` leaves open; itself where none does."""
    best = first
    for other in others:
        if _refines(other, best):
            best = other
        if is_exact(best):
            break
    return best


def is_before(moment: Moment, other: Moment) -> bool:
    """Tell whether a moment was surely before another; a clock without a zone may be that of any."""
    clocks = moment.precision is not Precision.DAY and not (moment.zoned and other.zoned)
    return moment.time + (_SPREAD if clocks else timedelta()) < other.time


def _refines(other: Moment, best: Moment) -> bool:
    """Tell whether a moment says more than another and contradicts nothing of it."""
    if other.time == best.time or other.time.date() != best.time.date() or not _tells_hour(other):
        return False
    if not _tells_hour(best):
        return True
    same = (other.time.hour, other.time.minute) == (best.time.hour, best.time.minute)
    return same and other.zoned and not best.zoned


def _tells_hour(moment: Moment) -> bool:
    return moment.precision is not Precision.DAY and moment.time.time() != time()

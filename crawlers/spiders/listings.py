"""Listings become errands: what a feed, sitemap, section or archive names, and which of it is to be visited now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawlers.discover import feeds, sections, sitemaps, wayback
from crawlers.frontier import Errand
from crawlers.polite import revisit
from pipelines import urls
from pipelines.errors import Reject
from pipelines.records import Outcome, Role

if TYPE_CHECKING:
    from crawlers.discover.listing import Listing
    from crawlers.job import Job
    from pipelines.records import Candidate

__all__ = ["PLACES", "propose", "propose_declared", "propose_place", "read_listing"]

PLACES = (Role.FEED, Role.SITEMAP, Role.SECTION, Role.CAPTURES)
"""What is read for its links."""
# Of so many requests that a host's delay allows, the source's feeds, sitemaps and sections take one at most.
_SHARE = 4
# Links taken in between two looks at what else there is to do: 20 ms of work.
_SLICE = 500


async def read_listing(
    job: Job, errand: Errand, body: bytes, url: str, content_type: str | None
) -> tuple[Listing, str]:
    """Take in what the listing `body`, received from `url`, names; give it with a sentence on what it held.

    A sitemap may name 50,000 URLs: it is read in a thread and taken in by slices, so that nothing else waits for it.
    """
    listing = await asyncio.to_thread(_listing, job, errand.role, body, url, content_type)
    fresh = 0
    for start in range(0, len(listing.candidates), _SLICE):
        fresh += sum(propose(job, candidate) for candidate in listing.candidates[start : start + _SLICE])
        await asyncio.sleep(0)
    # What goes on with the next rows of one answer lies no deeper.
    deeper = 0 if errand.role is Role.CAPTURES else 1
    if errand.depth + deeper <= job.limits.fetch.sitemap_depth:
        for child in listing.children:
            propose_place(job, child, errand.role, errand.depth + deeper, listing.lastmod.get(child))
    elif listing.children:
        told = "its parts lie deeper than fetch.sitemap_depth and are not read"
        listing = replace(listing, trouble="; ".join(filter(None, (listing.trouble, told))))
    if listing.trouble:
        job.troubles.append(f"{errand.url}: {listing.trouble}")
    trouble = f"; {listing.trouble}" if listing.trouble else ""
    told = f"{len(listing.candidates)} links, {fresh} of them to visit, {len(listing.children)} children{trouble}"
    return listing, told


def _listing(job: Job, role: Role, body: bytes, url: str, content_type: str | None) -> Listing:
    if role is Role.FEED:
        return feeds.read(body, url, job.source, content_type)
    if role is Role.SITEMAP:
        return sitemaps.read(body, url, job.source, since=job.since, until=job.until, content_type=content_type)
    if role is Role.CAPTURES:
        return _captures(job, body, url)
    return sections.read(body, url, job.source, content_type)


def _captures(job: Job, body: bytes, url: str) -> Listing:
    """Read one answer of the Wayback Machine; the rows that follow are asked for with its key."""
    found = wayback.read(body, url, job.source)
    following = job.captures_query(found.resume) if found.resume else None
    return replace(found.listing, children=(following,)) if following else found.listing


def propose(job: Job, candidate: Candidate) -> bool:
    """Take in a candidate that is new, changed or due; tell whether it will be visited."""
    dated = candidate.published or candidate.modified
    if dated is not None and ((job.since and dated < job.since) or (job.until and dated >= job.until)):
        return False
    known = job.memory.know(candidate.url)
    if known is not None:
        now = datetime.now(UTC)
        proven = known.news > 1 and not known.claims
        modified = candidate.modified if job.believed or proven else None
        if revisit.due(known, now, job.limits.revisit, job.mode, modified) is None:
            return False
    elif trap := job.traps.caught(candidate.url, job.began.date()):
        told = f"{candidate.seen_in}: {trap}"
        if told not in job.troubles:
            job.troubles.append(told)
        return False
    return job.frontier.add(Errand(candidate.url, Role.ARTICLE, 0, candidate), dated)


def propose_declared(job: Job, place: str, role: Role) -> None:
    """Take in what the source declares where it is due; else note whether it is well or backs off from a trouble."""
    if propose_place(job, place, role):
        return
    try:
        url = urls.normalise(place)
    except Reject:
        return  # told by `propose_place`
    known = job.memory.know(url)
    if known is None or known.last is None:
        return
    if known.outcome in {Outcome.READ, Outcome.UNCHANGED}:
        job.resting += 1
        return
    until = revisit.next_visit(known, datetime.now(UTC), *_bounds(job, url))
    job.backing_off = min(until, job.backing_off or until)
    reason = job.memory.troubles.get(url) or known.outcome
    job.troubles.append(f"{url}: backing off until {until:%Y-%m-%d %H:%M} UTC; last trouble: {reason}")


def _bounds(job: Job, url: str) -> tuple[float, float]:
    """Give the shortest and longest rest of a place in minutes: of few requests, most are for articles."""
    source, rhythm = job.source, job.source.rhythm
    places = max(1, len(source.feeds) + len(source.sitemaps) + len(source.sections))
    least = max(rhythm.least, _SHARE * places * job.pace(url).floor / 60)
    return least, max(rhythm.most, least)


def propose_place(job: Job, url: str, role: Role, depth: int = 0, modified: datetime | None = None) -> bool:
    """Take in a feed, sitemap or section that is due; tell whether it will be visited.

    `modified` is its latest change by the word of the index that names it: one before its last visit is not walked.
    """
    try:
        url = urls.normalise(url)
    except Reject as error:
        job.troubles.append(f"{url[:200]}: {error}")
        return False
    known, now = job.memory.know(url), datetime.now(UTC)
    if not revisit.place_due(known, now, *_bounds(job, url), job.mode):
        return False
    # What the source declares is asked for as long as it is declared, so that its trouble is told.
    if (
        role is Role.SITEMAP
        and revisit.retired(known, now, job.mode)
        and url not in map(urls.normalise, job.source.sitemaps)
    ):
        return False
    if modified is not None and not job.bounded and known is not None and known.read_since(modified):
        return False
    return job.frontier.add(Errand(url, role, depth, None))

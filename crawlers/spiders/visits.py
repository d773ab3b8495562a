"""Judge what came of a URL and close its errand with exactly one visit; listings become further errands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy.exceptions import IgnoreRequest

from crawlers.discover import feeds, sections, sitemaps
from crawlers.frontier import Errand
from crawlers.polite import revisit
from pipelines import urls
from pipelines.errors import Quarantine, Reject, RetryLater
from pipelines.records import Outcome, Role, Visit

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawlers.discover.listing import Listing
    from crawlers.exchange import Exchange
    from crawlers.job import Job
    from pipelines.records import Candidate, Reservation

__all__ = ["PLACES", "answered", "close", "failed", "propose", "propose_place"]

PLACES = (Role.FEED, Role.SITEMAP, Role.SECTION)
"""What is read for its links."""
_AGAIN = frozenset({408, 425, 429})


class _Verdict(NamedTuple):
    outcome: Outcome | None
    reason: str | None = None
    retry: bool = False


def answered(job: Job, response: Response) -> None:
    """Close the errand of a response that is the last word on its URL."""
    meta = response.meta
    errand: Errand = meta["errand"]
    exchange: Exchange = meta["exchanges"][-1]
    verdict = _judge(job, errand, response, exchange)
    if errand.role is not Role.ARTICLE and response.status == 200 and verdict.outcome in {None, Outcome.UNCHANGED}:
        # One with the same body is read too: what it names may be wanted now and not have been before.
        verdict = _Verdict(verdict.outcome or Outcome.READ, _read(job, errand, response))
    close(job, meta, verdict.outcome, verdict.reason, retry=verdict.retry, final_url=response.url)


def _judge(job: Job, errand: Errand, response: Response, exchange: Exchange) -> _Verdict:
    if response.status >= 300:
        return _status(response.status, errand.role)
    limits = job.limits.fetch
    if exchange.truncated == "length":
        return _Verdict(Outcome.FAILED, f"body longer than {limits.body_bytes} bytes")
    if exchange.truncated is not None:
        return _Verdict(Outcome.FAILED, f"body not whole ({exchange.truncated})", retry=True)
    if len(response.body) > limits.ratio * max(len(exchange.payload), 1):
        return _Verdict(Outcome.FAILED, f"decompresses to {len(response.body)} bytes, more than {limits.ratio} times")
    if job.archive.unchanged(errand.url, exchange):
        return _Verdict(Outcome.UNCHANGED, "the same body as at the visit before")
    return _Verdict(None)


def _status(status: int, role: Role) -> _Verdict:
    if status == 304:
        return _Verdict(Outcome.UNCHANGED, "HTTP 304: not modified")
    if status < 400:
        return _Verdict(Outcome.FAILED, f"HTTP {status} that leads to no http(s) URL")
    if role is Role.ROBOTS and status < 500:
        return _Verdict(Outcome.READ, f"HTTP {status}: no robots.txt")
    return _Verdict(Outcome.FAILED, f"HTTP {status}", status >= 500 or status in _AGAIN)


def _read(job: Job, errand: Errand, response: Response) -> str:
    """Take the candidates and children out of a listing; give a sentence on what it held."""
    if errand.role not in PLACES:
        return f"HTTP {response.status}"
    listing = _listing(job, errand, response)
    fresh = sum(propose(job, candidate) for candidate in listing.candidates)
    if errand.depth < job.limits.fetch.sitemap_depth:
        for child in listing.children:
            propose_place(job, child, errand.role, errand.depth + 1, listing.lastmod.get(child))
    if listing.trouble:
        job.troubles.append(f"{errand.url}: {listing.trouble}")
    trouble = f"; {listing.trouble}" if listing.trouble else ""
    return f"{len(listing.candidates)} links, {fresh} of them to visit, {len(listing.children)} children{trouble}"


def _listing(job: Job, errand: Errand, response: Response) -> Listing:
    header = response.headers.get("Content-Type")
    content_type = header.decode("latin-1") if header else None
    if errand.role is Role.FEED:
        return feeds.read(response.body, response.url, job.source, content_type)
    if errand.role is Role.SITEMAP:
        return sitemaps.read(
            response.body, response.url, job.source, since=job.since, until=job.until, content_type=content_type
        )
    return sections.read(response.body, response.url, job.source, content_type)


def propose(job: Job, candidate: Candidate) -> bool:
    """Take in a candidate that is new, changed or due; tell whether it will be visited."""
    dated = candidate.published or candidate.modified
    if dated is not None and ((job.since and dated < job.since) or (job.until and dated >= job.until)):
        return False
    known = job.memory.know(candidate.url)
    if known is not None:
        now = datetime.now(UTC)
        if revisit.due(known, now, job.limits.revisit, job.mode, candidate.modified) is None:
            return False
    return job.frontier.add(Errand(candidate.url, Role.ARTICLE, 0, candidate), dated)


def propose_place(job: Job, url: str, role: Role, depth: int = 0, modified: datetime | None = None) -> bool:
    """Take in a feed, sitemap or section that is due; tell whether it will be visited.

    `modified` is its latest change by the word of the index that names it: one before its last visit is not walked.
    """
    try:
        url = urls.normalise(url)
    except Reject as error:
        job.troubles.append(f"{url[:200]}: {error}")
        return False
    rhythm, known = job.source.rhythm, job.memory.know(url)
    if not revisit.place_due(known, datetime.now(UTC), rhythm.least, rhythm.most, job.mode):
        return False
    if modified is not None and not job.bounded and known is not None and known.read_since(modified):
        return False
    return job.frontier.add(Errand(url, role, depth, None))


def failed(job: Job, meta: dict[str, Any], error: BaseException) -> None:
    """Close the errand of a request that ended in an error."""
    if isinstance(error, Reject):
        close(job, meta, Outcome.REFUSED, str(error))
    elif isinstance(error, RetryLater):
        close(job, meta, Outcome.FAILED, str(error), retry=True)
    elif isinstance(error, IgnoreRequest | Quarantine):
        close(job, meta, Outcome.FAILED, str(error))
    else:
        close(job, meta, Outcome.FAILED, f"{type(error).__name__}: {error}")


def close(
    job: Job,
    meta: dict[str, Any],
    outcome: Outcome | None,
    reason: str | None,
    *,
    retry: bool = False,
    final_url: str | None = None,
    reservations: tuple[Reservation, ...] = (),
) -> None:
    """Write the one visit of an errand."""
    errand: Errand = meta["errand"]
    if not job.frontier.end(errand.url):
        return
    visit = Visit(
        url=errand.url,
        final_url=final_url or errand.url,
        role=errand.role,
        candidate=errand.candidate,
        redirects=tuple(meta.get("redirect_urls", ())[1:]),
        reservations=reservations,
        outcome=outcome,
        reason=reason,
        retry=retry,
    )
    job.archive.write(visit, meta["exchanges"])
    job.outcomes[outcome.value if outcome else "fetched"] += 1
    if errand.role in PLACES:
        job.asked += 1
        job.read += outcome in {Outcome.READ, Outcome.UNCHANGED}

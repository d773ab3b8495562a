"""Judge what came of a URL and close its errand with exactly one visit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from scrapy.exceptions import IgnoreRequest

from crawlers.discover import wayback
from crawlers.job import AGENT, OutOfTime, origin
from crawlers.polite import rights
from crawlers.polite.robots import passing
from crawlers.spiders.listings import PLACES, read_listing
from pipelines.errors import CopydeskError, Reject, RetryLater
from pipelines.records import Outcome, Role, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy.http import Response

    from crawlers.exchange import Exchange
    from crawlers.frontier import Errand
    from crawlers.job import Job
    from pipelines.records import Candidate, Reservation
    from pipelines.rights import Permission

__all__ = [
    "Verdict",
    "Withheld",
    "answered",
    "check_rights",
    "close",
    "failed",
]

_NOT_MODIFIED = 304
_CONDITIONS = frozenset({b"If-None-Match", b"If-Modified-Since"})


class Withheld(Reject):
    """The publisher reserves the page, and the policy keeps no copy of what is reserved like this."""

    def __init__(self, permission: Permission, reserved: tuple[Reservation, ...]) -> None:
        by = permission.by
        reason = f"{by.protocol} {by.statement}: {by.evidence}" if by else "reserved"
        super().__init__(f"{reason} (kept: {permission.level})")
        self.reserved = reserved
        self.headline = permission.headline


class Verdict(NamedTuple):
    """How a URL ended, as `Visit` has it."""

    outcome: Outcome | None
    reason: str | None = None
    retry: bool = False


async def answered(job: Job, response: Response) -> None:
    """Close the errand of a response that is the last word on its URL."""
    meta = response.meta
    errand: Errand = meta["errand"]
    exchange: Exchange = meta["exchanges"][-1]
    verdict = _judge(job, errand, response, exchange)
    if "gone" in meta:
        _captured(job, response, verdict)
        return
    if errand.role is not Role.ARTICLE and response.status == 200 and verdict.outcome in {None, Outcome.UNCHANGED}:
        # One with the same body is read too: what it names may be wanted now and not have been before.
        verdict = await _read(job, errand, response, verdict.outcome or Outcome.READ)
    reserved: tuple[Reservation, ...] = ()
    if errand.role is Role.ARTICLE and response.status < 300:
        try:
            reserved = check_rights(job, response.url, _values(response), response.body)
        except Withheld as withheld:
            failed(job, meta, withheld)
            return
    close(job, meta, verdict, response.url, reserved)


def _captured(job: Job, response: Response, verdict: Verdict) -> None:
    """Close the errand of a page that is gone with what a web archive answered: as the page's own, with its evidence."""
    meta, url = response.meta, response.meta["errand"].url
    at = wayback.captured(response.url, job.wayback or "")
    if at is None or verdict.outcome is Outcome.FAILED:
        why = verdict.reason if at else f"{response.url} is no capture"
        close(job, meta, verdict._replace(outcome=Outcome.FAILED, reason=f"{meta['gone']}; its capture: {why}"))
        return
    try:
        reserved = check_rights(job, url, wayback.captured_headers(_values(response)), response.body)
    except Withheld as withheld:
        failed(job, meta, withheld)
        return
    close(job, meta, verdict, url, reserved, capture=(response.url, at))


def check_rights(
    job: Job, url: str, headers: Mapping[str, Sequence[str]], html: bytes | None
) -> tuple[Reservation, ...]:
    """Give what is reserved for an article. Raises `Withheld` where the policy lets the archive hold no copy of it."""
    rules = job.rules.get(origin(url))
    robots, files = rules or (None, {})
    reserved = rights.reservations(url, headers, html, robots, files, agent=AGENT)
    permission = rights.permits(reserved, job.limits.rights, datetime.now(UTC), agent=AGENT)
    if not permission.archive:
        raise Withheld(permission, reserved)
    return reserved


def _values(response: Response) -> dict[str, list[str]]:
    return {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in response.headers.items()
    }


def _judge(job: Job, errand: Errand, response: Response, exchange: Exchange) -> Verdict:
    if response.status != 200:
        asked = response.request.headers if response.request else {}
        return _status(response.status, errand.role, conditional=not _CONDITIONS.isdisjoint(asked))
    limits = job.limits.fetch
    if exchange.truncated == "length":
        return Verdict(Outcome.FAILED, f"body longer than {limits.body_bytes} bytes")
    if exchange.truncated is not None:
        return Verdict(Outcome.FAILED, f"body not whole ({exchange.truncated})", retry=True)
    if exchange.rendered is None and len(response.body) > limits.ratio * max(len(exchange.payload), 1):
        return Verdict(Outcome.FAILED, f"decompresses to {len(response.body)} bytes, more than {limits.ratio} times")
    if job.archive.unchanged(errand.url, exchange):
        return Verdict(Outcome.UNCHANGED, "the same body as at the visit before")
    return Verdict(None)


def _status(status: int, role: Role, *, conditional: bool = False) -> Verdict:
    """Judge what is no page by its status; 304 says something to a request under conditions only."""
    if status < 300:
        told = role in {Role.ARTICLE, *PLACES}
        return Verdict(Outcome.FAILED if told else Outcome.READ, f"HTTP {status}: not the page itself", retry=told)
    if status == _NOT_MODIFIED:
        if conditional:
            return Verdict(Outcome.UNCHANGED, "HTTP 304: not modified")
        return Verdict(Outcome.FAILED, "HTTP 304 to a request without conditions", retry=True)
    if status < 400:
        return Verdict(Outcome.FAILED, f"HTTP {status} that leads to no http(s) URL")
    if role in {Role.ROBOTS, Role.WELL_KNOWN} and not passing(status):
        return Verdict(Outcome.READ, f"HTTP {status}: the host has none")
    return Verdict(Outcome.FAILED, f"HTTP {status}", passing(status))


async def _read(job: Job, errand: Errand, response: Response, outcome: Outcome) -> Verdict:
    """Take the candidates and children out of a listing; one in which nothing can be found is one that failed."""
    if errand.role not in PLACES:
        return Verdict(outcome, f"HTTP {response.status}")
    header = response.headers.get("Content-Type")
    content_type = header.decode("latin-1") if header else None
    listing, told = await read_listing(job, errand, response.body, response.url, content_type)
    empty = listing.trouble and not listing.candidates and not listing.children
    return Verdict(Outcome.FAILED if empty else outcome, told)


def failed(job: Job, meta: dict[str, Any], error: BaseException) -> None:
    """Close the errand of a request that ended in an error, or put it off where the crawl had no time for it."""
    if isinstance(error, OutOfTime) and not meta["exchanges"]:
        _put_off(job, meta["errand"])
        return
    told = f"{meta['gone']}; its capture: {error}" if "gone" in meta else str(error)
    if isinstance(error, Withheld):
        # What was received before the page said so is not kept either, nor a text that the feed carried.
        errand: Errand = meta["errand"]
        kept = errand._replace(candidate=_bare(errand.candidate, headline=error.headline))
        stripped = {**meta, "errand": kept, "exchanges": []}
        close(job, stripped, Verdict(Outcome.REFUSED, str(error)), reserved=error.reserved)
    elif isinstance(error, Reject) and "gone" not in meta:
        close(job, meta, Verdict(Outcome.REFUSED, told))
    elif isinstance(error, CopydeskError | IgnoreRequest):
        close(job, meta, Verdict(Outcome.FAILED, told, isinstance(error, RetryLater)))
    else:
        close(job, meta, Verdict(Outcome.FAILED, f"{type(error).__name__}: {error}"))


def _put_off(job: Job, errand: Errand) -> None:
    """Leave a URL to the next crawl; it counts as not asked for."""
    job.frontier.put_off(errand)
    if errand.role is Role.ARTICLE:
        job.left += 1
    elif errand.role in PLACES:
        job.places_left += 1


def _bare(candidate: Candidate | None, *, headline: bool) -> Candidate | None:
    """Give what may be kept of a candidate whose article is withheld: link and headline, or the link alone."""
    if candidate is None:
        return None
    return candidate.model_copy(update={"text": None, **({} if headline else {"title": None})})


def close(
    job: Job,
    meta: dict[str, Any],
    verdict: Verdict,
    final_url: str | None = None,
    reserved: tuple[Reservation, ...] = (),
    *,
    capture: tuple[str, datetime] | None = None,
) -> None:
    """Write the one visit of an errand; `capture` is address and time of the web archive's capture that answers it."""
    errand: Errand = meta["errand"]
    if job.broken is not None or not job.frontier.end(errand.url):
        return
    outcome, reason, retry = verdict
    visit = Visit(
        url=errand.url,
        final_url=final_url or errand.url,
        role=errand.role,
        candidate=errand.candidate,
        redirects=tuple(meta.get("redirect_urls", ())[1:]),
        reservations=reserved,
        outcome=outcome,
        reason=reason,
        retry=retry,
        capture=capture[0] if capture else None,
        captured=capture[1] if capture else None,
    )
    try:
        job.archive.write(visit, meta["exchanges"])
    except OSError as error:
        # Nothing more is asked for that could not be kept.
        job.fail(error)
        return
    job.outcomes[outcome.value if outcome else "fetched"] += 1
    if errand.role in PLACES:
        heard = outcome in {Outcome.READ, Outcome.UNCHANGED}
        job.asked += 1
        job.read += heard
        if heard:
            job.memory.troubles.pop(errand.url, None)
        elif errand.depth == 0:
            job.memory.troubles[errand.url] = reason or ""
        if not heard and not any(told.startswith(f"{errand.url}: ") for told in job.troubles):
            job.troubles.append(f"{errand.url}: {reason}")

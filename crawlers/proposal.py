"""Propose the declaration of a source from its home page: find its feeds, sitemaps and sections, and try each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import yaml

from crawlers.discover import autodiscover, feeds, sections, sitemaps
from crawlers.discover.listing import Listing
from pipelines import urls
from pipelines.errors import CopydeskError, Reject
from pipelines.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawlers.caller import Answer, Caller
    from pipelines.records import Candidate

__all__ = ["READERS", "Proposal", "Trial", "newest", "propose", "to_yaml", "trial"]

# A feed with fewer links says nothing about the shape of articles.
_ENOUGH_LINKS = 8
# Sections tried: enough for a site without feeds, few enough for its server.
_MOST_SECTIONS = 6
# A section with fewer articles is a landing page.
_ENOUGH_ARTICLES = 4
# Shapes of article paths, the most telling first.
_SHAPES = (
    r"/20\d\d/\d\d/\d\d/[^/]+",
    r"/20\d\d/\d\d/[^/]+",
    r"/20\d\d-\d\d-\d\d[-/][^/]+",
    r"/20\d{6}[-/]?[^/]+",
    r"[-_,.]\d{5,}(?:\.[a-z]+)?/?$",
    r"/\d{5,}(?:[-/.][^/]*)?/?$",
    r"/20\d\d/[^/]+",
)
READERS: dict[str, Callable[..., Listing]] = {"feeds": feeds.read, "sitemaps": sitemaps.read, "sections": sections.read}
"""What reads each kind of place."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One place that was tried."""

    kind: str
    """`feeds`, `sitemaps` or `sections`."""
    url: str
    """Where it was asked for."""
    listing: Listing
    """What it held; empty with a trouble where nothing came."""


@dataclass(slots=True)
class Proposal:
    """A declaration and how it was arrived at."""

    source: Source
    """The proposed source."""
    trials: list[Trial] = field(default_factory=list)
    """Every place that was tried, in order, kept or not."""


async def propose(caller: Caller, home: str) -> Proposal:
    """Look at the site at `home`. Raises `Reject` or `RetryLater` where its home page cannot be read."""
    answer = await caller.get(urls.normalise(home))
    if answer.status != 200:
        raise Reject(f"{answer.url}: HTTP {answer.status}")
    found = autodiscover.read(answer.body, answer.url, answer.content_type)
    site = urljoin(answer.url, "/") if not urlsplit(answer.url).path.strip("/") else answer.url
    proposal = Proposal(
        Source(id=_id(site), name=found.name or urls.host(site), home=site, language=found.language or "en")
    )
    usual_feeds, usual_sitemaps = autodiscover.usual(site)
    named = [sitemap for robots in caller.robots.values() for sitemap in robots.sitemaps]
    kept_feeds = await _first(caller, proposal, "feeds", found.feeds, usual_feeds)
    kept_sitemaps = await _first(caller, proposal, "sitemaps", [*named, *found.sitemaps], usual_sitemaps)
    tried = [await _try(caller, proposal, "sections", url) for url in found.sections[:_MOST_SECTIONS]]
    kept_sections = [one.url for one in tried if len(one.listing.candidates) >= _ENOUGH_ARTICLES]
    if not (kept_feeds or kept_sitemaps or kept_sections):
        kept_sections = [site]
    candidates = [one for trial in proposal.trials if trial.kind == "feeds" for one in trial.listing.candidates]
    proposal.source = proposal.source.model_copy(
        update={
            "feeds": tuple(kept_feeds),
            "sitemaps": tuple(kept_sitemaps),
            "sections": tuple(kept_sections),
            "articles": article_shape(candidates),
        }
    )
    return proposal


async def trial(caller: Caller, source: Source, kind: str, url: str) -> Trial:
    """Fetch one place of a source and read it; what goes wrong becomes the listing's trouble."""
    try:
        answer: Answer = await caller.get(urls.normalise(url))
    except CopydeskError as error:
        return Trial(kind, url, Listing(trouble=str(error)))
    if answer.status != 200:
        return Trial(kind, url, Listing(trouble=f"HTTP {answer.status}"))
    return Trial(kind, url, READERS[kind](answer.body, answer.url, source, content_type=answer.content_type))


def article_shape(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Give the expression that the paths of all feed links match; empty where no known shape fits every one."""
    paths = {urlsplit(candidate.url).path for candidate in candidates}
    if len(paths) < _ENOUGH_LINKS:
        return ()
    return next(((shape,) for shape in _SHAPES if all(re.search(shape, path) for path in paths)), ())


def to_yaml(source: Source) -> str:
    """Write a declaration as it stands in `config/sources`, without what is the default anyway."""
    fields = source.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    schema = "# yaml-language-server: $schema=../sources.schema.json\n"
    return schema + yaml.dump(fields, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=120)


class _Indented(yaml.SafeDumper):
    """Writes lists indented under their key, as the files in `config/sources` are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  PyYAML's signature
        """Indent lists too."""
        return super().increase_indent(flow, False)


def newest(listing: Listing) -> str:
    """Give the day of a listing's newest article, `-` where none is dated."""
    dates = [candidate.published or candidate.modified for candidate in listing.candidates]
    return max((f"{date:%Y-%m-%d}" for date in dates if date), default="-")


async def _first(
    caller: Caller, proposal: Proposal, kind: str, named: Iterable[str], usual: Iterable[str]
) -> list[str]:
    """Keep the named places that hold something new; where none does, the first of the usual ones."""
    kept: list[str] = []
    seen: set[str] = set()
    for url in dict.fromkeys(named):
        one = await _try(caller, proposal, kind, url)
        held = {candidate.url for candidate in one.listing.candidates} | set(one.listing.children)
        if held - seen:
            kept.append(url)
            seen |= held
    for url in usual if not kept else ():
        one = await _try(caller, proposal, kind, url)
        if one.listing.candidates or one.listing.children:
            return [url]
    return kept


async def _try(caller: Caller, proposal: Proposal, kind: str, url: str) -> Trial:
    one = await trial(caller, proposal.source, kind, url)
    proposal.trials.append(one)
    return one


def _id(site: str) -> str:
    labels = urls.host(site).removeprefix("www.").rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]+", "-", labels.lower()).strip("-") or "source"

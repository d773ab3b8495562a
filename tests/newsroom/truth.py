"""What a perfect pipeline makes of every URL of the newsroom: its fate, the article's fields, its teasers."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from pipelines.records import Access, Kind, Outcome, Precision, Record, Role
from tests.newsroom import feeds, pages
from tests.newsroom.articles import Piece, pieces
from tests.newsroom.publishers import publisher
from tests.newsroom.routes import HOPS, TDM, Route, routes
from tests.newsroom.teasers import Shown, shown_on

__all__ = ["Truth", "truths"]


class Truth(Record):
    """The truth about one URL; the article's fields are null where no article comes out of it."""

    url: str
    source: str
    """Publisher's id."""
    role: Role | None
    status: int
    """HTTP status of the last exchange, after redirects and healing."""
    outcome: Outcome
    """The fate on a first visit."""
    also: tuple[Outcome, ...] = ()
    """Other fates that are no mistake, where the order of requests or a limit decides."""
    again: Outcome
    """The fate on a second visit to the same edition."""
    changes: bool = False
    """Whether the second edition differs."""
    why: str
    """The reason in words."""
    kind: Kind | None = None
    canonical_url: str | None = None
    variant_of: str | None = None
    """The URL whose article it leads to; null where it stands for itself."""
    copies: str | None = None
    """URL of the article that it copies; null for an original."""
    title: str | None = None
    standfirst: str | None = None
    body: tuple[str, ...] = ()
    """Paragraphs, headings, quotations and list items, in order."""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: datetime | None = None
    """UTC; midnight where the page tells only the day."""
    precision: Precision | None = None
    modified: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    """The publisher's section; null where its pages do not say."""
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    """Captions of pictures inside the text; they are no part of the body."""
    reservations: tuple[str, ...] = ()
    """Protocols by which the publisher reserves the page, as `records.Reservation` names them."""
    topics: tuple[str, ...] = ()
    access: Access = Access.FREE
    live: bool = False
    teasers: tuple[Shown, ...] = ()


GONE_STATUS = 410
NOT_ARTICLES = {Kind.INDEX, Kind.GALLERY, Kind.VIDEO, Kind.SOFT_404}
STATES_MODIFIED = {"chipwire", "rackreport", "netzkante", "redcobre"}


NAMES_SITE = {"chipwire", "netzkante", "redcobre"}
NAMES_SECTION = {"chipwire", "netzkante", "redcobre"}


def reservations(piece: Piece) -> tuple[str, ...]:
    """Ringfence reserves everything in robots.txt and three pieces once more, each in its own way."""
    if not piece.site.reserved:
        return ()
    own = {0: ("x-robots-tag",), 1: ("meta-robots",), TDM: ("tdmrep",)}
    return ("content-signal", *own.get(piece.number, ()))


def release_origin() -> Piece:
    return min((piece for piece in pieces() if piece.release), key=lambda piece: piece.published)


def published(piece: Piece) -> datetime:
    if piece.site.precision is Precision.DAY:
        return datetime(piece.published.year, piece.published.month, piece.published.day, tzinfo=UTC)
    return piece.published.astimezone(UTC)


def outcome(piece: Piece) -> tuple[Outcome, tuple[Outcome, ...], str]:
    if piece.site.reserved:
        return Outcome.REFUSED, (Outcome.STORED,), "the publisher reserves it; policy decides what that means"
    if piece.kind in NOT_ARTICLES:
        return Outcome.NOT_AN_ARTICLE, (), f"it is a page of kind {piece.kind.value}"
    if piece.trap == "huge":
        return (
            Outcome.FAILED,
            (Outcome.QUARANTINED, Outcome.STORED, Outcome.REFUSED),
            "it is larger than any page may be",
        )
    if piece.access is Access.PAYWALLED:
        return Outcome.STORED, (Outcome.NOT_AN_ARTICLE,), "a stub: its text is behind a paywall"
    if piece.release and piece != release_origin():
        return Outcome.DUPLICATE, (Outcome.STORED,), "it carries a press release that others carry too"
    return Outcome.STORED, (), "an ordinary article" if not piece.trap else f"an article that is {piece.trap}"


def of_piece(piece: Piece) -> Truth:
    fate, also, why = outcome(piece)
    is_article = piece.kind not in NOT_ARTICLES
    states = piece.publisher in STATES_MODIFIED
    again = fate if fate in {Outcome.REFUSED, Outcome.FAILED} else Outcome.UNCHANGED
    return Truth(
        url=piece.url,
        source=piece.publisher,
        role=Role.ARTICLE,
        status=200,
        outcome=fate,
        also=also,
        again=again,
        changes=bool(piece.edit),
        why=why,
        kind=piece.kind,
        canonical_url=piece.url,
        copies=release_origin().url if fate is Outcome.DUPLICATE else None,
        title=piece.title,
        standfirst=piece.standfirst,
        body=piece.body if is_article else (),
        authors=piece.authors,
        organisations=(piece.desk,) if piece.desk else (),
        published=published(piece),
        precision=piece.site.precision,
        modified=piece.modified.astimezone(UTC) if piece.modified and states else None,
        language=piece.language,
        site_name=piece.site.name if piece.publisher in NAMES_SITE else None,
        section=piece.section if piece.publisher in NAMES_SECTION else None,
        tags=piece.topics if piece.publisher in NAMES_SECTION else (),
        captions=(piece.caption,) if piece.caption else (),
        reservations=reservations(piece),
        topics=piece.topics,
        access=piece.access,
        live=piece.kind is Kind.LIVE,
        teasers=shown_on(piece.publisher, piece.number) if piece.kind is Kind.ARTICLE else (),
    )


def of_route(url: str, route: Route) -> Truth:
    """Truth of what is no piece: lists are read, redirects and AMP pages lead elsewhere, the rest fails."""
    lists = route.role in {Role.FEED, Role.SITEMAP, Role.SECTION}
    read = Truth(
        url=url,
        source=route.site.id,
        role=route.role,
        status=route.status,
        outcome=Outcome.READ,
        also=(Outcome.UNCHANGED,),
        again=Outcome.READ,
        why="read for its links" if lists else "read for its rules",
    )
    if route.role is not Role.ARTICLE:
        return read
    if url.endswith(feeds.WITHHELD):
        return ended(read, Outcome.REFUSED, "robots.txt forbids it")
    if route.status == GONE_STATUS:
        return ended(read, Outcome.FAILED, "it is gone for good")
    target = variant(url)
    return read.model_copy(
        update={
            "status": 200,
            "outcome": Outcome.DUPLICATE,
            "also": (Outcome.STORED, Outcome.UNCHANGED),
            "again": Outcome.UNCHANGED,
            "why": "another address of an article",
            "variant_of": target,
            "canonical_url": target,
        }
    )


def ended(read: Truth, outcome: Outcome, why: str) -> Truth:
    return read.model_copy(update={"outcome": outcome, "again": outcome, "also": (), "why": why})


def variant(url: str) -> str:
    """The article that a redirect or an AMP page stands for."""
    if any(url.endswith(hop) for hop in HOPS):
        return next(p.url for p in pieces() if p.publisher == "chipwire" and p.number == 4)
    return next(p.url for p in pieces() if url.endswith(pages.amp_path(p)))


def tracked(edition: int) -> dict[str, Truth]:
    """The addresses with tracking parameters that Chipwire's feed gives."""
    base = publisher("chipwire")
    found = {}
    for piece in feeds.recent(base):
        if piece.number % 3 == 0:
            plain = of_piece(piece.in_edition(edition))
            url = piece.url + feeds.TRACKING
            found[url] = plain.model_copy(
                update={"url": url, "variant_of": piece.url, "also": (Outcome.DUPLICATE, Outcome.UNCHANGED)}
            )
    return found


@cache
def truths(edition: int = 1) -> dict[str, Truth]:
    """Truth by URL. Dead links are in it; images and unlisted addresses are not."""
    found = {url: of_piece(r.piece.in_edition(edition)) if r.piece else of_route(url, r) for url, r in routes().items()}
    missing = publisher("chipwire").url(feeds.DEAD["chipwire"][0])
    found[missing] = Truth(
        url=missing,
        source="chipwire",
        role=Role.ARTICLE,
        status=404,
        outcome=Outcome.FAILED,
        again=Outcome.FAILED,
        why="there is no such page",
    )
    return found | tracked(edition)

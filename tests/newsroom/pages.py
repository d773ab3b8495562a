"""HTML of every page, one Jinja template for each publisher and for each kind of page that is no article."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.records import Access, Kind
from tests.newsroom.articles import Piece, pieces_of, sections_of
from tests.newsroom.publishers import HERE, Publisher
from tests.newsroom.teasers import shown_on

__all__ = ["amp_page", "amp_path", "listing", "page"]

OTHERS = {
    Kind.INDEX: "index",
    Kind.GALLERY: "gallery",
    Kind.VIDEO: "video",
    Kind.SOFT_404: "soft_404",
    Kind.LIVE: "live",
}


@cache
def environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)


def amp_path(piece: Piece) -> str:
    return f"/amp{piece.path}"


def linked_data(piece: Piece) -> str:
    """JSON-LD of a piece, in the shape of its publisher: Chipwire's is a graph, Red Cobre's a bare object."""
    names: list[dict[str, Any]] = [{"@type": "Person", "name": name} for name in piece.authors]
    story: dict[str, Any] = {
        "@type": "LiveBlogPosting" if piece.kind is Kind.LIVE else "NewsArticle",
        "headline": piece.title,
        "mainEntityOfPage": piece.url,
        "datePublished": piece.published.isoformat(),
        "articleSection": piece.section,
        "keywords": list(piece.topics),
        "author": names if len(names) > 1 else names[0],
        "publisher": {"@type": "Organization", "name": piece.site.name},
    }
    if piece.modified:
        story |= {"dateModified": piece.modified.isoformat()}
    if piece.access is not Access.FREE:
        story |= {"isAccessibleForFree": False}
    if piece.publisher == "chipwire":
        crumbs = {"@type": "BreadcrumbList", "itemListElement": []}
        return json.dumps({"@context": "https://schema.org", "@graph": [crumbs, story]}, ensure_ascii=False)
    return json.dumps({"@context": "http://schema.org"} | story, ensure_ascii=False)


def page(piece: Piece) -> str:
    """The page of a piece. Teasers always show the first edition, so an edit changes one page only."""
    everyone = [other for other in pieces_of(piece.publisher) if other.kind is Kind.ARTICLE]
    template = environment().get_template(f"{OTHERS.get(piece.kind, piece.publisher)}.j2")
    return template.render(
        piece=piece,
        site=piece.site,
        sections=sections_of(piece.publisher),
        teasers=shown_on(piece.publisher, piece.number) if piece.kind is Kind.ARTICLE else (),
        others=everyone[piece.number % 3 :][:9],
        ld=linked_data(piece) if piece.authors else "{}",
        amp=amp_path(piece),
    )


def amp_page(piece: Piece) -> str:
    template = environment().get_template("amp.j2")
    return template.render(piece=piece, site=piece.site, ld=linked_data(piece))


def listing(site: Publisher, heading: str, others: tuple[Piece, ...], links: tuple[dict[str, str], ...] = ()) -> str:
    """A section or home page: headlines with the start of each text, then further links."""
    template = environment().get_template("listing.j2")
    return template.render(site=site, heading=heading, others=others, links=links, sections=sections_of(site.id))

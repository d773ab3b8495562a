"""Which path of which publisher holds what: the map of the newsroom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipelines.records import Role
from tests.newsroom import feeds, pages
from tests.newsroom.articles import Piece, pieces_of, sections_of
from tests.newsroom.publishers import Publisher, publishers

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["GONE", "HOPS", "TDM", "Route", "routes"]

GONE = feeds.DEAD["chipwire"][1]
TDM = 2  # number of the one piece that tdmrep.json names
HOPS = ("/internet/2026/09/27/a-story-that-moved", "/internet/2026/09/27/where-it-stood-meanwhile")


@dataclass(frozen=True)
class Route:
    """A path and what it holds: a piece, a text made for machines, or the target of a redirect."""

    site: Publisher
    role: Role | None
    """What a crawler would ask for it for; null for what no crawler should."""
    kind: str = "text/html"
    piece: Piece | None = None
    text: Callable[[], str | bytes] | None = None
    target: str | None = None
    status: int = 200


def machine_routes(site: Publisher) -> dict[str, Route]:
    """robots.txt, feeds and sitemaps."""
    found = {"/robots.txt": Route(site, Role.ROBOTS, "text/plain", text=lambda: feeds.robots(site))}
    if site.rss:
        found[site.rss] = Route(site, Role.FEED, "application/rss+xml", text=lambda: feeds.rss(site))
    if site.atom:
        found[site.atom] = Route(site, Role.FEED, "application/atom+xml", text=lambda: feeds.atom(site))
    if site.json_feed:
        found[site.json_feed] = Route(site, Role.FEED, "application/feed+json", text=lambda: feeds.json_feed(site))
    for path in site.sitemap_parts or ((site.sitemap,) if site.sitemap else ()):
        kind = "application/gzip" if path.endswith(".gz") else "application/xml"
        found[path] = Route(site, Role.SITEMAP, kind, text=lambda path=path: feeds.sitemap(site, path))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    if site.sitemap and site.sitemap_parts:
        found[site.sitemap] = Route(site, Role.SITEMAP, "application/xml", text=lambda: feeds.sitemap_index(site))
    return found


def links(site: Publisher) -> tuple[dict[str, str], ...]:
    """Links of the home page that are no headlines: old addresses, dead and forbidden ones."""
    if site.id != "chipwire":
        return ()
    shown = (*HOPS[:1], *(pages.amp_path(p) for p in pieces_of(site.id) if p.trap == "amp"), *feeds.DEAD[site.id])
    return tuple({"path": path, "text": f"Archive {path}"} for path in shown)


def listing_routes(site: Publisher) -> dict[str, Route]:
    """The home page and the sections."""
    mine = pieces_of(site.id)
    found = {"/": Route(site, Role.SECTION, text=lambda: pages.listing(site, site.name, mine[:15], links(site)))}
    for name in sections_of(site.id):
        within = tuple(piece for piece in mine if piece.section == name)
        found[f"/section/{name}/"] = Route(
            site,
            Role.SECTION,
            text=lambda name=name, within=within: pages.listing(site, name.capitalize(), within),  # type: ignore[misc]  # see above
        )
    return found


def special_routes(site: Publisher) -> dict[str, Route]:
    """Redirects, dead pages, the AMP page, the drafts that robots.txt forbids."""
    if site.reserved:
        policy = json.dumps([{"location": pieces_of(site.id)[TDM].path, "tdm-reservation": 1}])
        return {"/.well-known/tdmrep.json": Route(site, Role.WELL_KNOWN, "application/json", text=lambda: policy)}
    if site.id != "chipwire":
        return {}
    mine = pieces_of(site.id)
    found = {
        HOPS[0]: Route(site, Role.ARTICLE, target=HOPS[1], status=302),
        HOPS[1]: Route(site, Role.ARTICLE, target=mine[4].path, status=301),
        GONE: Route(site, Role.ARTICLE, status=410, text=lambda: "<h1>Gone</h1><p>The editor withdrew this story.</p>"),
        feeds.WITHHELD: Route(site, Role.ARTICLE, text=lambda: "<h1>Draft</h1><p>Nobody should read this.</p>"),
    }
    for piece in mine:
        if piece.trap == "amp":
            found[pages.amp_path(piece)] = Route(site, Role.ARTICLE, text=lambda piece=piece: pages.amp_page(piece))  # type: ignore[misc]  # see above
    return found


@cache
def routes() -> dict[str, Route]:
    """Every URL that the newsroom answers with something other than 404, without query."""
    found: dict[str, Route] = {}
    for site in publishers():
        paths = machine_routes(site) | listing_routes(site) | special_routes(site)
        paths |= {piece.path: Route(site, Role.ARTICLE, piece=piece) for piece in pieces_of(site.id)}
        found |= {site.url(path): route for path, route in paths.items()}
    return found

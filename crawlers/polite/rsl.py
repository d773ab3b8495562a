"""RSL (Really Simple Licensing 1.0): what a licence prohibits, permits alone, or sells."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers.discover import markup
from crawlers.polite.robots import matches
from pipelines import urls
from pipelines.records import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["MEDIA_TYPE", "reservations"]

MEDIA_TYPE = "application/rsl+xml"
# Real licences stay under 20 KB.
_MAX_BYTES = 512_000
_FREE = frozenset(("free", "attribution", "contribution"))


def reservations(url: str, file_url: str, body: bytes) -> tuple[Reservation, ...]:
    """Read the licence document `file_url` for the page `url`; empty where it is none or speaks of other pages."""
    root = markup.parse(body[:_MAX_BYTES]).root
    if root is None or markup.local(root) != "rsl":
        return ()
    found: dict[str, Reservation] = {}
    for content in root:
        if markup.local(content) == "content" and _covers(content.get("url") or "", url, file_url):
            for licence in content:
                if markup.local(licence) == "license":
                    for statement in _statements(licence):
                        evidence = f"{file_url}: <content url={content.get('url')!r}> {statement}"
                        made = Reservation(protocol="rsl", statement=statement, evidence=evidence[:1000])
                        found.setdefault(statement, made)
    return tuple(found.values())


def _covers(pattern: str, url: str, file_url: str) -> bool:
    """Tell whether a `content` names `url`: by a path pattern as in robots.txt, or by a whole URL that ends in one."""
    if "://" in pattern:
        whole = urljoin(file_url, pattern)
        if not urls.same_site(whole, url):
            return False
        pattern = "/" + whole.partition("://")[2].partition("/")[2]
    return matches(pattern if pattern.startswith(("/", "*")) else f"/{pattern}", url)


def _statements(licence: _Element) -> Iterator[str]:
    permitted = _usages(licence, "permits")
    for usage in _usages(licence, "prohibits"):
        yield f"prohibits {usage}"
    if permitted and "all" not in permitted:
        yield f"permits only {' '.join(permitted)}"
    kinds = [part.get("type") or "free" for part in licence if markup.local(part) == "payment"]
    for kind in kinds:
        if kind.strip().lower() not in _FREE:
            yield f"payment {kind.strip().lower()[:40]} for {' '.join(permitted) or 'all'}"


def _usages(licence: _Element, name: str) -> list[str]:
    found: list[str] = []
    for part in licence:
        if markup.local(part) == name and (part.get("type") or "usage").lower() == "usage":
            found += (part.text or "").lower().replace(",", " ").split()[:20]
    return found

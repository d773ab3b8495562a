"""What a page itself reserves: X-Robots-Tag, meta robots, TDMRep and Content-Signal headers, meta tags, licence links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from w3lib.html import replace_entities

from pipelines.records import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Headers", "Tag", "headers", "licences", "robots", "signals", "tags", "tdm"]

# Statements of a page stand in its head; the longest heads seen reach 400 KB of inline style.
_HEAD_BYTES = 524_288
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(rb"<(meta|link)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z:_-]{0,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Directives of robots tags that reserve something; the others say how to show or follow.
_RESERVING = re.compile(
    r"(?:noindex|none|noarchive|nocache|nosnippet|noai|noimageai|noml|noimageindex|"
    r"max-snippet\s*:\s*\d+|unavailable_after\s*:\s*[^\n]{4,60})",
    re.IGNORECASE,
)
_WITH_VALUE = re.compile(r"(?:unavailable_after|max-(?:snippet|image-preview|video-preview))\s*:", re.IGNORECASE)
_SCOPE = re.compile(r"\s*([a-z0-9][a-z0-9_.-]{1,40})\s*:\s*", re.IGNORECASE)
# A date after unavailable_after may carry commas; only those between directives part them.
_PARTS = re.compile(r",(?!\s*\d{1,2}[\s-])")
_CRAWLERS = re.compile(
    r"robots|[a-z0-9.-]*(?:bot|crawler|spider)(?:-news)?|google-extended|applebot-extended", re.IGNORECASE
)
_LICENCE_LINK = re.compile(r"<([^<>\s]{1,2048})>([^,<]*)")

Headers = dict[str, tuple[str, ...]]
"""Values of each header, by its name in lower case."""


class Tag(NamedTuple):
    """A `meta` or `link` tag of a page's head."""

    name: str
    """`meta` or `link`."""
    attributes: dict[str, str]
    """Attributes by their names in lower case."""
    written: str
    """The tag as it stands in the page."""


def headers(received: Mapping[str, Sequence[str]]) -> Headers:
    """Give the headers by lower-case name."""
    found: Headers = {}
    for name, values in received.items():
        found[name.lower()] = (*found.get(name.lower(), ()), *values)
    return found


def tags(html: bytes | None) -> tuple[Tag, ...]:
    """Give the `meta` and `link` tags of the page's first 512 KiB, in order."""
    found = []
    for match in _TAG.finditer(_COMMENT.sub(b"", (html or b"")[:_HEAD_BYTES])):
        attributes = {
            name.lower(): replace_entities(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(match[2].decode("utf-8", "replace"))
        }
        written = " ".join(match[0].decode("utf-8", "replace").split())[:400]
        found.append(Tag(match[1].decode("ascii").lower(), attributes, written))
    return tuple(found)


def robots(url: str, received: Headers, head: Sequence[Tag]) -> Iterator[Reservation]:
    """Yield what X-Robots-Tag headers and meta robots tags reserve; one for a named crawler begins with its name."""
    for value in received.get("x-robots-tag", ()):
        yield from _directives("x-robots-tag", value, None, f"{url} X-Robots-Tag: {value}")
    for tag in head:
        name = tag.attributes.get("name", "").strip()
        if tag.name == "meta" and _CRAWLERS.fullmatch(name):
            scope_name = None if name.lower() == "robots" else name
            yield from _directives("meta-robots", tag.attributes.get("content", ""), scope_name, f"{url} {tag.written}")


def _directives(protocol: str, text: str, scope: str | None, evidence: str) -> Iterator[Reservation]:
    """Part one tag's directives; `name:` before one speaks to that crawler, up to the next name (header only)."""
    for part in _PARTS.split(text[:2000]):
        named = None if _WITH_VALUE.match(part.strip()) else _SCOPE.match(part)
        if named:
            scope = named[1]
        statement = " ".join(part[named.end() if named else 0 :].split()).lower()
        if _RESERVING.fullmatch(statement):
            said = f"{scope.lower()}: {statement}" if scope and scope != "*" else statement
            yield Reservation(protocol=protocol, statement=said, evidence=evidence[:1000])


def tdm(url: str, received: Headers, head: Sequence[Tag]) -> tuple[bool, Reservation | None]:
    """Read TDMRep's statement on the page: (whether it speaks of the page at all, the reservation where it reserves).

    A meta tag wins over a header, as both win over the file at the origin.
    """
    named = {tag.attributes.get("name", "").lower(): tag for tag in head if tag.name == "meta"}
    if (tag := named.get("tdm-reservation")) is not None:
        value, evidence = tag.attributes.get("content", ""), f"{url} {tag.written}"
        policy = named["tdm-policy"].attributes.get("content", "") if "tdm-policy" in named else ""
    elif received.get("tdm-reservation"):
        value = received["tdm-reservation"][0]
        policy = next(iter(received.get("tdm-policy", ())), "")
        evidence = f"{url} TDM-Reservation: {value}"
    else:
        return False, None
    if value.strip() != "1":
        return True, None
    statement = "tdm-reservation: 1" + (f"; tdm-policy: {policy.strip()[:300]}" if policy.strip() else "")
    return True, Reservation(protocol="tdmrep", statement=statement, evidence=evidence[:1000])


def signals(url: str, received: Headers) -> Iterator[Reservation]:
    """Yield what a Content-Signal or Content-Usage (IETF AI Preferences) header refuses."""
    for name in ("content-signal", "content-usage"):
        for value in received.get(name, ()):
            yield from refusals(value, f"{url} {name.title()}: {value}")


def refusals(value: str, evidence: str) -> Iterator[Reservation]:
    """Yield one reservation for each use that a Content-Signal (`no`) or Content-Usage (`n`) value refuses."""
    for use, answer in re.findall(r"([a-z][a-z-]{1,30})\s*=\s*([a-z]+)", value[:1000].lower()):
        if answer in {"no", "n"}:
            yield Reservation(protocol="content-signal", statement=f"{use}=no", evidence=evidence[:1000])


def licences(received: Headers, head: Sequence[Tag]) -> Iterator[tuple[str, str]]:
    """Yield the RSL licences that the page links, each with the header or tag that links it."""
    for value in received.get("link", ()):
        for target, parameters in _LICENCE_LINK.findall(value[:8000]):
            if "license" in parameters.lower() and "rsl+xml" in parameters.lower():
                yield target, f"Link: <{target}>{parameters}"
    for tag in head:
        relation = tag.attributes.get("rel", "").lower().split()
        if tag.name == "link" and "license" in relation and "rsl+xml" in tag.attributes.get("type", "").lower():
            yield tag.attributes.get("href", ""), tag.written

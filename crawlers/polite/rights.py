"""Rights: what publishers reserve for a page, gathered from seven protocols with the evidence of each.

How far that lets us go is for `pipelines.rights.permits`, which the line asks again with the policy of the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawlers.polite import onsite, rsl
from pipelines import onpage
from pipelines.records import Reservation
from pipelines.rights import Level, Permission, Policy, permits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawlers.polite.robots import Robots

__all__ = ["WELL_KNOWN", "Level", "Permission", "Policy", "permits", "reservations"]

WELL_KNOWN = ("/.well-known/tdmrep.json", "/ai.txt")
"""Paths that are asked for once a day at each host, beside robots.txt and the licences that it names."""


def reservations(
    url: str,
    headers: Mapping[str, Sequence[str]],
    html: bytes | None,
    robots: Robots | None,
    well_known: Mapping[str, bytes],
    *,
    agent: str = "copydesk",
) -> tuple[Reservation, ...]:
    """Gather what is reserved for the page at `url`, each statement with its evidence, each once.

    `well_known` holds the bodies of `WELL_KNOWN` and of RSL licences by their URLs; only those answered with 200 belong
    in it. `headers` and `html` are the page's own, empty and null before it is fetched.
    """
    received, head = onpage.headers(headers), onpage.tags(html)
    spoke, tdm = onpage.tdm(url, received, head)
    found = [*onpage.robots(url, received, head), *onpage.signals(url, received)]
    if tdm is not None:
        found.append(tdm)
    if robots is not None:
        found += onsite.robots(url, robots, agent)
    for file_url, body in well_known.items():
        found += _in_file(url, file_url, body, page_spoke=spoke)
    for link, evidence in _licences(url, received, head, robots):
        if urljoin(url, link) not in well_known:
            found.append(Reservation(protocol="rsl", statement=f"licence {link[:300]}", evidence=evidence[:1000]))
    return tuple(dict.fromkeys(found))


def _in_file(url: str, file_url: str, body: bytes, *, page_spoke: bool) -> Iterator[Reservation]:
    path = urlsplit(file_url).path
    if path == "/.well-known/tdmrep.json":
        found = None if page_spoke else onsite.tdm(url, file_url, body)
    elif path == "/ai.txt":
        found = onsite.ai_txt(url, file_url, body)
    else:
        yield from rsl.reservations(url, file_url, body)
        return
    if found is not None:
        yield found


def _licences(
    url: str, received: onpage.Headers, head: Sequence[onpage.Tag], robots: Robots | None
) -> Iterator[tuple[str, str]]:
    for link, written in onpage.licences(received, head):
        yield link, f"{url} {written}"
    for number, link in robots.licences if robots is not None else ():
        yield link, f"{robots.url if robots else url}, line {number}: License: {link}"

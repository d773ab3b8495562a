"""Pages with several articles one under the other: whole ones, of which the first is kept, or nothing but their openings."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.extract.cutting.blocks import Container, Outline
    from pipelines.extract.selecting.body import Selection

__all__ = ["Several", "cards", "digest", "several"]

# With fewer words of body, an `<article>` is a card. Nor could so short a body stand: others are asked for it (`fallback.py`),
# and they join again what was parted.
LEAST_PART_WORDS = 60
# With more words of body outside its parts, a page is one article in pieces, not several.
MOST_OUTSIDE_WORDS = 40
# Shorter headings over a text are the names of those who post in a forum.
LEAST_HEADING_WORDS = 3
# A page of so many linked headlines with at most so many paragraphs each is a digest of other pages.
LEAST_LINKED = 3
MOST_BETWEEN = 1.5
# Of more, where each headline has an element to itself that calls itself an article.
MOST_WITHIN = 2
LEAST_LINKED_WORDS = 4
# So much of a text in the cards of other articles is theirs.
LEAST_IN_CARDS = 0.8
# Beside the link stand a day, a time, a number of comments.
LEAST_IN_LINK = 0.6
SUBHEADINGS = frozenset(("h2", "h3", "h4"))
# Names of the microformats for an entry, in either version.
ENTRY = frozenset(("hentry", "h-entry"))
HEADINGS = frozenset(("h1", "h2", "h3"))
# Where scripts that scroll from one article into the next keep the address of each.
ADDRESSES = ("data-url", "data-permalink", "data-href", "data-article-url")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several articles."""

    container: Container
    heading: int
    """Block that is its headline."""
    url: str | None
    """Its own address; null where it names none but the page's."""


@dataclass(frozen=True, slots=True)
class Several:
    """What becomes of a page with several articles."""

    count: int
    selection: Selection
    """The body of the first; the headlines of the others have the role of teasers."""
    title: str
    """Headline of the first."""
    url: str | None
    """Address of the first; null where it names none but the page's."""


def several(outline: Outline, selection: Selection, url: str, base: str) -> Several | None:
    """Part a page into its articles; None where it is one article, or none.

    Articles are elements that say so, each with body and a headline of its own, each but the first with an address on
    the same site. Relative links are resolved against `base`.
    """
    named = list(outermost(outline))
    if len(named) < 2:
        return None
    parts = [part for container in named if (part := read(container, outline, selection, url, base)) is not None]
    if len(parts) < 2 or any(part.url is None for part in parts[1:]) or len({part.url for part in parts}) < len(parts):
        return None
    within = {index for part in parts for index in range(part.container.first, part.container.last)}
    outside = [index for index in selection.kept if index not in within]
    if words(outline, outside) > MOST_OUTSIDE_WORDS:
        return None
    first, *others = parts
    inside = range(first.container.first, first.container.last)
    roles = list(selection.roles)
    for index in selection.kept:
        if index not in inside:
            roles[index] = "chrome"
    for part in others:
        roles[part.heading] = "teaser"
    kept = tuple(index for index in selection.kept if index in inside and index != first.heading)
    return Several(
        count=len(parts),
        selection=replace(selection, kept=kept, roles=tuple(roles)),
        title=outline.blocks[first.heading].text,
        url=first.url,
    )


def digest(outline: Outline, selection: Selection, url: str, base: str) -> int:
    """Count the headlines of other pages of which a body consists, a paragraph under each; 0 where it is a text of its own."""
    if not selection.kept:
        return 0
    body = set(selection.kept)
    # A block of related headlines inside a text is not followed by its paragraphs.
    near = sorted(body | {index - 1 for index in body if index})
    linked = {index for index in near if leads_on(outline, index, url, base)}
    own = [index for index in selection.kept if index not in linked]
    if len(linked) < LEAST_LINKED:
        return 0
    most = MOST_WITHIN if are_apart(outline, linked) else MOST_BETWEEN
    return len(linked) if len(own) <= most * len(linked) else 0


def cards(outline: Outline, selection: Selection, body: str, url: str, base: str) -> int:
    """Count the links to other pages of whose cards or lines a body consists that was read by other means; 0 where it is a text of its own."""
    lines = {line for line in body.split("\n") if line}
    stands = [index for index, block in enumerate(outline.blocks) if block.text in lines]
    listed = {index for index in stands if is_listed(outline, index, url, base)}
    of_others = {
        outline.blocks[index].text for index in stands if selection.roles[index] == "teaser" or index in listed
    }
    if sum(map(len, of_others)) < LEAST_IN_CARDS * sum(map(len, lines)):
        return 0
    teasers = {index for index, role in enumerate(selection.roles) if role == "teaser"} - listed
    linked = len(listed) + sum(leads_on(outline, index, url, base) for index in teasers)
    return linked if linked >= LEAST_LINKED else 0


def is_listed(outline: Outline, index: int, url: str, base: str) -> bool:
    """Tell whether a block is a line of a list of pages: a headline that links to one of the site, and hardly more."""
    block = outline.blocks[index]
    links = {piece.link: address(url, base, piece.link.get("href")) for piece in block.pieces if piece.link is not None}
    if count(block.text) < LEAST_LINKED_WORDS or len(set(links.values()) - {None}) != 1:
        return False
    linked = sum(len(piece.text) for piece in block.pieces if piece.link is not None)
    return linked >= LEAST_IN_LINK * len(block.text)


def are_apart(outline: Outline, headlines: set[int]) -> bool:
    """Tell whether each of some headlines stands in an article of its own."""
    places = sorted(headlines)
    alone = [bisect_left(places, part.last) - bisect_left(places, part.first) for part in outermost(outline)]
    return alone.count(1) == len(headlines)


def leads_on(outline: Outline, index: int, url: str, base: str) -> bool:
    """Tell whether a block is a headline that as a whole is a link to another page of the site."""
    block = outline.blocks[index]
    if block.container.tag not in SUBHEADINGS or count(block.text) < LEAST_LINKED_WORDS:
        return False
    links = [piece.link for piece in block.pieces if not piece.text.isspace()]
    return all(link is not None and address(url, base, link.get("href")) is not None for link in links)


def outermost(outline: Outline) -> Iterator[Container]:
    """Give the containers that call themselves articles, without those inside another."""
    end = -1
    for container in outline.containers:
        if container.first >= end and container.last > container.first and is_named(container):
            end = container.last
            yield container


def is_named(container: Container) -> bool:
    """Tell whether an element calls itself an article."""
    if container.tag == "article":
        return True
    if container.tag not in ("div", "section", "li"):
        return False
    names = container.element.get("class") or ""
    return "entry" in names and not ENTRY.isdisjoint(names.split())


def read(container: Container, outline: Outline, selection: Selection, url: str, base: str) -> Part | None:
    """Give the article in a container; None where it has no headline or too little body."""
    first, last = (bisect_left(selection.kept, end) for end in (container.first, container.last))
    if words(outline, selection.kept[first:last]) < LEAST_PART_WORDS:
        return None
    for index in range(container.first, container.last):
        block = outline.blocks[index]
        if block.container.tag in HEADINGS and count(block.text) >= LEAST_HEADING_WORDS:
            found = [container.element.get(name) for name in ADDRESSES]
            found += [piece.link.get("href") for piece in block.pieces if piece.link is not None]
            return Part(container, index, next((own for link in found if (own := address(url, base, link))), None))
    return None


def address(url: str, base: str, link: str | None) -> str | None:
    """Resolve a link to another page of the same site; None for all others, and for a place on the page, whatever its base."""
    target = urls.absolute(base, link) if link and not link.lstrip().startswith("#") else None
    if target is None or not urls.same_site(url, target) or urls.article_id(target) == urls.article_id(url):
        return None
    return target


def words(outline: Outline, indices: Sequence[int]) -> float:
    """Count the words of some blocks."""
    return sum(count(outline.blocks[index].text) for index in indices)

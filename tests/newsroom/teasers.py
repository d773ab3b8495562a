"""Which other articles a page advertises, in which shape: the text that must never end up in the body."""

from __future__ import annotations

from functools import cache

from pipelines.records import Kind, Place, Record
from tests.newsroom.articles import Piece, pieces_of

__all__ = ["Shown", "shown_on"]

PLACES = {"inline": Place.INSIDE, "aside": Place.ASIDE}
BLURBED = {"cards", "cards_bold", "after_cards", "bullets"}
SIZES = {"inline": 1, "aside": 4, "grid": 4}
BLURB = 26  # words; never the end of a sentence, as real blurbs are cut by length
JAPANESE_BLURB = 47  # characters


class Shown(Record):
    """One teaser on a page."""

    shape: str
    """`inline`, `aside`, `grid` (no heading), or a block: `cards`, `cards_bold`, `bullets`, `bullets_plain` inside the
    body's container, `after_cards`, `after_list` behind it."""
    url: str
    title: str
    blurb: str | None
    image: str | None
    heading: str | None
    place: Place
    position: int


def cut(piece: Piece) -> str:
    """The start of a text, cut in mid-sentence."""
    text = " ".join(piece.body)
    if piece.language == "ja":
        return text[:JAPANESE_BLURB].rstrip("。、")
    words = text.split()[:BLURB]
    while words[-1].endswith((".", "?", "!", ".”", '."')):
        words.pop()
    return " ".join(words)


def heading(piece: Piece, shape: str) -> str | None:
    if shape == "aside":
        return piece.site.words.aside
    if shape in {"inline", "grid"}:
        return None
    return piece.site.headings[piece.number % len(piece.site.headings)]


@cache
def shown_on(publisher: str, number: int) -> tuple[Shown, ...]:
    """The teasers on a publisher's article, in page order."""
    everyone = pieces_of(publisher)
    piece = everyone[number]
    others = [other for other in everyone if other.kind is Kind.ARTICLE and other.number != number and other.body]
    shapes = piece.site.shapes[number % len(piece.site.shapes)]
    found: list[Shown] = []
    for shape in shapes:
        for _ in range(SIZES.get(shape, 3)):
            other = others[(number * 5 + len(found) * 3 + 1) % len(others)]
            if any(each.url == other.url for each in found):
                other = next(o for o in others if all(each.url != o.url for each in found))
            found.append(
                Shown(
                    shape=shape,
                    url=other.url,
                    title=other.title,
                    blurb=cut(other) if shape in BLURBED else None,
                    image=other.image if shape in {"cards", "cards_bold", "after_cards", "grid"} else None,
                    heading=heading(piece, shape),
                    place=PLACES.get(shape, Place.AFTER),
                    position=len(found),
                )
            )
    return tuple(found)

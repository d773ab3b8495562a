"""Where the blocks of cards lead, and the texts that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import urls
from pipelines.extract.judging.signals import INDEX
from pipelines.extract.phrases import is_step
from pipelines.extract.teasers.card_addresses import is_file
from pipelines.extract.teasers.card_texts import LEAST_TITLE_WORDS, begins_anew, is_time, undressed, words
from pipelines.extract.teasers.no_articles import is_no_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipelines.extract.cutting.blocks import Block, Piece

__all__ = ["leads_to", "links"]

# Places that a block of a site's own pages leads to, at the least; and of so many, most headlines have more words than a menu's entries.
LEAST_MENU, LONG_MENU, HEADLINE_WORDS = 5, 6, 6


def links(block: Block, base: str) -> Iterator[tuple[str, list[str]]]:
    """Give the addresses a block leads to with their texts: those with titles where there are some, else the longest.

    A block that leads to many places, most of them named by a word or two, is a menu and announces none.
    """
    found: dict[str, list[list[Piece]]] = {}
    last, gap = None, False
    for piece in block.pieces:
        address = leads_to(piece, base)
        if address is None:
            last, gap = (last, True) if piece.style == "n" else (None, False)
            continue
        texts = found.setdefault(address, [[]])
        # Two links to one article, a space between them, are two texts.
        anew = address == last and not gap and begins_anew(texts[-1][-1].text, piece.text)
        if anew or (last is None and texts[-1]):
            texts.append([piece])
        else:
            texts[-1].append(piece._replace(text=f" {piece.text}") if gap else piece)
        last, gap = address, False
    spoken = {
        address: [text for text in (undressed(said(pieces)) for pieces in texts) if text]
        for address, texts in found.items()
        if not is_file(address) and not is_no_article(address)
    }
    titled = [
        address
        for address, texts in spoken.items()
        if not INDEX.search(address) and any(len(words(text)) >= LEAST_TITLE_WORDS for text in texts)
    ]
    if len(spoken) >= LEAST_MENU and 2 * len(titled) < len(spoken):
        return
    if len(spoken) >= LONG_MENU and is_menu(spoken.values()):
        return
    if not titled:
        titled = sorted(spoken, key=lambda address: -len(" ".join(spoken[address])))[:1]
    yield from ((address, spoken[address]) for address in titled)


def is_menu(named: Collection[Sequence[str]]) -> bool:
    """Tell whether most of what a block leads to has names too short for headlines; `named` are the texts of each."""
    long = sum(any(len(words(text)) >= HEADLINE_WORDS for text in texts) for texts in named)
    return 2 * long < len(named)


def said(pieces: Sequence[Piece]) -> str:
    """Give the text of a link without the time or the "Next" before or behind its title that stands in an element of its own."""
    told = [at for at, piece in enumerate(pieces) if not piece.text.isspace()]
    for end in (-1, 0):
        if len(told) > 1 and is_beside(pieces[told[end]]):
            del told[end]
    return "".join([piece.text for piece in pieces[told[0] : told[-1] + 1]]) if told else ""


def leads_to(piece: Piece, base: str) -> str | None:
    """Give the address of a piece's link; None for a place on the page itself, which scripts see to."""
    href = (piece.link.get("href") or "").strip() if piece.link is not None else ""
    return urls.absolute(base, href) if href[:1] not in {"", "#"} else None


def is_beside(piece: Piece) -> bool:
    """Tell whether a piece stands beside a title and is none of it: a time, the label of a step to the next article.

    What is set off by its style is part of a title: "Sunk on <b>4 March</b>", "What comes <i>next</i>".
    """
    if piece.style:
        return len(words(piece.text)) > 1 and is_step(piece.text)
    return is_time(piece.text) or is_step(piece.text)

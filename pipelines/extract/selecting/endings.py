"""What closes a text and is none of it: a row of signs, the sender of a press release, whom to call, an author's thanks and wishes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.cutting.blocks import Block

__all__ = ["without_ending"]

# Signs in a row, what newspapers end with, and who sends a press release; no stars or ticks, which may rate something.
SIGNS = re.compile(r"[\s*#=~•·●■◼▪◆◇○…\-–—―─⁂※]{1,120}|[-–—#*\s]{1,9}(?:30|ends?)[-–—#*\s]{1,9}|ENDS", re.IGNORECASE)
SENDER = re.compile(r"SOURCE:?(?: (?:of|and|the|for|de|[A-Z0-9&][\w.,&'’()/-]{0,30})){1,10}")
THANKS = re.compile(
    r"(?:thanks|thank you)(?: so much| very much| a lot)? for reading\b.{0,160}\b"
    r"(?:follow(?:ing)?|subscrib(?:e|ing)|newsletter|coffee|patreon|ko-fi|sponsor(?:ing)?|donat(?:e|ing|ion)|shar(?:e|ing))\b.{0,160}",
    re.IGNORECASE,
)
LONGEST = 340
# A label over names and numbers, and what those behind it have at least: an address or a number to call.
CONTACT = re.compile(
    r"(?:(?:media|press|investors?|pr|public relations|media and investor) (?:contacts?|inquiries|enquiries|relations(?: contacts?)?)|"
    r"(?:presse|medien|investoren)-?kontakte?|ansprechpartner für (?:die presse|medien)|contacts? (?:de )?presse|relations presse|"
    r"contatti stampa|contactos? de prensa|contatos? (?:de|para a) imprensa|perscontact|kontakt dla mediów)\b\s?[:：]?",
    re.IGNORECASE,
)
REACHED = re.compile(r"[\w.+-]{1,64}@\w[\w-]{0,62}\.\w|\+?\(?\d(?:[\s().–-]{0,3}\d){6,14}")
# Lines below the label, and characters of each.
MOST_LINES, LONGEST_LINE, LONGEST_CONTACT = 8, 90, 250
# Elements that are lines of the text; a cell or an item may be a sign.
LINES = frozenset(("p", "div", "section", "article", "main", "center", "body", "h2", "h3", "h4", "h5", "h6", "footer"))
CELLS = frozenset(("td", "th", "li", "dd", "dt"))


def without_ending(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Give the kept blocks without those at the end that only close the text."""
    rest = list(kept)
    while len(rest) > 1:
        size = len(rest)
        if closes(blocks[rest[-1]]):
            rest.pop()
        else:
            del rest[contact(blocks, rest) :]
        if len(rest) == size:
            break
    return rest


def closes(block: Block) -> bool:
    """Tell whether a block is a line that only closes the text."""
    if len(block.text) > LONGEST or not is_line(block):
        return False
    return any(pattern.fullmatch(block.text) for pattern in (SIGNS, SENDER, THANKS))


def contact(blocks: Sequence[Block], kept: Sequence[int]) -> int:
    """Give the number of blocks before whom to call, with which the text ends; all of them where it does not."""
    reached = False
    for number, index in enumerate(reversed(kept[-MOST_LINES:]), 1):
        text = blocks[index].text
        if len(text) > LONGEST_CONTACT or number == len(kept):
            break
        label = CONTACT.match(text)
        reached = reached or REACHED.search(text) is not None
        if label is not None:
            return len(kept) - number if reached else len(kept)
        if len(text) > LONGEST_LINE:
            break
    return len(kept)


def is_line(block: Block) -> bool:
    """Tell whether a block is a line of text, and no cell or item."""
    around = block.container.element.getparent()
    return block.container.tag in LINES and (around is None or around.tag not in CELLS)

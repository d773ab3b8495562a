"""Headlines of other articles in a plain text: behind a marker ("Read also: ..."), and with an address beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines import urls
from pipelines.extract.phrases import inline_title, is_label, is_teaser_heading

if TYPE_CHECKING:
    from pipelines.extract.text.lines import Line

__all__ = ["Headline", "headline", "inline", "leads_only"]

# An inline teaser of more words is a sentence that begins with "Related:".
_INLINE_WORDS = 30
# Neither a longer line nor a longer address is looked at: no headline is so long.
_MAX_LINE, _MAX_ADDRESS = 3_000, 2_000

# A stop at its end is the sentence's.
_ADDRESS = rf"https?://[^\s<>()\[\]]{{0,{_MAX_ADDRESS}}}[^\s<>()\[\].,;]"
# As Markdown writes a link; and an address behind the words, bare or in brackets.
_LINK = re.compile(rf"\[([^\[\]]{{1,500}})\]\(({_ADDRESS})\)")
_BARE = re.compile(rf"[\[(<]?({_ADDRESS})[\])>]?[.,;]?")


class Headline(NamedTuple):
    """The words of a headline, and the address it leads to (null where the text gives none)."""

    title: str
    url: str | None = None


def headline(text: str) -> Headline:
    """Part a line from the address that it holds; of an address alone the words are empty.

    A line with several links is no headline: it keeps them.
    """
    if len(text) > _MAX_LINE or "://" not in text or text.count("](") > 1:
        return Headline(text)
    if link := _LINK.search(text):
        return Headline(" ".join(f"{text[: link.start()]}{link[1]}{text[link.end() :]}".split()), _valid(link[2]))
    # Matched where the last word begins: a search would try each of a thousand beginnings in it.
    start = max(text.rfind(" "), text.rfind("：")) + 1
    if bare := _BARE.fullmatch(text, start):
        return Headline(text[:start].rstrip(" -–—|"), _valid(bare[1]))
    return Headline(text)


def inline(line: Line) -> Headline | None:
    """Give the headline that a line names after a marker; None where it is a sentence, or names none."""
    words, url = headline(line.text)
    title = inline_title(words)
    if title is None or len(title.split()) + len(title) // 12 < 2 or line.words > _INLINE_WORDS:
        return None
    sentence = line.words > _INLINE_WORDS / 2 and title.endswith((".", "。"))
    return None if sentence else Headline(title, url)


def leads_only(line: Line) -> bool:
    """Tell whether a line is a marker and an address without a headline: it says nothing, and names no teaser."""
    words, url = headline(line.text)
    return url is not None and bool(words) and (is_label(words) or is_teaser_heading(words))


def _valid(address: str) -> str | None:
    return urls.absolute(address, "")

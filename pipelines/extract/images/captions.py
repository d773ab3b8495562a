"""What stands with a picture in its figure: caption and credit, by the figure's markup first, then by the caption's words."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.extract.cutting.blocks import PICTURES
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE, ClassNames
from pipelines.extract.cutting.lines import line_of
from pipelines.extract.images import attribution
from pipelines.extract.images.attribution import is_label
from pipelines.extract.images.frames import around, is_frame
from pipelines.extract.images.sales import sells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block

__all__ = ["Captions", "read", "read_below"]

# What points from a caption to the picture above it; and so much of what stands below a picture is read.
_ARROWS = " ▲△▴▼▽▾▶◀◁▷↑↓←→"
_MAX_BELOW = 600
_CAPTION = re.compile(r"caption", re.IGNORECASE)
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|(?<![rR]e)source", re.IGNORECASE)
# What is there for screen readers alone, and for nobody.
_HIDDEN = re.compile(r"visually-?hidden|\bsr-only|screen-?reader", re.IGNORECASE)
_OWNERS = frozenset(("copyrightHolder", "creditText"))
# Elements of a figure that are looked at, those of one kind whose text is read, and the length that no credit has.
_MAX_ELEMENTS = 200
_MAX_TRIED = 6
# Captions of a gallery's pictures before its own.
_MAX_CAPTIONS = 100
_MAX_CREDIT = 120


class Captions(dict["HtmlElement", tuple[str | None, str | None]]):
    """Caption and credit by figure, read once each: that of a gallery is asked for by each figure in it."""

    def __missing__(self, figure: HtmlElement) -> tuple[str | None, str | None]:
        self[figure] = found = read(figure)
        return found

    def of(self, figure: HtmlElement) -> tuple[str | None, str | None]:
        """Give what a figure tells, and where it tells nothing, what the one around it does."""
        caption, credit = self[figure]
        outer = around(figure) if caption is None or credit is None else None
        if outer is None:
            return caption, credit
        other, name = self[outer]
        return caption or other, credit or name


def read(figure: HtmlElement) -> tuple[str | None, str | None]:
    """Give caption and credit of a picture's figure; the caption is what remains without the credit, whole where that is unsure."""
    inside = list(islice(_own(figure), _MAX_ELEMENTS))
    named = ClassNames()
    element = _caption(figure, inside, named)
    caption = _text(element) if element is not None else None
    return _parted(caption, _credit(inside, element, named))


def read_below(block: Block) -> tuple[str | None, str | None]:
    """Give caption and credit of the block below a picture that has no figure."""
    container = block.container
    alone = container.last - container.first == 1
    inside = list(islice(_own(container.element), _MAX_ELEMENTS)) if alone else []
    text = _text(container.element) if alone else block.text
    return _parted(text[:_MAX_BELOW], _credit(inside, None, ClassNames()))


def _parted(caption: str | None, marked: str | None) -> tuple[str | None, str | None]:
    """Part the credit from a caption: what markup says is one, else what its words do."""
    caption = caption and caption.lstrip(_ARROWS)
    if marked is None or (caption and attribution.is_empty(marked)):
        return attribution.part(caption) if caption else (None, None)
    if caption is not None and caption.endswith(marked):
        caption = attribution.unlabelled(caption[: -len(marked)]) or None
    elif caption is not None:
        caption = caption.removeprefix(marked).strip()
    return caption, attribution.bare(marked) or None


def _own(figure: HtmlElement) -> Iterator[HtmlElement]:
    """Walk the elements in a figure, those of the figures in it aside."""
    walk = etree.iterwalk(figure, events=("start",))
    for _, element in walk:
        if element is figure:
            continue
        if is_frame(element):
            walk.skip_subtree()
        else:
            yield element


def _own_captions(figure: HtmlElement) -> Iterator[HtmlElement]:
    """Walk the captions by tag that are the figure's and not of one in it: behind more pictures than elements are looked at."""
    return (one for one in islice(figure.iter("figcaption"), _MAX_CAPTIONS) if around(one) in {figure, None})


def _caption(figure: HtmlElement, inside: list[HtmlElement], named: ClassNames) -> HtmlElement | None:
    """Give the first element with a text that is a caption by its tag, else by its name, and not by its name a credit."""
    tagged = [one for one in islice(_own_captions(figure), _MAX_TRIED) if _text(one)]
    plain = [one for one in tagged if not _CREDIT.search(named[one])]
    if tagged:
        return (plain or tagged)[0]
    called = (one for one in inside if _is_caption(one, named))
    return next((one for one in islice(called, _MAX_TRIED) if _is_text(one, named)), None)


def _credit(inside: list[HtmlElement], caption: HtmlElement | None, named: ClassNames) -> str | None:
    """Give the text of the first element that is a credit by its tag, its name or its property."""
    claiming = (
        one
        for one in inside
        if one.tag == "cite"
        or one.get("itemprop") in _OWNERS
        or (one is not caption and one.tag not in PICTURES and (_CREDIT.search(named[one]) or _is_labelled(one, named)))
    )
    texts = (_content(one) or _text(one) for one in islice(claiming, _MAX_TRIED) if _is_text(one, named))
    return next((text for text in texts if len(text) <= _MAX_CREDIT), None)


def _is_labelled(element: HtmlElement, named: ClassNames) -> bool:
    """Tell whether an element begins with the label of a credit that only screen readers read ("Image source,")."""
    first = next(element.iterchildren("span"), None)
    return first is not None and _HIDDEN.search(named[first]) is not None and is_label(line_of(first))


def _text(element: HtmlElement) -> str:
    """Give the text of an element without what only screen readers read in it ("Image caption,", "opens in a new tab")."""
    return line_of(element, _is_hidden)


def _is_hidden(element: HtmlElement) -> bool:
    names = (element.get("class") or "")[:MAX_ATTRIBUTE]
    return _HIDDEN.search(names) is not None or sells(element)


def _is_text(element: HtmlElement, named: ClassNames) -> bool:
    """Tell whether no picture and no caption stands in an element: it is no container around both."""
    within = [one for one in islice(element.iterdescendants(), _MAX_ELEMENTS) if isinstance(one.tag, str)]
    return bool(_content(element) or _text(element)) and not any(
        one.tag in (*PICTURES, "figcaption") or _is_caption(one, named) for one in within
    )


def _content(element: HtmlElement) -> str:
    return " ".join((element.get("content") or "").split())


def _is_caption(element: HtmlElement, named: ClassNames) -> bool:
    return _CAPTION.search(named[element]) is not None and not _CREDIT.search(named[element])

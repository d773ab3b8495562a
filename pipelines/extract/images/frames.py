"""What stands around a picture and its caption: `<figure>`, and what content systems made of `<div>` before there was one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.classes import MAX_ATTRIBUTE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["Frames", "around", "is_frame"]

# WordPress' classic captions and galleries: `div.wp-caption > img + p.wp-caption-text`, `dl.gallery-item > dt > img` with
# `dd.gallery-caption`. Other names ("image", "media") are as often those of whole parts of a page.
CAPTIONED, GALLERY_ITEM = "wp-caption", "gallery-item"
# Elements between a frame and the one around it.
MOST_BETWEEN = 6


class Frames:
    """The frames around the containers of a page; a class, for what is known of one tells of those inside."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        self.known: dict[int, HtmlElement | None] = {0: None}

    def of(self, container: Container) -> HtmlElement | None:
        """Give the innermost frame around the content of a container."""
        unknown = []
        while container.index not in self.known:
            unknown.append(container)
            container = self.containers[container.parent]
        frame = self.known[container.index]
        for inner in reversed(unknown):
            frame = self.known[inner.index] = inner.element if is_frame(inner.element) else frame
        return frame


def is_frame(element: HtmlElement) -> bool:
    """Tell whether an element is around a picture and its caption by its tag, or by a name that nothing else bears."""
    if element.tag == "figure":
        return True
    if element.tag not in {"div", "dl", "li"}:
        return False
    names = element.get("class")
    if not names or (CAPTIONED not in names and GALLERY_ITEM not in names):
        return False
    known = names[:MAX_ATTRIBUTE].split()
    return CAPTIONED in known or (element.tag == "dl" and GALLERY_ITEM in known)


def around(frame: HtmlElement) -> HtmlElement | None:
    """Give the frame near around another, such as that of a gallery."""
    return next(filter(is_frame, islice(frame.iterancestors(), MOST_BETWEEN)), None)

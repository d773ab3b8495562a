"""Pictures of an article: the one that stands for it, and those in its figures, with captions and credits."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipelines.extract.claims.json_ld import resolve, strings, types
from pipelines.extract.cutting.blocks import PICTURES
from pipelines.extract.images import attribution, captions
from pipelines.extract.images.frames import around
from pipelines.extract.images.furniture import is_furniture
from pipelines.extract.images.sources import absolute, is_shown, source
from pipelines.records import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node

__all__ = ["address", "lead_image", "picture", "pictures_of", "same_file"]

# The name of a picture, where others are that of a script which makes pictures.
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
# The file that such a script makes a picture of, as Next.js has it.
_MADE_OF = re.compile(r"(?:^|&)url=([^&]+)")
_SIZE = re.compile(r"-(?:\d{2,4}x\d{2,4}|scaled)(?=\.\w+$)")
_MAX_CAPTION = 1_000
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 4
# The lead picture stands among the first figures.
_MAX_FIGURES = 50
# Pictures of one figure; more are a list of files. A button in it is not so wide, in pixels.
_MAX_GALLERY = 50
_LEAST_SIDE = 64
# What stands in a figure beside its pictures; and the elements between it and a picture of its own.
_BESIDE = frozenset(("figcaption", "button"))
_MARK_DEPTH = 4
_DRAWING = ".svg"


def lead_image(evidence: Evidence) -> Image | None:
    """Give the picture that stands for the article by the page's word; null where it names none but its logo."""
    for claimed in _claims(evidence):
        url = absolute(evidence.base, claimed)
        if url is not None and not is_furniture(_path(url), evidence.base):
            return _with_caption(evidence, url)
    return None


def _claims(evidence: Evidence) -> Iterator[str]:
    yield from evidence.metas.get("og:image", [])[:2]
    yield from evidence.metas.get("og:image:secure_url", [])[:1]
    image = evidence.article.get("image")
    for value in image[:3] if isinstance(image, list) else [image]:
        if isinstance(value, dict):
            yield from (strings(value.get("url")) or strings(value.get("contentUrl")) or strings(value.get("@id")))[:1]
        else:
            yield from strings(value)[:1]
    for name in ("twitter:image", "twitter:image:src", "thumbnail"):
        yield from evidence.metas.get(name, [])[:1]
    yield from evidence.links.get("image_src", [])[:1]


def _with_caption(evidence: Evidence, url: str) -> Image:
    """Take caption and credit from the figure that shows the same address, else from one with the same file in whatever size."""
    # A gallery is asked after the figures in it.
    figures = evidence.elements["figure"][:_MAX_FIGURES]
    galleries = {outer for figure in figures if (outer := around(figure)) is not None}
    addresses = [(figure, address(figure, evidence.base)) for figure in sorted(figures, key=galleries.__contains__)]
    for same in (str.__eq__, same_file):
        for figure, shown in addresses:
            if shown is not None and same(shown, url):
                return _captioned(url, *captions.Captions().of(figure))
    return _stated(evidence, url)


def _stated(evidence: Evidence, url: str) -> Image:
    """Take caption and credit from the object that the page's JSON-LD states of a picture: where it is not the headline again."""
    headline = evidence.meta("og:title") or "".join(strings(evidence.article.get("headline"))[:1])
    for node in (*resolve(evidence.article.get("image"), evidence.nodes)[:3], *evidence.nodes):
        if not isinstance(node, dict) or "ImageObject" not in types(node):
            continue
        addresses = (
            absolute(evidence.base, link) for link in strings(node.get("url")) + strings(node.get("contentUrl"))
        )
        if not any(address is not None and same_file(address, url) for address in addresses):
            continue
        caption, credit = attribution.part(text) if (text := _told(node, headline)) else (None, None)
        named = [attribution.bare(text) for text in strings(node.get("creditText"))[:1]]
        return Image(url=url, caption=caption and caption[:_MAX_CAPTION], credit=next(filter(None, named), credit))
    return Image(url=url)


def _told(node: Node, headline: str) -> str | None:
    """Give the caption that an object states, if it is one: content systems put the headline or terms to be found by there."""
    text = next((" ".join(text.split()) for text in strings(node.get("caption"))), "")
    words = _WORD.findall(text.lower())
    repeated = len(set(words).intersection(_WORD.findall(headline.lower())))
    if text[:1].islower() or (text.isascii() and len(words) < _LEAST_WORDS) or 2 * repeated > len(words):
        return None
    return text or None


def same_file(one: str, other: str) -> bool:
    """Tell whether two addresses differ in nothing but size and server; a short name may be another's on another path."""
    first, second = _path(one), _path(other)
    # What a script makes a picture of is an address itself.
    same = "//" in first or (urlsplit(one).netloc == urlsplit(other).netloc and _FILE.search(first))
    if first == second and same:
        return True
    name = _file_name(first)
    return name != "" and name == _file_name(second)


def _file_name(path: str) -> str:
    """Give the stem of the file's name without the size that content systems append."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"[-_](?:\d{2,4}x\d{2,4}|scaled|w?\d{3,4})$", "", stem) if len(stem) >= 5 else ""


def picture(element: HtmlElement, base: str) -> Image | None:
    """Give the first picture in `element` (or an `<img>` itself) with its caption; null where it shows none."""
    url = address(element, base)
    return _captioned(url, *captions.read(element)) if url is not None else None


def pictures_of(figure: HtmlElement, shown: Sequence[HtmlElement], base: str, told: captions.Captions) -> list[Image]:
    """Give the pictures of a figure, of which `shown` are the elements, one a file, `_MAX_GALLERY` at most.

    Each has the caption and credit of the figure: who takes one picture of a gallery has to name its maker too.
    """
    plain = [element for element in shown[:_MAX_GALLERY] if not _is_mark(element)] if len(shown) > 1 else shown
    found: dict[str, str] = {}
    for element in plain:
        if (url := address(element, base)) is not None:
            found.setdefault(_file(url), url)
    first = None if found else address(figure, base)
    urls = [*found.values()] if first is None else [first]
    addresses = [url for url in urls if not url.endswith(_DRAWING)] or urls
    return [_captioned(url, *told.of(figure)) for url in addresses]


def _is_mark(element: HtmlElement) -> bool:
    """Tell whether a picture is no picture of its figure: so small that it is a button, or in the caption."""
    side = element.get("width") or ""
    small = side.isdecimal() and len(side) < len(str(_LEAST_SIDE)) + 1 and int(side) < _LEAST_SIDE
    return small or any(one.tag in _BESIDE for one in islice(element.iterancestors(), _MARK_DEPTH))


def _file(url: str) -> str:
    """Give what the addresses of one file in several sizes share; a number at the end of its name may be that of another."""
    path = urlsplit(url).path
    return _SIZE.sub("", path) if _FILE.search(path) else url


def address(figure: HtmlElement, base: str) -> str | None:
    """Give the address of the first picture in `figure` (or of an `<img>` itself); null where it is the site's own."""
    images = [figure] if figure.tag in PICTURES else islice(figure.iter(*PICTURES), 3)
    url = next((found for image in images if is_shown(image) and (found := source(image, base))), None)
    return None if url is None or is_furniture(_path(url), base) else url


def _path(url: str) -> str:
    """Give the path of a picture's file, also where it is in the query for a script that makes others of it."""
    parts = urlsplit(url)
    made = _MADE_OF.search(parts.query)
    return unquote(made[1]) if made is not None else parts.path


def _captioned(url: str, caption: str | None, credit: str | None) -> Image:
    return Image(url=url, caption=caption[:_MAX_CAPTION] if caption else None, credit=credit)

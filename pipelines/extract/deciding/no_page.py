"""Files that are no page at all, whatever the server called them: documents, pictures, archives, feeds, sitemaps, data."""

from __future__ import annotations

import json
import re
import unicodedata

from lxml.html.defs import tags

__all__ = ["no_page"]

# By these a file is told from any text: what it begins with, without the controls that no page may hold.
_BEGINNINGS = (
    ("%PDF-", "a PDF file"),
    ("GIF87a", "a picture (GIF)"),
    ("GIF89a", "a picture (GIF)"),
    ("{\\rtf", "a document (RTF)"),
    ("WARC/1.", "an archive of pages (WARC)"),
)
# And by these a file that is no text: what stands near its beginning.
_NEAR = (
    ("PNG", "a picture (PNG)"),
    ("JFIF", "a picture (JPEG)"),
    ("Exif", "a picture (JPEG)"),
    ("ÿØÿ", "a picture (JPEG)"),
    ("WEBP", "a picture (WebP)"),
    ("ftyp", "a film or a sound (MP4)"),
    ("ID3", "a sound (MP3)"),
    ("PK", "a ZIP archive"),
    ("ÐÏà", "a document (Microsoft Office)"),
    ("‹", "a compressed file (gzip)"),
)
_NEARNESS = 16
_OFFICE = re.compile(r"\[Content_Types\]\.xml|(?:word|xl|ppt)/|mimetypeapplication/")
_ROOTS = {
    "rss": "a feed (RSS)",
    "rdf:rdf": "a feed (RSS 1.0)",
    "feed": "a feed (Atom)",
    "urlset": "a sitemap",
    "sitemapindex": "an index of sitemaps",
    "svg": "a picture (SVG)",
}
# Files are judged by so many characters; data by all of them, where reading it takes no more than the page may cost.
_LOOKED_AT, _MOST_PARSED = 2_000, 4_000_000
_DATA = re.compile(r"[\s\ufeff]*[{\[]\s*[\"{\[]")
# More instructions, comments and declarations stand before no root.
_MOST_PREAMBLE = 50
# What hardly comes about by chance.
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|script|style|div|span|section|article|main|table|img|h[1-6]|ul|ol|p|br)[\s/>]",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<([a-z][\w:.-]{0,60})[\s/>]", re.IGNORECASE)
_DENSE = "\u3000"
# A file of which more characters are symbols, or none at all, is no text in any charset: those of random bytes make up a fifth.
_MOST_SYMBOLS = 0.08


def no_page(text: str) -> str | None:
    """Say what a file is that is no page, by its text as it was decoded; None where it may well be a page or a plain text."""
    start = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    for beginning, what in _BEGINNINGS:
        if start.startswith(beginning):
            return what
    if start[:1] in ("{", "["):
        return "data (JSON)" if _is_json(text) else None
    if start[:1] == "<":
        return _document(text)
    if start and not _TAG.search(start) and _symbols(start) > _MOST_SYMBOLS:
        return _binary(text, start)
    return None


def _is_json(text: str) -> bool:
    if len(text) > _MOST_PARSED:
        return _DATA.match(text) is not None and text.rstrip()[-1:] in ("]", "}")
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def _document(text: str) -> str | None:
    """Say what a document of markup is by its root; None for HTML, and for what browsers would show as such."""
    at, declared = len(text) - len(text.lstrip("\ufeff \t\r\n")), text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    for _ in range(_MOST_PREAMBLE):
        end = next(
            (close for opening, close in (("<?", "?>"), ("<!--", "-->"), ("<!", ">")) if text.startswith(opening, at)),
            "",
        )
        closed = text.find(end, at) if end else -1
        if closed < 0:
            break
        at = closed + len(end)
        while text[at : at + 1].isspace():
            at += 1
    root = _ROOT.match(text, at)
    name = root[1].lower() if root else ""
    if name in _ROOTS and (declared or text.rstrip().lower().endswith(f"</{name}>")):
        return _ROOTS[name]
    return f"an XML document (<{name}>)" if declared and name and name not in tags and name != "html" else None


def _binary(text: str, start: str) -> str:
    near = start[:_NEARNESS]
    what = next((what for mark, what in _NEAR if mark in near), "a binary file")
    return "a document (Office)" if near.startswith("PK") and _OFFICE.search(text[:_LOOKED_AT]) else what


def _symbols(text: str) -> float:
    """Give the share of characters that are neither letters, digits, spaces nor what texts put between them.

    Bytes that are no text come out of the decoder as Western letters and symbols; dense scripts have more marks in a text.
    """
    strange = (one for one in text if not one.isascii() and (one < _DENSE or one == "\ufffd"))
    return sum(
        unicodedata.category(one)[0] in "CS" or unicodedata.category(one) in ("No", "Po") for one in strange
    ) / len(text)

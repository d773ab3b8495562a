"""Hostile XML to a bounded tree: the one way in which feeds and sitemaps are parsed.

Parsing is libxml2's, in linear time, without network, DTD or entities. What is not well-formed is repaired as browsers
would; what declares entities is refused, since a list of links needs none and every XML bomb does.
"""

from __future__ import annotations

import re
import zlib
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from crawlers.discover.charset import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Tree", "inflate", "local", "parse"]

# Characters of a broken document that are repaired: hostile ones cost most here. Broken real ones stay under 1 MB.
_REPAIRED = 2_097_152
# A sitemap of 50,000 URLs with eight pictures each has 2,700,000; the tree of as many takes 400 MB.
_MAX_TAGS = 3_000_000
_GZIP = b"\x1f\x8b"
# Characters that XML 1.0 knows in no form.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_HTML = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body|script|meta)\b", re.IGNORECASE)


class Tree(NamedTuple):
    """A parsed document, or why there is none."""

    root: _Element | None
    """Root element; null where nothing could be read."""
    trouble: str | None
    """What was wrong with the document; null where nothing was."""


def inflate(body: bytes, limit: int) -> tuple[bytes, str | None]:
    """Undo gzip where `body` carries it, into at most `limit` bytes; the second value says what is missing."""
    if not body.startswith(_GZIP):
        return body[:limit], None if len(body) <= limit else f"longer than {limit} bytes; the rest is not read"
    out, rest = bytearray(), body
    while rest.startswith(_GZIP) and len(out) <= limit:
        member = zlib.decompressobj(wbits=31)
        try:
            out += member.decompress(rest, limit + 1 - len(out))
        except zlib.error as error:
            return bytes(out), f"broken gzip ({error}); read as far as it goes"
        if not member.eof:
            break
        rest = member.unused_data
    if len(out) > limit:
        return bytes(out[:limit]), f"unpacks to more than {limit} bytes; the rest is not read"
    return bytes(out), None if member.eof else "gzip ends early; read as far as it goes"


def parse(body: bytes, content_type: str | None = None) -> Tree:
    """Parse `body`, which the caller has bounded in size; never raises for what it holds."""
    text = decode(body, content_type)
    try:
        text = text[_root_at(text) :]
    except ValueError as error:
        return Tree(None, str(error))
    if _HTML.match(text):
        return Tree(None, "an HTML page was answered")
    if text.count("<") > _MAX_TAGS:
        return Tree(None, f"more than {_MAX_TAGS} tags; refused")
    try:
        return Tree(etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False)), None)
    except etree.XMLSyntaxError as error:
        return _repair(text, f"not well-formed ({_where(error)})")


def _root_at(text: str) -> int:
    """Find where the root element begins: declaration, comments and document type are left behind."""
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            at = text.find("-->", at)
        elif text.startswith("<?", at):
            at = text.find("?>", at)
        elif text[at : at + 8].upper() == "<!ENTITY":
            raise ValueError("declares XML entities, which a list of links has no use for; refused")
        elif not text.startswith("<!", at) or _HTML.match(text, at):
            return at
        at = text.find("<", at + 1) if at >= 0 else at
    raise ValueError("no markup in it" if text.strip() else "empty")


def local(element: _Element) -> str:
    """Give an element's name in lower case, without its namespace."""
    name = element.tag
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _repair(text: str, fault: str) -> Tree:
    if len(text) > _REPAIRED:
        text, fault = text[:_REPAIRED], f"{fault}; only its beginning is read"
    pieces = _CDATA.split(_ILLEGAL.sub("", text))
    # Odd pieces are CDATA, where an ampersand is only itself.
    mended = "".join(
        piece if index % 2 else _NAMED.sub(_character, _BARE_AMPERSAND.sub("&amp;", piece))
        for index, piece in enumerate(pieces)
    )
    try:
        root = etree.fromstring(mended.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError as error:
        return Tree(None, f"not XML ({_where(error)})")
    return Tree(root, f"{fault}; repaired")


def _character(found: re.Match[str]) -> str:
    known = html5.get(f"{found[1]};")
    return known if known and not set(known) & set("<&>") else f"&amp;{found[1]};"


def _where(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error.msg).split())[:120]

"""Hostile XML to a bounded tree: the one way in which feeds and sitemaps are parsed.

Parsing is libxml2's, in linear time, without network, DTD or entities. What is not well-formed is repaired as browsers
would; what declares entities is refused, since a list of links needs none and every XML bomb does.
"""

from __future__ import annotations

import re
import zlib
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

import webencodings
from lxml import etree
from w3lib.encoding import http_content_type_encoding, read_bom

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Tree", "decode", "inflate", "local", "parse"]

_GZIP = b"\x1f\x8b"
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
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


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode by byte order mark, by UTF-8 where the bytes are valid, by XML declaration, by header, else Windows-1252.

    Valid UTF-8 wins over what is declared: text of other encodings passes for it only by being ASCII, and wrong
    declarations on UTF-8 are common. Encodings that write in ASCII bytes (ISO-2022-JP) are believed first.
    """
    marked, mark = read_bom(body)
    if marked and mark:
        return body[len(mark) :].decode(marked, "replace")
    if body[:2] in (b"<\x00", b"\x00<"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    found = _DECLARED.match(body[:400])
    labels = [found[1].decode("ascii") if found else None, http_content_type_encoding(content_type)]
    # The WHATWG's list holds text encodings alone; Python's would also take `zlib` or `idna` from a stranger.
    encodings = [encoding for label in labels if label and (encoding := webencodings.lookup(label))]
    seven_bit = next((encoding for encoding in encodings if encoding.name == "iso-2022-jp"), None)
    if seven_bit is None:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    chosen = next((encoding for encoding in encodings if encoding.name not in {"utf-8", "utf-16le", "utf-16be"}), None)
    # A document that says UTF-8 and errs in a few bytes is UTF-8 all the same.
    name = chosen.codec_info.name if chosen else "utf-8" if encodings or _mostly_utf8(body) else "cp1252"
    return body.decode(name, "replace")


def _mostly_utf8(body: bytes) -> bool:
    sample = body[:65536].decode("utf-8", "replace")
    bad = sample.count("�")
    good = sum(1 for character in sample if ord(character) > 127) - bad
    return good > bad


def parse(body: bytes, content_type: str | None = None) -> Tree:
    """Parse `body`, which the caller has bounded in size; never raises for what it holds."""
    text = decode(body, content_type)
    try:
        text = text[_root_at(text) :]
    except ValueError as error:
        return Tree(None, str(error))
    if _HTML.match(text):
        return Tree(None, "an HTML page was answered")
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

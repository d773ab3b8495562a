"""Bytes of a page to a tree: the charset found as browsers find it, and checked; size, tags, attributes and depth bounded."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass

from charset_normalizer import from_bytes
from ftfy import fix_encoding
from lxml import etree, html
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)
from webencodings.labels import LABELS

from pipelines.errors import Quarantine
from pipelines.extract.parsing.characters import is_legible, legible, without_references
from pipelines.extract.parsing.latin import LATIN, WESTERN, latin_charset

__all__ = ["Document", "parse"]

# The largest article page seen in 1,400 has 3 MB; what is ten times as large is data, not prose.
MAX_BYTES = 16_000_000
# The most seen is 20,000 `<`; a node costs about 150 bytes of memory and 10 µs in the walk.
MAX_TAGS = 400_000
# Trees spend quadratic time on the attributes of one tag: 0.1 s on 10,000, 1.4 s on 40,000. The most seen on 1,400 pages is 1,850, in
# what a script compares.
MAX_ATTRIBUTES = 5_000
# So many, on each tag that has forty, come to 26,000,000 comparisons on the page that has most of such tags.
FEW_ATTRIBUTES = 1_000
# Each attribute is compared with those before it, 2 ns each; the most seen is 7,000,000, in scripts.
MAX_COMPARED = 1_000_000_000
# Bytes of such tags, of which one may begin within another; the most seen is 1,300,000.
MAX_IN_TAGS = 64_000_000
# A charset that turns more than one in a hundred of a page's non-ASCII bytes into U+FFFD is the wrong one.
MAX_BROKEN = 0.01
# Bytes shown to the detector: enough for letter statistics, little enough for its quadratic worst case.
DETECTOR_BYTES = 16_384

# The legacy encodings of the WHATWG's list that pages without a declaration are seen in.
DETECTED = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874",
    "iso8859_2", "cp932", "euc_jp", "gb18030", "big5", "cp949", "utf_16_le", "utf_16_be", "utf_8",
]  # fmt: skip

# UTF-8 taken for windows-1252 or ISO-8859-1 and written in UTF-8 again: what becomes of dashes, quotes and letters with accents.
# All begin with one byte, which English pages hardly have: one pattern finds them in an eighth of the time of four searches.
FIRST = b"\xc3"
TWICE = re.compile(rb"\xc3(?:\xa2(?:\xe2\x82\xac|\xc2\x80)|[\x82\x83]\xc2)")
# Mending takes most of a second for a million characters.
MAX_MENDED = 2_000_000

# Control characters that HTML forbids, null bytes among them.
CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
# An attribute as browsers read it (HTML, 13.2.5.32 to 13.2.5.39): a quote is one behind a name's `=` alone.
ATTRIBUTE = rb"""[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?:[^\s>"'][^\s>]*+)?+))?+"""
ATTRIBUTES = re.compile(ATTRIBUTE)
BETWEEN_ATTRIBUTES = b" \t\n\r\f\v/=\"'"
# The attributes of a tag that has many. Whatever may begin a tag is taken for one: in a script, a comment, a value.
LAVISH = re.compile(rb"<[a-zA-Z][^\s/<>]*+(?:<(?![a-zA-Z])[^\s/<>]*+)*+(?=[\s/]((?:%b){40,}+))" % ATTRIBUTE)
# One class for all: lxml.html asks a Python function for the class of each element whenever it is met.
ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
EMPTY = b"<html><head></head><body></body></html>"


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. The tree is shared by all who read it: nobody changes it."""

    tree: html.HtmlElement
    """The root, always `<html>`."""
    charset: str
    """Python codec name the bytes were decoded with."""
    text: str
    """The markup, decoded (twice, where it was encoded twice), without the control characters that HTML forbids."""


def parse(html_bytes: bytes, content_type: str | None = None) -> Document:
    """Parse a page; `content_type` is the HTTP header as received, None where there was none.

    Raises Quarantine for a page over the bounds on size, tags, attributes or depth, and nothing else, whatever the bytes are.
    """
    if len(html_bytes) > MAX_BYTES:
        raise Quarantine(f"page of {len(html_bytes):,} bytes, over the limit of {MAX_BYTES:,}")
    charset, text = decode(html_bytes, content_type)
    written = in_utf8(html_bytes, charset, text)
    if FIRST in written and len(text) <= MAX_MENDED and TWICE.search(written):
        # Servers that recode what is in UTF-8 already: readers see "letâ€™s", the author wrote "let’s".
        text = fix_encoding(text)
        written = text.encode("utf-8", "replace")
    # Bytes are searched in half the time that text takes.
    bare = written.translate(None, CONTROLS)
    if len(bare) < len(written):
        text = text.translate(dict.fromkeys(CONTROLS))
    if not is_legible(bare):
        text = legible(text)
        bare = text.encode()
    bare = END.sub(b"", without_references(bare))
    if len(bare) > MAX_TAGS and (tags := bare.count(b"<")) > MAX_TAGS:
        raise Quarantine(f"page of about {tags:,} tags, over the limit of {MAX_TAGS:,}")
    bound_attributes(bare)
    return Document(tree(bare), charset, text)


def bound_attributes(written: bytes) -> None:
    """Raise Quarantine for a tag of too many attributes, and for more in all than can be compared with each other in time."""
    compared = looked_at = 0
    for tag in LAVISH.finditer(written):
        size = len(tag[1])
        looked_at += size
        # Between two attributes stands one of these: where there cannot be many, they need not be counted.
        attributes = 1 + size - len(tag[1].translate(None, BETWEEN_ATTRIBUTES))
        if attributes > FEW_ATTRIBUTES:
            attributes = len(ATTRIBUTES.findall(tag[1])) if looked_at <= MAX_IN_TAGS else 0
        compared += attributes**2
        if attributes > MAX_ATTRIBUTES:
            raise Quarantine(f"tag of about {attributes:,} attributes, over the limit of {MAX_ATTRIBUTES:,}")
        if compared > MAX_COMPARED or looked_at > MAX_IN_TAGS:
            raise Quarantine(f"tags of too many attributes: {compared:,} comparisons in {looked_at:,} bytes of them")


def decode(html_bytes: bytes, content_type: str | None) -> tuple[str, str]:
    """Codec name and text.

    The order is the WHATWG's (byte order mark, HTTP header, `<meta>`, detection) with one exception: bytes that are
    valid UTF-8 with characters beyond ASCII are UTF-8 whatever was declared, and a declaration that the bytes contradict
    is passed over.
    """
    charset, bom = read_bom(html_bytes)
    if charset is not None and bom is not None:
        return charset, to_unicode(html_bytes[len(bom) :], charset)
    if not html_bytes.isascii() and (text := strict_utf8(html_bytes)) is not None:
        return "utf-8", text
    declared = (http_content_type_encoding(content_type), html_body_declared_encoding(html_bytes))
    for name in dict.fromkeys(declared):
        if name is not None and (text := trusted(html_bytes, name)) is not None:
            return name, text
    charset = "utf-8" if html_bytes.isascii() else detect(html_bytes)
    return charset, to_unicode(html_bytes, charset)


def in_utf8(html_bytes: bytes, charset: str, text: str) -> bytes:
    """Give the text in UTF-8; nearly all pages came in it, and what was decoded without fault is the same in bytes again."""
    same = charset == "utf-8" and "\ufffd" not in text and not html_bytes.startswith(BOM_UTF8)
    return html_bytes if same else text.encode("utf-8", "replace")


def strict_utf8(html_bytes: bytes) -> str | None:
    """Decode the bytes if they are valid UTF-8, else None; zero bytes are a sign of UTF-16 and speak against it."""
    if 0 in html_bytes and html_bytes.count(0) * 4 > len(html_bytes):
        return None
    try:
        return html_bytes.decode("utf-8")
    except UnicodeDecodeError:
        return None


def trusted(html_bytes: bytes, charset: str) -> str | None:
    """Decode in a declared charset; None where browsers know none of that name, or the bytes contradict the declaration."""
    if charset not in CHARSETS:
        return None
    try:
        text = to_unicode(html_bytes, charset)
    except (LookupError, UnicodeError):
        return None
    broken = text.count("\ufffd")
    if not broken:
        return text
    beyond_ascii = len(html_bytes.translate(None, ASCII))
    return text if broken <= MAX_BROKEN * beyond_ascii else None


def detect(html_bytes: bytes) -> str:
    """Most likely charset by letter statistics around the first characters beyond ASCII; windows-1252 where unsure."""
    first = BEYOND_ASCII.search(html_bytes)
    start = max(0, first.start() - 1_000) if first else 0
    sample = html_bytes[start : start + DETECTOR_BYTES]
    best = from_bytes(sample, cp_isolation=DETECTED).best()
    if best is None or best.encoding in LATIN:
        return latin_charset(html_bytes, sample)
    return resolve_encoding(best.encoding) or WESTERN


def tree(written: bytes) -> html.HtmlElement:
    """Build the tree of a page in UTF-8; raises Quarantine for one nested too deep."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(ELEMENTS)
    try:
        root = html.document_fromstring(written, parser=parser)
    except etree.ParserError:
        # lxml's word for a document without a single element.
        root = html.document_fromstring(EMPTY)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Quarantine("markup nested deeper than libxml2's limit of 2,048")
    give_body(root)
    return root


def give_body(root: html.HtmlElement) -> None:
    """Move what is no part of a head out of it.

    A page need not write `<body>` (HTML, 13.1.2.4), and libxml2 knows no `<article>` or `<main>` that would begin it.
    """
    head = root.find("head")
    stray = next((child for child in head if child.tag not in HEAD), None) if head is not None else None
    if stray is None:
        return
    strays = [stray, *stray.itersiblings()]
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    strays[-1].tail = (strays[-1].tail or "") + (body.text or "")
    body.text = None
    first = body[0] if len(body) else None
    for element in strays:
        if first is None:
            body.append(element)
        else:
            first.addprevious(element)


# Elements of a head (HTML, 3.2.5.2.1), and one of the past.
HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template", "basefont"))
# By the standard a page goes on behind `</html>` (HTML, 13.2.6.4.19 to 22); libxml2 would drop the rest.
END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
# Python knows codecs that no browser does and that are none of a page: some are slow (`punycode`), some give what no text can
# hold (`unicode_escape`).
CHARSETS = frozenset(resolve_encoding(label) for label in LABELS) - {None, "hz", "iso2022_kr"}
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
ASCII = bytes(range(128))

"""Bytes to text: by mark, by trial, by what is declared; never by a codec that is not a text encoding of the web."""

from __future__ import annotations

import re

import webencodings
from w3lib.encoding import http_content_type_encoding, read_bom

__all__ = ["decode"]

_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# HTML: a meta tag within the first 4 KiB.
_META = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Decode by byte order mark, by UTF-8 where the bytes are valid, by declaration, by header, else Windows-1252.

    Valid UTF-8 wins over what is declared: text of other encodings passes for it only by being ASCII, and wrong
    declarations on UTF-8 are common. Encodings that write in ASCII bytes (ISO-2022-JP) are believed first.
    """
    marked, mark = read_bom(body)
    if marked and mark:
        return body[len(mark) :].decode(marked, "replace")
    if body[:2] in (b"<\x00", b"\x00<"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    found = _XML.match(body[:400]) or _META.search(body[:4096])
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

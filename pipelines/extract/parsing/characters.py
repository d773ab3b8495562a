"""Characters that no text holds: controls, halves of characters, and what Unicode sets aside as no character (23.7)."""

from __future__ import annotations

import re

from ftfy.fixes import fix_c1_controls

__all__ = ["NONE", "is_legible", "legible", "without_references"]

# What separates records (U+001C to U+001F) is white space to Python, and none of these.
NONE = "\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_NONE = re.compile(f"[{NONE}]")
# In UTF-8, in which a page is searched: each begins with one byte, and is found in a tenth of the time of a class.
_ENCODED = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xef": re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
}
# References of a page that stand for one: the parser resolves them all. Those to the rest of U+0080 to U+009F stand for characters
# of windows-1252 (HTML, 13.2.5.80).
_REFERENCE = re.compile(
    rb"&#(?:0*+(?:[1-8]|1[14-9]|2\d|3[01]|127|129|14[134]|157|6553[45]|649[7-9]\d|6500[0-7])(?!\d)"
    rb"|[xX]0*+(?:[1-8bBeEfF]|1[\da-fA-F]|7[fF]|8[1dDfF]|9[0dD]|[fF]{3}[eEfF]|[fF][dD][dDeE][\da-fA-F])(?![\da-fA-F]));?"
)


def legible(text: str) -> str:
    """Drop what is no character; halves of one are U+FFFD, and U+0080 to U+009F are what windows-1252 has there."""
    if text.isprintable() or not _NONE.search(text):
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NONE.sub("", fix_c1_controls(whole))


def is_legible(written: bytes) -> bool:
    """Tell whether a text in UTF-8, free of ASCII's controls, holds nothing but characters."""
    return written.isascii() or not any(
        first in written and pattern.search(written) for first, pattern in _ENCODED.items()
    )


def without_references(written: bytes) -> bytes:
    """Replace references to what is no character; by a space, lest what stands around one become another."""
    return _REFERENCE.sub(b" ", written) if b"&#" in written else written

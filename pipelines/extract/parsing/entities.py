"""Character references of a text resolved, whatever number stands in them, and no more in it than characters."""

from __future__ import annotations

import html
import re

from pipelines.extract.parsing.characters import legible

__all__ = ["unescape"]

# No character has a number of so many digits; `html.unescape` hands them to `int`, which refuses more than 4,300.
_NO_CHARACTER = re.compile("&#[0-9]{1000,};?")


def unescape(text: str) -> str:
    """Resolve character references as browsers do; a number beyond all characters is U+FFFD (HTML, 13.2.5.80).

    What the text or its references hold that is no character is dropped: JSON may escape any, and every claim comes by here.
    """
    text = html.unescape(_NO_CHARACTER.sub("\ufffd", text) if "&#" in text else text)
    return legible(text)

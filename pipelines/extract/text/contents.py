"""A table of contents that was copied with a plain text: a list of the headings that stand in it once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.text.lines import Line

__all__ = ["contents"]

_HEADING = re.compile(
    r"(?:table of contents|contents|in this (?:article|guide|story|post|review)|on this page|jump to(?: section)?|inhalt(?:sverzeichnis|sübersicht)?|"
    r"in diesem (?:artikel|beitrag)|auf dieser seite|(?:au )?sommaire|table des matières|dans cet article|(?:tabla de )?contenidos?|índice|"
    r"en este artículo|neste artigo|conteúdo|indice(?: dei contenuti)?|in questo articolo|inhoud(?:sopgave)?|spis treści|содержание|оглавление|"
    r"目次|目录|目錄|목차)\W{0,3}",
    re.IGNORECASE,
)
_CHARACTERS = 40
# A heading that stands twice may be two sections.
_LEAST_ENTRIES = 2


def contents(lines: Sequence[Line]) -> set[int]:
    """Give the heading of a table of contents, and its entries: each is the text of a line further down."""
    headings = [at for at, line in enumerate(lines) if len(line.text) <= _CHARACTERS and _HEADING.fullmatch(line.text)]
    if not headings:
        return set()
    last = {fold(line.text): at for at, line in enumerate(lines)}
    found: set[int] = set()
    for heading in headings:
        if heading in found:
            continue
        end = heading + 1
        while end < len(lines) and last[fold(lines[end].text)] > end:
            end += 1
        if end - heading > _LEAST_ENTRIES:
            found.update(range(heading, end))
    return found

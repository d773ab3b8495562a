"""Lines of a plain text that name another article after a marker: "Read also: ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.phrases import inline_title

if TYPE_CHECKING:
    from pipelines.extract.lines import Line

__all__ = ["inline"]

# An inline teaser of more words is a sentence that begins with "Related:".
_INLINE_WORDS = 30


def inline(line: Line) -> str | None:
    """Give the title that a line names after such a marker; None where it is a sentence, or has none."""
    title = inline_title(line.text)
    if title is None or len(title.split()) + len(title) // 12 < 2 or line.words > _INLINE_WORDS:
        return None
    sentence = line.words > _INLINE_WORDS / 2 and title.endswith((".", "。"))
    return None if sentence else title

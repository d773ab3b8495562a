"""Notes of the editors above or below a text: what was corrected, added, or ought to be known of its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline

__all__ = ["editors_notes"]

# A note that the model gives to the body with less than this probability is an advertiser's; to others with more, theirs.
LEAST, MOST_OTHERS = 0.15, 0.5
SHORTEST, LONGEST = 25, 600
NOTE = re.compile(
    r"[\s\[(（【*]{0,3}(?:"
    r"editor(?:['’]?s|s['’]|ial)? note|note from the editors?|corrections?(?: (?:added|appended))?|clarification|"
    r"(?:anmerkung|hinweis) der redaktion|anm\. d\. red|(?:korrektur|berichtigung|richtigstellung)|"
    r"note de la rédaction|ndlr|rectificatif|nota (?:del editor|de la redacción|do editor|da redação|della redazione|del redattore)|"
    r"fe de errores|corrección|correção|rettifica|errata corrige|noot van de redactie|correctie|rättelse|rettelse|korjaus|"
    r"od redakcji|sprostowanie|примечание редакции|от редакции|編集部注|編集注|訂正|更正|編者按|编者按|편집자\s?주|바로잡습니다"
    r")\b[^:：.]{0,40}[:：.]",
    re.IGNORECASE,
)


def editors_notes(outline: Outline, probability: NDArray[np.float32], others: NDArray[np.float32]) -> list[int]:
    """Give the editors' notes that may be of the body, and which the model likely gives to no reader or other article, as `others` are."""
    may_be = np.flatnonzero((probability >= LEAST) & (others <= MOST_OTHERS))
    blocks = outline.blocks
    return [at for at in may_be.tolist() if SHORTEST <= len(blocks[at].text) <= LONGEST and NOTE.match(blocks[at].text)]

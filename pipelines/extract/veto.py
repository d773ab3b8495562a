"""Lines that are no body by their own words, whatever the model says: what leads to other articles leaks most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.signals import NAMES as SIGNALS
from pipelines.extract.signals import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["vetoed"]

COLUMN = {name: index for index, name in enumerate(SIGNALS)}
# Paragraphs and what has no meaning of its own: a linked item of a list or a linked sub-heading is often the body's.
PLAIN = (TAGS["p"], TAGS["div"], TAGS["div"] + 1)
# A headline has more words than a name or a number.
LEAST_WORDS = 4
FULL_STOP = 1


def vetoed(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell which blocks are none of the body, by the columns of `signals`.

    "READ MORE: ..." in any of the languages of `phrases.yaml`; and a paragraph that is nothing but one link to an
    article of the same site and ends without a full stop.
    """
    own = {name: features[:, index] for name, index in COLUMN.items()}
    whole_link = (
        (own["link_share"] > 0.95)
        & (own["links"] == 1)
        & (own["article_link"] > 0)
        & (own["external"] == 0)
        & np.isin(own["tag"], PLAIN)
        & (own["words"] >= np.log1p(LEAST_WORDS))
        & (own["ends"] != FULL_STOP)
    )
    found: NDArray[np.bool_] = whole_link | (own["inline_title"] > 0)
    return found

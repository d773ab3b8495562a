"""Labels that persons have corrected: a file with a line `article<TAB>topics` for each article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify.training.retrain import known_topics
from pipelines.errors import Misconfigured
from pipelines.urls import article_id

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.classify.model import Model

__all__ = ["read"]


def read(path: Path, model: Model) -> dict[str, tuple[str, ...]]:
    """Return the topics by article id; an article is named by its id or its URL, topics are parted by commas or spaces.

    Empty lines and those that begin with # are passed over. Raises `Misconfigured` with file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(str(path), f"cannot be read ({error})", "Name a text file of corrected labels") from error
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition("\t")
        topics = known_topics(model, rest.replace(",", " ").split())
        if topics is None:
            remedy = (
                f"Write the article's id or URL, a tab, and topics of {', '.join(model.topics)}; `other` stands alone"
            )
            raise Misconfigured(f"{path}:{number}", f"no labels in {line[:80]!r}", remedy)
        found[article_id(name) if "://" in name else name.strip()] = topics
    return found

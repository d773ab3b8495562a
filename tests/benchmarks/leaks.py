"""Print what leaks of all pages that were read block by block: `python -m tests.benchmarks.leaks --shared DIR --folds DIR`.

The 60 pages of `teasers-dev` tell models apart badly: a page more or less is .017. Here are a thousand, each judged by the
fold model that saw no page of its publisher: pages and blocks of teasers, promotions, biographies and comments that are kept
for body, and the body's words that are lost; by the cut as it is, and where so many of the words may be lost.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from pipelines.extract.article import examine
from pipelines.extract.judging.model import load as load_model
from pipelines.extract.judging.second_look import RIVALS
from pipelines.extract.training.folds import fold_of
from pipelines.extract.training.labels import words
from pipelines.extract.training.pages import READ_ROLES, load
from tests.benchmarks.extract_table import SHARED
from tests.benchmarks.page_sets import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipelines.extract.training.pages import LabelledPage

__all__ = ["Judged", "figures", "judged"]

# Shorter blocks say nothing.
LEAST_WORDS = 3
# Shares of the body's words that may be lost.
LOSSES = (0.005, 0.0075, 0.01)


class Judged(NamedTuple):
    """Blocks of read pages, aligned."""

    page: NDArray[np.int64]
    """Number of the page."""
    rival: NDArray[np.bool_]
    """Of another role that speaks in sentences or titles, and not in the page's truth."""
    body: NDArray[np.bool_]
    """Of the body, by reader and truth."""
    words: NDArray[np.int64]
    likely: NDArray[np.float64]
    """Probability of the body."""
    kept: NDArray[np.bool_]
    """By the cut as it is, all rules included."""


def judged(page: LabelledPage, roles: NDArray[np.int8], number: int, html_bytes: bytes, model: Path) -> Judged:
    """Judge a page whose `roles` were read, by a model file."""
    loaded = load_model(model)
    url = url_of({"id": page.id, "url": page.url})
    examined = examine(html_bytes, url, model=loaded)
    verdicts = loaded.judge(examined.outline, examined.document, url)
    selection = examined.selection
    sizes = np.array([len(words(text)) for text in page.texts])
    rival = np.isin(roles, [READ_ROLES.index(role) for role in RIVALS]) & (page.share < 0.5)
    kept = np.isin(np.arange(len(sizes)), [*selection.kept, *selection.standfirst])
    return Judged(
        page=np.full(len(sizes), number),
        rival=rival & (sizes >= LEAST_WORDS),
        body=(roles == READ_ROLES.index("body")) & (page.share >= 0.5),
        words=sizes,
        likely=verdicts.body.astype(float),
        kept=kept,
    )


def figures(found: Judged) -> Iterator[tuple[str, int, int, float]]:
    """Yield for each cut its name, the pages and blocks that leak, and the share of the body's words that is lost."""
    total = found.words[found.body].sum()
    cuts = [("as it is", found.kept)]
    order = np.argsort(found.likely[found.body])
    lost = np.cumsum(found.words[found.body][order]) / total
    for loss in LOSSES:
        at = found.likely[found.body][order][np.searchsorted(lost, loss)]
        cuts.append((f"at {loss:.2%} of the words lost, model alone", found.likely >= at))
    for name, kept in cuts:
        leaks = found.rival & kept
        missing = found.words[found.body & ~kept].sum()
        yield name, len(set(found.page[leaks].tolist())), int(leaks.sum()), float(missing / total)


def main() -> None:
    """Judge, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development data")
    parser.add_argument("--folds", type=Path, required=True, help="folder of fold-0.onnx ...")
    asked = parser.parse_args()
    parts: list[Judged] = []
    for page in load(asked.shared):
        if page.roles is None:
            continue
        html_bytes = gzip.decompress((asked.shared / "data" / "pages" / f"{page.id}.html.gz").read_bytes())
        model = asked.folds / f"fold-{fold_of(page.publisher)}.onnx"
        parts.append(judged(page, page.roles, len(parts), html_bytes, model))
    found = Judged(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    table = Table("cut", f"leaking pages of {len(parts)}", "leaking blocks", "lost words", box=MARKDOWN)
    for name, pages, blocks, lost in figures(found):
        table.add_row(name, str(pages), str(blocks), f"{lost:.4f}")
    Console(width=160).print(table)


if __name__ == "__main__":
    main()

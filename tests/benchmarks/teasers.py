"""Print what is handed over as teasers of all pages read block by block: `python -m tests.benchmarks.teasers --shared DIR --folds DIR`.

A link is a teaser's where the reader said so of a block that holds it; each page is judged by the fold model that saw no
page of its publisher. What is wrong is told by what the reader took it for, and each address with `--list`.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from pipelines.extract.article import examine
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.judging.model import load as load_model
from pipelines.extract.teasers.card_links import leads_to
from pipelines.extract.training.folds import fold_of
from pipelines.extract.training.pages import READ_ROLES, load
from pipelines.records import TeaserKind
from tests.benchmarks.extract_table import SHARED
from tests.benchmarks.page_sets import url_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Block
    from pipelines.extract.training.pages import LabelledPage
    from pipelines.records import Teaser

__all__ = ["Found", "compared", "figures", "found"]

TEASERS = frozenset(("teaser", "inline_teaser", "teaser_heading"))
# A link with fewer words is the section or the author of a card.
LEAST_WORDS = 3
UNREAD = "unread"


class Found(NamedTuple):
    """Of one page."""

    given: dict[str, str]
    """What each address handed over is to the reader: `teaser`, another role, or `unread`."""
    wanted: frozenset[str]
    """Addresses of its teasers."""


def key(address: str) -> str:
    """Give what two forms of an address share: host and path."""
    parts = urlsplit(address)
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")


def compared(blocks: Iterable[tuple[Block, str]], teasers: Iterable[Teaser], base: str) -> Found:
    """Compare what is handed over with the page's blocks and their roles; promotions are none of it.

    Relative links are resolved against `base`.
    """
    roles: defaultdict[str, set[str]] = defaultdict(set)
    wanted: set[str] = set()
    for block, role in blocks:
        said: defaultdict[str, str] = defaultdict(str)
        for piece in block.pieces:
            if (address := leads_to(piece, base)) is not None:
                said[key(address)] += piece.text
        for address in said:
            roles[address].add(role)
        if role in TEASERS:
            wanted |= {address for address, text in said.items() if len(text.split()) >= LEAST_WORDS}
    handed = [key(teaser.url) for teaser in teasers if teaser.url and teaser.kind is not TeaserKind.PROMOTION]
    return Found({address: taken_for(roles.get(address, {UNREAD})) for address in handed}, frozenset(wanted))


def taken_for(roles: set[str]) -> str:
    """Give what an address is that blocks of some roles link."""
    if not TEASERS.isdisjoint(roles):
        return "teaser"
    return UNREAD if UNREAD in roles else min(roles)


def found(page: LabelledPage, roles: NDArray[Any], html_bytes: bytes, model: Path) -> Found:
    """Extract a page whose `roles` were read, by a model file."""
    url = url_of({"id": page.id, "url": page.url})
    examined = examine(html_bytes, url, model=load_model(model))
    named = [READ_ROLES[role] if role >= 0 else UNREAD for role in roles.tolist()]
    read = zip(examined.outline.blocks, named, strict=True)
    return compared(read, examined.extraction.teasers, Evidence(examined.document, url).base)


def figures(pages: Mapping[str, Found]) -> Iterator[tuple[str, str]]:
    """Yield recall, precision, and what else was handed over, the most first; what the reader passed over counts as neither."""
    given = Counter(role for page in pages.values() for role in page.given.values())
    given.pop(UNREAD, None)
    wanted = sum(len(page.wanted) for page in pages.values())
    got = sum(address in page.given for page in pages.values() for address in page.wanted)
    yield "recall", f"{got / max(wanted, 1):.3f} of {wanted:,}"
    yield "precision", f"{given['teaser'] / max(given.total(), 1):.3f} of {given.total():,}"
    yield from ((f"taken for teasers: {role}", str(count)) for role, count in given.most_common() if role != "teaser")


def main() -> None:
    """Extract, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development data")
    parser.add_argument("--folds", type=Path, required=True, help="folder of fold-0.onnx ...")
    parser.add_argument("--list", action="store_true", help="print each address that is no teaser's, and what it is")
    asked = parser.parse_args()
    pages: dict[str, Found] = {}
    for page in load(asked.shared):
        if page.roles is None:
            continue
        html_bytes = gzip.decompress((asked.shared / "data" / "pages" / f"{page.id}.html.gz").read_bytes())
        pages[page.id] = found(page, page.roles, html_bytes, asked.folds / f"fold-{fold_of(page.publisher)}.onnx")
    if asked.list:
        for name, seen in pages.items():
            for address, role in seen.given.items():
                if role != "teaser":
                    print(f"{name}\t{role}\t{address}")
    table = Table(f"links of {len(pages):,} pages", "", box=MARKDOWN)
    for row in figures(pages):
        table.add_row(*row)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()

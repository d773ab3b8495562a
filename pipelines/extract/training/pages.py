"""Labelled pages to arrays: every block's features, its share of the truth, and its role where a reader gave one."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.cutting.classes import words_of
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.model import measure, spoken
from pipelines.extract.judging.second_look import surroundings
from pipelines.extract.parsing.parse import parse
from pipelines.extract.training.folds import publisher
from pipelines.extract.training.labels import align, words
from pipelines.extract.words import words as split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipelines.extract.cutting.blocks import Outline
    from pipelines.extract.judging.second_look import Surroundings
    from pipelines.extract.judging.wording import Tokens

__all__ = ["READ_ROLES", "LabelledPage", "load"]

_READ = Path(__file__).with_name("read.json")
SETS = ("aeb", "fundus-a", "wcxb-dev")
READ_ROLES = [
    "chrome",
    "body",
    "title",
    "standfirst",
    "byline",
    "caption",
    "teaser",
    "teaser_heading",
    "inline_teaser",
    "promo",
    "bio",
    "comments",
]
# The same in `read.json`, one letter each, in the same order; `?` where the reader was in doubt.
LETTERS = "cbtsypTHioBC"


@dataclass(slots=True)
class LabelledPage:
    """One page, ready to learn from."""

    id: str
    """Set and id, such as `aeb/0001`."""
    url: str
    publisher: str
    """Registered domain: pages of one publisher stay in one fold."""
    texts: list[str]
    """The blocks' texts."""
    features: NDArray[np.float32]
    """What `model.measure` says of each block."""
    said: Tokens
    """The words in and around each block."""
    surroundings: Surroundings
    """Where the blocks stand to each other."""
    near: list[frozenset[str]]
    """Class words of each block's near containers."""
    around: list[frozenset[str]]
    """Class words of all containers around each block."""
    share: NDArray[np.float32]
    """Share of each block that stands in the truth body, 0 to 1."""
    unwanted: NDArray[np.bool_]
    """Blocks that hold a snippet which must not be in the body."""
    roles: NDArray[np.int8] | None
    """Index into `READ_ROLES` of each block, -1 where the reader was in doubt; null for a page that nobody read."""
    truth: dict[str, Any]
    """The row of the set."""
    moved: bool = False
    """Only the blocks that were put into the page from others (`transplants.py`)."""


def load(shared: Path) -> Iterator[LabelledPage]:
    """Read all pages of the three sets below `shared`, with the read labels where there are some.

    Those of the data come first; `read.json` beside this file has those of further pages, by this project's own blocks.
    """
    folder = shared / "data" / "pages"
    read = json.loads((folder / "teasers-dev-blocks.json").read_text(encoding="utf-8"))
    more = json.loads(_READ.read_text(encoding="utf-8"))
    segmenter = load_segmenter(shared / "tools" / "outline.py")
    for name in SETS:
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            html_bytes = gzip.decompress((folder / name / f"{row['id']}.html.gz").read_bytes())
            labels = read.get(f"{name}/{row['id']}")
            page = labelled(f"{name}/{row['id']}", row, html_bytes, labels, segmenter)
            if page is None:
                continue
            if page.id in more and page.roles is None:
                page.roles = reread(more[page.id], len(page.texts))
            yield page


def load_segmenter(path: Path) -> Any:  # noqa: ANN401 (a module known by its path only)
    """Import the program whose block numbers the read labels use."""
    spec = importlib.util.spec_from_file_location("outline", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labelled(
    page_id: str,
    row: dict[str, Any],
    html_bytes: bytes,
    labels: dict[str, Any] | None,
    segmenter: Any,  # noqa: ANN401  the module of `load_segmenter`
) -> LabelledPage | None:
    """Build one page's arrays; None for a page without a block."""
    document = parse(html_bytes)
    found = outline(document.tree)
    if not found.blocks:
        return None
    texts = [block.text for block in found.blocks]
    bags = [words(text) for text in texts]
    share = np.array(align(bags, words(row["body"])), dtype=np.float32)
    snippets = [" ".join(words(snippet)) for snippet in row.get("must_not_have") or []]
    unwanted = np.array([any(s and s in " ".join(bag) for s in snippets) for bag in bags], dtype=bool)
    near, around = class_words(found)
    roles = None
    if labels is not None:
        numbered = segmenter.blocks(segmenter.parse(html_bytes, row["url"]), row["url"])
        roles = read_roles(bags, [words(block[3]) for block in numbered], labels)
    said = [split(text) for text in texts]
    where = layout(found)
    features = measure(found, where, document, row["url"], said)
    return LabelledPage(
        id=page_id,
        url=row["url"],
        publisher=publisher(row["url"]),
        texts=texts,
        features=features,
        said=spoken(found, said, features),
        surroundings=surroundings(found, where),
        near=near,
        around=around,
        share=share,
        unwanted=unwanted,
        roles=roles,
        truth=row,
    )


def reread(runs: str, blocks: int) -> NDArray[np.int8]:
    """Unfold the roles of `read.json`, such as `12c1t3c20b`: how many blocks in a row have which of `LETTERS`.

    Raises ValueError where the page is cut into another number of blocks than when it was read.
    """
    roles = [LETTERS.find(letter) for size, letter in re.findall(r"(\d+)(\D)", runs) for _ in range(int(size))]
    if len(roles) != blocks:
        raise ValueError(f"{len(roles)} blocks were read, {blocks} are there: the segmenter has changed")
    return np.array(roles, dtype=np.int8)


def class_words(found: Outline) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Give the class words of each block's near containers and of all containers around it."""
    own: list[frozenset[str]] = []
    up: list[frozenset[str]] = []
    around: list[frozenset[str]] = []
    for container in found.containers:
        names = words_of(container.element, container.tag)
        if container.index == 0:
            own.append(names)
            up.append(frozenset())
            around.append(names)
            continue
        parent = found.containers[container.parent]
        same = (parent.first, parent.last) == (container.first, container.last)
        own.append(names | own[container.parent] if same else names)
        up.append(up[container.parent] if same else own[container.parent])
        around.append(names | around[container.parent])
    places_of = [block.container.index for block in found.blocks]
    return [own[place] | up[place] for place in places_of], [around[place] for place in places_of]


def read_roles(bags: list[list[str]], numbered: list[list[str]], labels: dict[str, Any]) -> NDArray[np.int8]:
    """Carry the roles of the reader's numbered blocks over to ours, word by word in page order."""
    role_of = {number: READ_ROLES.index(role) for role, number in labelled_numbers(labels)}
    theirs = [number for number, bag in enumerate(numbered) for _ in bag]
    ours = [number for number, bag in enumerate(bags) for _ in bag]
    matcher = SequenceMatcher(
        None, [w for bag in bags for w in bag], [w for bag in numbered for w in bag], autojunk=False
    )
    votes = np.zeros((len(bags), len(READ_ROLES)))
    for start, other, size in matcher.get_matching_blocks():
        for step in range(size):
            votes[ours[start + step], role_of.get(theirs[other + step], 0)] += 1
    winners: NDArray[np.int8] = votes.argmax(axis=1).astype(np.int8)
    return winners


def labelled_numbers(labels: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Unfold the label file's ranges to pairs of role and block number."""
    for role in ("title", "standfirst", "byline", "body", "caption", "inline_teaser", "promo", "bio", "comments"):
        for entry in labels[role]:
            yield from ((role, number) for number in numbers(entry))
    for group in labels["teaser"]:
        if group["heading"] is not None:
            yield from (("teaser_heading", number) for number in numbers(group["heading"]))
        for entry in group["items"]:
            yield from (("teaser", number) for number in numbers(entry))


def numbers(entry: int | str) -> range:
    """Unfold `7` or `"7-9"`."""
    first, _, last = str(entry).partition("-")
    return range(int(first), int(last or first) + 1)

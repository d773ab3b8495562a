"""Blocks of read pages put between the paragraphs of other read pages.

Most promotions, teasers and biographies stand in boxes of their own, and models learn the boxes. Those that leak stand in the text,
dressed like it. Here the same words stand where the layout says nothing, beside paragraphs that are put there the same way: what
parts them is what they say. Only what is put there teaches; the pages around it teach in their own right.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import numpy as np
from lxml import etree, html

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.own_name import site_letters
from pipelines.extract.parsing.parse import parse
from pipelines.extract.training.folds import fold_of
from pipelines.extract.training.labels import words
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.judging.wording import Tokens

__all__ = ["transplanted"]

# How often a block of each role is put somewhere, beside the others.
ROLES = {"promo": 3.0, "inline_teaser": 3.0, "teaser": 2.0, "bio": 1.0, "comments": 0.5, "body": 4.0}
# Fewest and most words of such a block, and most of a paragraph.
LEAST_WORDS, MOST_WORDS, MOST_BODY_WORDS = 4, 90, 60
# A donor stands in its page's truth as much as this, or as little.
IN_TRUTH, NOT_IN_TRUTH = 0.9, 0.1
# A page with fewer paragraphs of more characters than this takes nothing; nor does anything come from fewer candidates.
LEAST_PARAGRAPHS, PARAGRAPH = 4, 60
LEAST_DONORS = 5
PLACES = (2, 3, 3, 4)
BEHIND_THE_LAST, BEHIND_THE_FIRST, DRESSED = 0.7, 0.15, 0.85
SEED = 5


class Donor(NamedTuple):
    """A block to be put elsewhere."""

    publisher: str
    markup: str
    """Its text, emphasis and links, as HTML; links to its own site begin with `HERE`."""


@dataclass(frozen=True, slots=True)
class Host:
    """A read page that others' blocks are put into."""

    page: LabelledPage
    html_bytes: bytes
    language: str
    fold: int


HERE = "https://here.invalid"


def transplanted(pages: Sequence[LabelledPage], shared: Path, copies: int) -> Iterator[LabelledPage]:
    """Yield pages cut to the blocks put into them, of each read page up to so many times; the same for the same pages.

    Blocks come from pages of the same language, of another publisher in the same fold: no model learns from a page that
    it is to be measured on.
    """
    hosts = [read_host(page, shared) for page in pages if page.roles is not None]
    donors = gather(hosts)
    chance = random.Random(SEED)  # noqa: S311  reproducible, not secret
    for _ in range(copies):
        for host in hosts:
            made = operate(host, donors, chance)
            if made is not None:
                yield made


def read_host(page: LabelledPage, shared: Path) -> Host:
    """Read a page's file again."""
    html_bytes = gzip.decompress((shared / "data" / "pages" / f"{page.id}.html.gz").read_bytes())
    root = parse(html_bytes).tree.getroottree().getroot()
    return Host(page, html_bytes, (root.get("lang") or "")[:2].lower(), fold_of(page.publisher))


def gather(hosts: Sequence[Host]) -> dict[tuple[str, int, str], list[Donor]]:
    """Collect the blocks that can be put elsewhere, by language, fold and role."""
    found: defaultdict[tuple[str, int, str], list[Donor]] = defaultdict(list)
    for host in hosts:
        page = host.page
        blocks = outline(parse(host.html_bytes).tree).blocks
        for block, number, share in zip(blocks, page.roles if page.roles is not None else (), page.share, strict=True):
            role = READ_ROLES[number] if number >= 0 else ""
            if role in ROLES and is_movable(block, role, float(share)):
                found[host.language, host.fold, role].append(Donor(page.publisher, markup(block, page.url)))
    return found


def is_movable(block: Block, role: str, share: float) -> bool:
    """Tell whether a block of a role is as long as what stands between paragraphs, and the truth agrees with the reader."""
    size = len(words(block.text))
    if role == "body":
        return block.container.tag == "p" and LEAST_WORDS <= size <= MOST_BODY_WORDS and share >= IN_TRUTH
    return LEAST_WORDS <= size <= MOST_WORDS and share <= NOT_IN_TRUTH


def markup(block: Block, url: str) -> str:
    """Write a block as inline HTML."""
    own = urlsplit(url).hostname
    written = []
    for piece in block.pieces:
        text = "<br>" if "n" in piece.style else escape(piece.text)
        for style, tag in (("b", "strong"), ("i", "em"), ("c", "code")):
            if style in piece.style:
                text = f"<{tag}>{text}</{tag}>"
        if piece.link is not None:
            href = urljoin(url, piece.link.get("href") or "")
            parts = urlsplit(href)
            if parts.hostname == own:
                href = HERE + parts._replace(scheme="", netloc="").geturl()
            text = f'<a href="{escape(href)}">{text}</a>'
        written.append(text)
    return "".join(written)


def operate(host: Host, donors: dict[tuple[str, int, str], list[Donor]], chance: random.Random) -> LabelledPage | None:
    """Put blocks behind some paragraphs of a page; None where it takes none."""
    document = parse(host.html_bytes)
    found = outline(document.tree)
    places = paragraphs(host.page, found)
    if len(places) < LEAST_PARAGRAPHS:
        return None
    picked = set(chance.sample(places[1:-1], min(len(places) - 2, chance.choice(PLACES))))
    picked |= {places[-1]} if chance.random() < BEHIND_THE_LAST else set()
    picked |= {places[0]} if chance.random() < BEHIND_THE_FIRST else set()
    placed = {}
    for index in sorted(picked):
        (role,) = chance.choices([*ROLES], [*ROLES.values()])
        candidates = donors.get((host.language, host.fold, role), [])
        candidates = [donor for donor in candidates if donor.publisher != host.page.publisher]
        if len(candidates) >= LEAST_DONORS:
            put(found.blocks[index], chance.choice(candidates), host, dressed=chance.random() < DRESSED)
            placed[index] = role
    root = document.tree.getroottree().getroot()
    changed = etree.tostring(root, encoding="unicode", method="html").encode("utf-8", "replace")
    return cut(host.page, changed, placed)


def paragraphs(page: LabelledPage, found: Outline) -> list[int]:
    """Give the blocks of the body that are a whole `<p>`."""
    body = READ_ROLES.index("body")
    roles = page.roles if page.roles is not None else ()
    return [
        index
        for index, (block, role) in enumerate(zip(found.blocks, roles, strict=True))
        if role == body
        and block.container.tag == "p"
        and len(block.text) > PARAGRAPH
        and block.container.last - block.container.first == 1
    ]


def put(block: Block, donor: Donor, host: Host, *, dressed: bool) -> None:
    """Put a donor behind a block's paragraph, with its class where `dressed`, as the host's site would say it."""
    paragraph = block.container.element
    parts = urlsplit(host.page.url)
    text = donor.markup.replace(HERE, f"{parts.scheme}://{parts.netloc}")
    new = html.fragment_fromstring(f"<p>{renamed(text, donor.publisher, host.page)}</p>")
    if dressed and paragraph.get("class"):
        new.set("class", paragraph.get("class"))
    new.tail, paragraph.tail = paragraph.tail, None
    paragraph.addnext(new)


def renamed(text: str, publisher: str, page: LabelledPage) -> str:
    """Let a block that names its own site name the page's, as the page writes it."""
    old, new = site_letters(publisher), site_letters(page.publisher)
    known = spelt(old).search(text) if old and new else None
    if known is None:
        return text
    own = next((found.group() for found in map(spelt(new).search, page.texts) if found), new.capitalize())
    return text.replace(known.group(), escape(own))


def spelt(name: str) -> re.Pattern[str]:
    """Match a name with blanks, hyphens and capitals anywhere in it, as a whole word."""
    return re.compile(r"\b" + r"[\s&'’.-]{0,2}".join(name) + r"\b", re.IGNORECASE)


def cut(page: LabelledPage, changed: bytes, placed: dict[int, str]) -> LabelledPage | None:
    """Describe a changed page and keep the blocks that stand alone behind those of `placed`; None if none does."""
    made = labelled(page.id, {"url": page.url, "body": ""}, changed, None, None)
    if made is None:
        return None
    matcher = SequenceMatcher(None, page.texts, made.texts, autojunk=False)
    now = {start + step: other + step for start, other, size in matcher.get_matching_blocks() for step in range(size)}
    known = set(now.values())
    roles = {now[index] + 1: role for index, role in placed.items() if index in now and now[index] + 1 not in known}
    roles.pop(len(made.texts), None)
    kept = sorted(roles)
    if not kept:
        return None
    return replace(
        made,
        texts=[made.texts[index] for index in kept],
        features=made.features[kept],
        said=only(made.said, kept),
        near=[made.near[index] for index in kept],
        around=[made.around[index] for index in kept],
        share=np.array([roles[index] == "body" for index in kept], np.float32),
        unwanted=made.unwanted[kept],
        roles=np.array([READ_ROLES.index(roles[index]) for index in kept], np.int8),
        moved=True,
    )


def only(said: Tokens, kept: Sequence[int]) -> Tokens:
    """Give the words of some blocks, numbered anew."""
    wanted = np.isin(said.block, kept)
    return said._replace(
        block=np.searchsorted(kept, said.block[wanted]),
        place=said.place[wanted],
        value=said.value[wanted],
        own=int(wanted[: said.own].sum()),
    )

"""The newsroom's articles, read from `texts/`, with the dates, authors and addresses that their place gives them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import yaml
from markupsafe import Markup, escape
from pydantic import Field

from pipelines.records import Access, Kind, Record
from tests.newsroom.publishers import HERE, Publisher, publisher, publishers

__all__ = ["Block", "Piece", "pieces", "pieces_of", "sections_of"]

NEWEST = datetime(2026, 11, 20, 16, 40)  # noqa: DTZ001 - a wall-clock time, given each publisher's zone below
LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
STEP = timedelta(hours=19, minutes=23)  # 40 articles reach back about a month, at all hours of the day


class Block(Record):
    """One block of a body."""

    tag: str
    """`p`, `h2`, `blockquote` or `li`."""
    text: str
    links: tuple[tuple[str, str], ...] = ()
    """Linked words of the text, each with the path that they lead to."""

    @property
    def html(self) -> Markup:
        """The text with its links."""
        marked = escape(self.text)
        for words, path in self.links:
            marked = Markup(marked.replace(escape(words), Markup('<a href="{}">{}</a>').format(path, words), 1))
        return marked


class Piece(Record):
    """One page that a publisher has written: an article, or something that looks like one."""

    publisher: str
    number: int
    path: str
    title: str
    topics: tuple[str, ...] = ()
    standfirst: str | None = None
    blocks: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    desk: str | None = None
    published: datetime
    modified: datetime | None = None
    section: str
    language: str
    kind: Kind = Kind.ARTICLE
    access: Access = Access.FREE
    trap: str | None = None
    """What is special about it: slow, heals, huge, amp, edited, silent; null for an ordinary one."""
    release: bool = False
    """Whether it carries the press release that others carry too."""
    edit: dict[str, str] = Field(default_factory=dict)
    """What the second edition replaces."""

    @property
    def site(self) -> Publisher:
        return publisher(self.publisher)

    @property
    def url(self) -> str:
        return self.site.url(self.path)

    @property
    def image(self) -> str | None:
        return self.site.url(f"/img/{self.number}.png") if self.site.images else None

    @property
    def caption(self) -> str | None:
        """Caption of the picture inside the text; null where there is none."""
        if self.publisher != "rackreport" or self.number % 2:
            return None
        return f"The scene in autumn, number {self.number + 1} of a series. Photo: {(*self.authors, self.desk)[0]}"

    @property
    def body(self) -> tuple[str, ...]:
        """Its blocks as text, in order."""
        return tuple(block.text for block in self.blocks)

    def in_edition(self, edition: int) -> Piece:
        """The piece as the first or as the second edition has it."""
        if edition < 2 or not self.edit:
            return self
        blocks = tuple(Block(tag=block.tag, text=self.edited(block.text), links=block.links) for block in self.blocks)
        stated = self.modified if self.trap == "silent" else self.published + timedelta(days=1, minutes=11)
        return self.model_copy(update={"blocks": blocks, "modified": stated})

    def edited(self, text: str) -> str:
        for old, new in self.edit.items():
            text = text.replace(old, new)
        return text


def slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.replace("ß", "ss").replace("&", " and "))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower().replace("'", "")).strip("-")[:70]


def block(line: str) -> Block:
    for mark, tag in (("## ", "h2"), ("> ", "blockquote"), ("* ", "li")):
        if line.startswith(mark):
            return Block(tag=tag, text=line.removeprefix(mark))
    links = tuple((found[1], found[2]) for found in LINK.finditer(line))
    return Block(tag="p", text=LINK.sub(r"\1", line), links=links)


def blocks(row: dict[str, Any]) -> tuple[Block, ...]:
    text = row.get("text", "")
    if row.get("release"):
        text = text.replace("---\n", (HERE / "texts" / "release.txt").read_text(encoding="utf-8"))
    return tuple(block(line) for line in text.splitlines() if line.strip())


def written(site: Publisher, row: dict[str, Any], number: int) -> Piece:
    """`number` counts a publisher's pieces from the newest, 0."""
    regular = NEWEST - number * STEP - timedelta(minutes=number * 37 % 55)
    published = row.get("at", regular).replace(tzinfo=site.tz)
    pair = number % 7 == 3 and len(site.authors) > 1
    authors = tuple(site.authors[(number + k) % len(site.authors)] for k in range(1 + pair))
    desk = site.desk if number % 6 == 5 else None
    section = (row.get("topics") or ["news"])[0]
    path = site.path.format(
        section=section,
        slug=slug(row["title"]),
        number=48213 - number * 7,
        year=published.year,
        month=f"{published.month:02}",
        day=f"{published.day:02}",
    )
    return Piece(
        publisher=site.id,
        number=number,
        path=path,
        title=row["title"],
        topics=row.get("topics", ()),
        standfirst=row.get("standfirst"),
        blocks=blocks(row),
        authors=() if desk else authors,
        desk=desk,
        published=published,
        modified=published + timedelta(hours=2, minutes=17) if number % 3 == 1 else None,
        section=section,
        language=row.get("language", site.language),
        kind=row.get("kind", Kind.ARTICLE),
        access=row.get("access", Access.FREE),
        trap=row.get("trap"),
        release=row.get("release", False),
        edit=row.get("edit", {}),
    )


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "texts" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def pieces_of(id_: str) -> tuple[Piece, ...]:
    """A publisher's pieces, newest first but for those whose text names its own time."""
    shared = [row for name in ("features", "specials") for row in rows(name) if row["publisher"] == id_]
    return tuple(written(publisher(id_), row, number) for number, row in enumerate(rows(id_) + shared))


@cache
def pieces() -> tuple[Piece, ...]:
    return tuple(piece for site in publishers() for piece in pieces_of(site.id))


def sections_of(id_: str) -> tuple[str, ...]:
    """Names of a publisher's sections, sorted."""
    return tuple(sorted({piece.section for piece in pieces_of(id_)}))

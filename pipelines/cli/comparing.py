"""Commands that set articles beside one another: the copies of one, its versions, the story it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.buckets import to_read
from pipelines.cli.output import AsJson, console, print_json, print_rows
from pipelines.errors import Reject
from pipelines.store import addresses, told
from pipelines.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.dedupe.show import Edit

__all__ = ["copies", "diff", "story"]

Address = typer.Argument(
    metavar="URL", help="Any URL under which the article was met (AMP, print, a redirect, with utm_...), or its id."
)


def copies(url: Annotated[str, Address], as_json: Annotated[bool, AsJson] = False) -> None:
    """Show the family of copies that an article belongs to, its origin first, with the evidence.

    With --json: `[{"article", "source", "appeared", "url", "title", "copy"}]`; `copy` is null for the origin, else the
    row of the table `duplicates`.
    """
    bucket = to_read()
    family = told.copies(bucket, addresses.article_at(bucket, url))
    if as_json:
        print_json([row._asdict() for row in family])
        return
    if len(family) == 1:
        console.print("No copies are known of it.", highlight=False)
        return
    cells = [
        (f"{row.appeared:%Y-%m-%d %H:%M}", row.source, row.copy.match, row.copy.reason, row.copy.origin_confidence)
        if row.copy
        else (f"{row.appeared:%Y-%m-%d %H:%M}", row.source, "origin", "", "")
        for row in family
    ]
    lines = [(*cell, row.title, row.url) for cell, row in zip(cells, family, strict=True)]
    print_rows("Copies", ("appeared", "source", "match", "evidence", "sure", "title", "url"), lines)


def diff(
    url: Annotated[str, Address],
    versions: Annotated[
        tuple[int, int] | None, typer.Option(metavar="A B", help="Compare these two versions, by their numbers.")
    ] = None,
    text: Annotated[int | None, typer.Option(metavar="N", help="Print version N whole instead.")] = None,
    noise: Annotated[bool, typer.Option("--noise", help="Show changes of times, counters and ads, too.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Show what an article changed from visit to visit as a word diff: `[-removed-]{+added+}`.

    With --json: `[{"number", "seen", "change", "title", "diff"}]`, `title` null where the headline stayed; with --text
    the row of the table `versions`.
    """
    bucket = to_read()
    history = told.history(bucket, addresses.article_at(bucket, url))
    if text is not None:
        version = history.version(text)
        if as_json:
            print_json(version)
        else:
            typer.echo(f"{version.title}\n\n{version.body}")
        return
    edits = history.edits(noise=noise) if versions is None else [history.between(*versions)]
    if as_json:
        print_json([edit._asdict() for edit in edits])
        return
    _show(edits, len(history.versions))


def _show(edits: Sequence[Edit], many: int) -> None:
    if not edits:
        console.print(f"Nothing was edited; {many} version(s) are known, --noise shows what else changed.")
    for edit in edits:
        typer.echo(f"{edit.number}  {edit.seen:%Y-%m-%d %H:%M}  {edit.change}")
        if edit.title is not None:
            typer.echo(f"headline now: {visible(edit.title)}")
        typer.echo(f"{edit.diff}\n")


def story(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a story, or an article's id or URL.")],
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Show a story: its articles in order, its sources, its life span, what it was merged or split from.

    With --json: `{"story", "articles": [{"id", "source", "published", "title", "url"}], "split_into"}`. The id of a
    story that was merged into another leads to that one.
    """
    bucket = to_read()
    found = told.story(bucket, name)
    if found is None:
        found = told.story_of(bucket, addresses.article_at(bucket, name))
    if found is None:
        raise Reject(f"the article {name} belongs to no story: no other article tells of its event")
    if as_json:
        print_json(found._asdict() | {"articles": [article._asdict() for article in found.articles]})
        return
    head = found.story
    life = f"{head.first:%Y-%m-%d %H:%M} to {head.last:%Y-%m-%d %H:%M}"
    typer.echo(f"{visible(head.title)}  ({head.language}, {life})")
    if name in head.merged_from:
        typer.echo(f"{name} was merged into {head.id}")
    for label, others in (("merged from", head.merged_from), ("split into", found.split_into)):
        if others:
            typer.echo(f"{label}: {', '.join(others)}")
    if head.split_from:
        typer.echo(f"split from: {head.split_from}")
    lines = [(f"{a.published:%Y-%m-%d %H:%M}" if a.published else "", a.source, a.title, a.url) for a in found.articles]
    title = f"Story {head.id}: {len(lines)} articles of {len(head.sources)} sources"
    print_rows(title, ("published", "source", "title", "url"), lines)

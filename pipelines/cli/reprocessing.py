"""The command that reads pages of the archive again, as the DAG `reprocess` does."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads the annotations
from pathlib import Path  # noqa: TC003  see above
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.cli.buckets import to_read
from pipelines.cli.output import AsJson, console, print_json, product
from pipelines.errors import Misconfigured
from pipelines.reprocess import report as reports
from pipelines.reprocess import steps
from pipelines.reprocess.findings import merged
from pipelines.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.reprocess.findings import Findings

__all__ = ["reprocess"]

_KINDS = {".html": reports.page, ".json": reports.data}


def reprocess(
    *,
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="First day (UTC) on which crawls began.")
    ],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Day after the last.")],
    source: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only pages of this source; may be given again.")
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="Only this page or article; may be given again.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report there: a page (.html) or data (.json).")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Bring what differs into the tables.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Read archived pages again with today's code and rules, and tell what differs from the tables.

    Nothing is requested from a publisher, and without --apply no table changes. What was read is kept, so that a second
    run, or one that goes on after it was stopped, is quick: look at the report first, then give the same command --apply.

    With --apply each article that differs is brought up to date with all its visits, also those beyond the range. It keeps its
    id, and gets no version that its publisher did not make; what is no article any more leaves the tables, and the fate of
    its URL tells why. What cannot be read now stays as it is. Then `copydesk publish` writes the feeds.

    Example: `copydesk reprocess --since 2026-03-01 --until 2026-03-08 --source example --report found.html`
    """
    if report is not None and report.suffix not in _KINDS:
        raise Misconfigured("--report", f"{report} is neither .html nor .json", "Name such a file")
    named, at = source or [], url or []
    days = f"{since:%Y-%m-%d}", f"{until:%Y-%m-%d}"
    to_read()
    wanted = steps.met(at) if at else []
    keys = steps.files(*days, named, at)
    asked = reports.asked(*days, named, at)
    if not keys:
        console.print(f"Nothing to read: the archive holds no file of {asked}.", markup=False, highlight=False)
    found = _followed(steps.apply if apply else steps.compare, steps.parts(keys), wanted)
    if report is not None:
        report.write_bytes(_KINDS[report.suffix](asked, found))
    if as_json:
        print_json({"asked": asked, "applied": apply, **found.data()})
    elif keys:
        _show(found)
    if keys and not as_json:
        console.print(_ending(found, apply=apply), highlight=False)


def _followed(
    step: Callable[[Sequence[str], Sequence[str], Callable[[str], None]], Findings],
    parts: Sequence[Sequence[str]],
    at: Sequence[str],
) -> Findings:
    """Take one part after the other, and show how far it is and which file is read."""
    columns = (
        TextColumn("reading again"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    waiting = {key for part in parts for key in part}
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(waiting), file="")

        def tell(key: str) -> None:
            progress.update(task, file=key, advance=int(key in waiting))
            waiting.discard(key)

        found = [step(part, at, tell) for part in parts]
    return merged(found)


def _show(found: Findings) -> None:
    """Show the counts, then examples."""
    ends = (
        ("same", found.same),
        ("differ", found.differ),
        ("become articles", found.become),
        ("cease to be", found.cease),
        ("fail now", found.fail),
    )
    product.print(
        f"{found.pages} pages of {found.files} files: " + ", ".join(f"{count} {name}" for name, count in ends),
        highlight=False,
    )
    notes = (
        (found.articles, "articles differ, come or leave"),
        (found.beyond, "of their pages lie beyond the range"),
        (found.exchanges, "rows of the table of pages differ"),
        (found.withheld, "pages keep their text withheld, whatever today's policy says"),
        (found.kept, "articles are left as they are: a page of theirs cannot be read any more"),
        (found.waiting, "files wait for `copydesk process` and were left out"),
    )
    for count, what in notes:
        if count:
            product.print(f"{count} {what}", markup=False, highlight=False)
    for title, counts in (("fields", found.fields), ("ends", found.decisions)):
        if counts:
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            product.print(f"{title}: {told}", markup=False, highlight=False, soft_wrap=True)
    for example in found.examples:
        typer.echo(f"\n{example.field}  {visible(example.url)}\n{visible(example.diff)}")
    for title, cases in (
        ("becomes an article", found.coming),
        ("ceases to be", found.leaving),
        ("fails now", found.failing),
    ):
        for case in cases:
            typer.echo(f"\n{title}  {visible(case.url)}\n{visible(case.was)} -> {visible(case.now)}")


def _ending(found: Findings, *, apply: bool) -> str:
    if not found.files:
        return "Nothing was read: `copydesk process` comes first."
    if not found.differs:
        return "The tables hold what today's code reads."
    if apply:
        return "Applied. `copydesk publish` writes the feeds."
    return "Nothing was written: --apply brings this into the tables."

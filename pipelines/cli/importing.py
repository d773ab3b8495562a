"""The command that takes other people's archives into the line."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads the annotation
from pathlib import Path  # noqa: TC003  see above
from typing import Annotated

import typer

from pipelines import settings, sources, times
from pipelines.bring import Brought, bring
from pipelines.cli.buckets import to_write
from pipelines.cli.output import AsJson, console, print_json
from pipelines.errors import Quarantine, Reject
from pipelines.news import bring_news

__all__ = ["import_", "import_news"]


def import_(
    files: Annotated[
        # One that may not be read is told among the others.
        list[Path], typer.Argument(help="WARC, WACZ or ARC files of any crawler, compressed or not.", readable=False)
    ],
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Take articles out of archives of Common Crawl, Browsertrix, Heritrix and others into the line.

    Nothing is requested from the network. Each page that was answered with HTML goes into the archive under the source
    of its host, else under `import`; `copydesk process` then treats it like a page of a crawl. A file that was imported
    before changes nothing. One that is damaged is told with its name, the others are imported, and the command ends
    with 1.
    """
    given = settings.load()
    bucket, known, limits = to_write(), sources.load(given.source_folder), given.limits
    told = []
    for file in files:
        try:
            found = bring(file, bucket, known, limits, given.state / "import")
        except (Quarantine, Reject) as error:
            found = Brought(str(file), "", trouble=str(error))
        told.append(found)
        console.print(_line(found), highlight=False, markup=False)
    _end(told, as_json=as_json)


def import_news(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC).")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day after the last one (UTC).")],
    again: Annotated[bool, typer.Option("--again", help="Take files that were imported before, too.")] = False,
    server: Annotated[str | None, typer.Option(help="Server of the files; else Common Crawl's.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Take the declared sources' articles of past days out of Common Crawl's news crawl into the line.

    Its WARC files (about 20 a day, 1 GiB each) are fetched one after another, imported and deleted. A command that was
    stopped goes on where it ended; what was imported is not fetched again. A file that fails is told, the others are
    taken, and the command ends with 1.
    """
    times.require_days(since, until)
    told = []
    first, last = (f"{day:%Y-%m-%d}" for day in (since, until))
    with console.status("asking for the list of files") as status:
        to_write()
        for found in bring_news(settings.load(), first, last, status.update, server=server, again=again):
            told.append(found)
            console.print(_line(found), highlight=False, markup=False)
    if not told:
        console.print("Nothing to do: no file of these days is left to import.")
    _end(told, as_json=as_json)


def _end(told: list[Brought], *, as_json: bool) -> None:
    if as_json:
        print_json([{name: getattr(found, name) for name in Brought.__slots__} for found in told])
    if any(found.trouble for found in told):
        raise typer.Exit(1)


def _line(found: Brought) -> str:
    left = ", ".join(f"{count} {reason}" for reason, count in found.left_out.most_common())
    text = f"{found.file}: {found.pages} pages into {len(found.warc)} files"
    text += f", {found.refused} reserved by their publishers" if found.refused else ""
    text += f"; left out: {left}" if left else ""
    return text + (f"\nfailed {found.trouble}" if found.trouble else "")

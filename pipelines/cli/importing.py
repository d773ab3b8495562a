"""The command that takes other people's archives into the line."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads the annotation
from typing import Annotated

import typer

from pipelines import settings, sources
from pipelines.bring import Brought, bring
from pipelines.bucket import open_bucket
from pipelines.cli.output import AsJson, console, print_json
from pipelines.errors import Quarantine, Reject

__all__ = ["import_"]


def import_(
    files: Annotated[list[Path], typer.Argument(help="WARC, WACZ or ARC files of any crawler, compressed or not.")],
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Take articles out of archives of Common Crawl, Browsertrix, Heritrix and others into the line.

    Nothing is requested from the network. Each page that was answered with HTML goes into the archive under the source
    of its host, else under `import`; `copydesk process` then treats it like a page of a crawl. A file that was imported
    before changes nothing. One that is damaged is told with its name, the others are imported, and the command ends
    with 1.
    """
    given = settings.load()
    bucket, known, limits = open_bucket(given), sources.load(given.source_folder), given.limits
    told, bad = [], False
    for file in files:
        try:
            found = bring(file, bucket, known, limits, given.state / "import")
        except (Quarantine, Reject) as error:
            found = Brought(str(file), "", trouble=str(error))
        told.append(found)
        bad = bad or found.trouble is not None
        console.print(_line(found), highlight=False, markup=False)
    if as_json:
        print_json([{name: getattr(found, name) for name in Brought.__slots__} for found in told])
    if bad:
        raise typer.Exit(1)


def _line(found: Brought) -> str:
    left = ", ".join(f"{count} {reason}" for reason, count in found.left_out.most_common())
    text = f"{found.file}: {found.pages} pages into {len(found.warc)} files"
    text += f", {found.refused} reserved by their publishers" if found.refused else ""
    text += f"; left out: {left}" if left else ""
    return text + (f"\nfailed {found.trouble}" if found.trouble else "")

"""What the commands print: tables for a person on a terminal, JSON for a program."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer
from pydantic import BaseModel
from rich.box import SIMPLE
from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.visible import escaped, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.publish.report import Report

__all__ = [
    "AsJson",
    "console",
    "forgive",
    "print_json",
    "print_rows",
    "product",
    "report_table",
    "topics_told",
    "warn",
]

# Longer lines fit into no terminal, and a program that takes lines gets a row in each up to here.
_MOST = 1000

console = Console(stderr=True)
"""For people: progress, notes, errors. Standard output is kept for what a command is asked for."""

product = Console()
"""For what a command is asked for: it goes through pipes and into files."""

AsJson = typer.Option("--json", help="Print JSON for a program instead of a table.")


class _Output(io.TextIOWrapper):
    """Standard output whose reader may go before the end, as `head` does.

    That is no failure of the command: what would follow is dropped, and its exit code says what it would have said.
    """

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            self._drop()
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            self._drop()

    def _drop(self) -> None:
        """Let what waits, and all that comes, go nowhere: Python would try it again at its end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def forgive() -> None:
    """Write characters that the encoding of standard output and error does not hold as escapes instead of failing.

    Nor does a reader fail a command that has read enough.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # What stands in for it, in a notebook or a test, is its owner's.
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        out = sys.stdout
        encoding, lines, through = out.encoding, out.line_buffering, out.write_through
        sys.stdout = _Output(
            out.detach(), encoding=encoding, errors="backslashreplace", line_buffering=lines, write_through=through
        )


def warn(doubts: Iterable[str]) -> None:
    """Say for a person what may not be as they think; it may quote a page."""
    for doubt in doubts:
        console.print(Text.assemble(("note", "bold yellow"), " ", visible(doubt)), soft_wrap=True)


def print_json(value: object) -> None:
    """Print one JSON document on standard output, in ASCII where its encoding does not hold all characters."""
    text = escaped(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = escaped(json.dumps(value, indent=1, default=_plain))
    typer.echo(text)


def _plain(value: object) -> Any:  # noqa: ANN401  json's own signature
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def print_rows(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows on standard output with nothing cut off: for a terminal as it is wide, else a line a row."""
    narrow = product.is_terminal or "COLUMNS" in os.environ
    out = product if narrow else Console(width=_MOST)
    out.print(_whole_rows(title, columns, rows, out.width))


def _rows_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Lay rows out as a table; text of pages is never read as markup."""
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text("" if cell is None else visible(str(cell))) for cell in row))
    return table


def _whole_rows(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> Table:
    """Lay rows out for a terminal `width` characters wide with nothing cut off: where they do not fit, a line a cell."""
    table = _rows_table(title, columns, rows)
    if Console(width=_MOST).measure(table).maximum <= width:
        return table
    tall = Table(title=title, title_justify="left", box=SIMPLE, show_header=False, show_edge=False)
    tall.add_column(style="dim")
    tall.add_column(overflow="fold")
    for row in rows:
        told = [(column, visible(str(cell))) for column, cell in zip(columns, row, strict=True) if cell is not None]
        for column, cell in told:
            tall.add_row(column, Text(cell), end_section=(column, cell) == told[-1])
    return tall


# Ten columns of figures fit into 80 characters only if their headings take two lines.
_HEADINGS = {
    "source": "source",
    "pages": "pages\nfetched",
    "stored": "new",
    "updated": "chan-\nged",
    "unchanged": "un-\nchanged",
    "duplicate": "dupli-\ncates",
    "not_an_article": "no ar-\nticle",
    "read": "list-\nings",
    "refused": "re-\nfused",
    "failed": "failed",
    "quarantined": "set\naside",
}
# Width of the columns of figures where each heading stands on one line.
_ONE_LINE = 94


def report_table(found: Report, width: int = 80) -> Table:
    """Lay a crawl's report out, a line a source, for a terminal `width` characters wide."""
    narrow = width < _ONE_LINE + max(len(row.source) for row in found.rows)
    table = Table(
        title=f"Crawl {found.run}",
        title_justify="left",
        show_footer=True,
        box=SIMPLE,
        padding=0,
        show_edge=False,
    )
    for name, heading in _HEADINGS.items():
        table.add_column(
            heading if narrow else heading.replace("-\n", "").replace("\n", " "),
            footer=str(getattr(found.total, name)),
            justify="left" if name == "source" else "right",
            vertical="bottom",
            overflow="fold",
            no_wrap=name != "source",
        )
    for row in found.rows:
        table.add_row(*(str(getattr(row, name)) for name in _HEADINGS))
    return table


def topics_told(found: Report) -> Columns | str:
    """Lay out how many articles each topic has; a name and its figure stay on one line."""
    return Columns([f"{name} {count}" for name, count in found.topics], padding=(0, 3)) if found.topics else "none"

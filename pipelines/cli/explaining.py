"""`copydesk explain`: what happened to a URL, or how a page was judged, block by block."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path  # noqa: TC003  typer reads the signature
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.buckets import to_read
from pipelines.cli.looking import named, story_of
from pipelines.cli.output import AsJson, print_json, print_rows, product, warn
from pipelines.errors import Misconfigured, Reject

if TYPE_CHECKING:
    from pipelines.extract.explain import Explanation

__all__ = ["explain"]


def explain(
    target: Annotated[
        str, typer.Argument(help="A URL that a crawl may have touched, an article's id, or a file with a page.")
    ],
    *,
    blocks: Annotated[bool, typer.Option("--blocks", help="Show the blocks of the page that is archived.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the blocks, coloured by role, to this HTML file.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Address that the file came from, where the page does not tell it.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Source (id or YAML file) whose rules apply.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Tell what happened to a URL, from discovery to the tables, with the reasons.

    Of a file, or with --blocks or --html: each block of the page with its role, how sure that is, and what decided.

    Exit codes: 0 explained, be it an article or not; 1 no crawl has touched it, or it cannot be read; 2 misconfigured.
    """
    address = named(target)
    if blocks or html is not None or address is None:
        _show_page(_explained(target, url, source), html, as_json=as_json)
    else:
        _show_way(address, as_json=as_json)


def _explained(target: str, url: str | None, source: str | None) -> Explanation:
    from pipelines.cli.guarded import NO_ADDRESS, asked, doubts, explained, guarded  # noqa: PLC0415  a third of a second

    given = asked(target, url=url, source=source)
    warn(doubts(given))
    page = guarded(explained, given)
    if page.url is None:
        warn([NO_ADDRESS])
    return page


def _show_page(page: Explanation, html: Path | None, *, as_json: bool) -> None:
    from pipelines.extract.explain import as_html, as_table  # noqa: PLC0415  see above

    if html is not None:
        try:
            html.write_text(as_html(page), encoding="utf-8")
        except OSError as error:
            raise Misconfigured("--html", f"{html}: {error.strerror}", "Name a file that can be written") from error
    if as_json:
        print_json(asdict(page))
    elif html is None:
        product.print(as_table(page, product.width))


def _show_way(url: str, *, as_json: bool) -> None:
    told = story_of(to_read(), url)
    if not any(told.values()):
        raise Reject(f"no crawl has touched {url}; `copydesk sources` lists where crawls look")
    if as_json:
        print_json(told)
        return
    for name, rows in told.items():
        if rows:
            columns = list(rows[0])
            cells = [[row[c] for c in columns] for row in rows]
            print_rows(name.capitalize(), columns, cells)

"""`copydesk extract`: one page or text through extraction and classification, and nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.output import AsJson, print_json, print_rows, warn
from pipelines.errors import Misconfigured
from pipelines.visible import visible

if TYPE_CHECKING:
    from pipelines.records import Extraction

__all__ = ["extract"]


def extract(
    page: Annotated[
        str, typer.Argument(help="A file (HTML, or plain text with --text), or an archived URL or article's id.")
    ],
    *,
    text: Annotated[bool, typer.Option("--text", help="The file is plain text without markup.")] = False,
    url: Annotated[
        str | None,
        typer.Option(help="Address that the file came from, where the page does not tell it: links become absolute."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Source (id or YAML file) whose rules apply.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Show the article and the teasers of one page.

    With --json: `{"decision": ..., "article": {...}, "teasers": [...]}`, in the records' own field names.
    """
    if text and source:
        raise Misconfigured("--source", "plain text has no elements that rules select", "Leave out --source or --text")
    # Its engines take a third of a second to import, and no other command needs them.
    from pipelines.cli.guarded import asked, doubts, extracted, guarded, text_extracted  # noqa: PLC0415

    given = asked(page, url=url, source=source)
    warn(doubts(given))
    found = guarded(text_extracted if text else extracted, given)
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(extraction: Extraction) -> None:
    decision, article = extraction.decision, extraction.article
    typer.echo(visible(f"{decision.kind} ({decision.score:.2f}): {decision.reason}"))
    if article is not None:
        facts = article.model_dump(mode="json", exclude={"body", "markdown", "entities", "images"}, exclude_none=True)
        print_rows("Article", ("field", "value"), [(k, v) for k, v in facts.items() if v not in ([], "")])
        typer.echo(visible(article.body))
    if extraction.teasers:
        rows = [(t.place, t.heading, t.title, t.blurb, t.url) for t in extraction.teasers]
        print_rows("Teasers", ("place", "heading", "title", "blurb", "url"), rows)

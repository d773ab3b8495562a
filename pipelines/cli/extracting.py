"""`copydesk extract`: one page or text through extraction and classification, and nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.output import AsJson, print_json, print_rows, warn
from pipelines.errors import Misconfigured, Reject
from pipelines.records import Kind
from pipelines.visible import visible

if TYPE_CHECKING:
    from pipelines.records import Article, Extraction

__all__ = ["extract"]

# Fields of an article too long for a row of a table.
_LONG = {"body", "markdown", "entities", "images"}


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
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print nothing but the article, as Markdown: title, then body.")
    ] = False,
) -> None:
    """Show the article and the teasers of one page.

    With --json: `{"decision": ..., "article": {...}, "teasers": [...]}`, in the records' own field names.

    Exit codes: 0 an article; 1 none (a wall, a list of articles ...: what was decided is shown), or a page that cannot be
    read; 2 misconfigured.
    """
    _refuse_conflicts(text=text, source=source, as_json=as_json, markdown=markdown)
    # Its engines take a third of a second to import, and no other command needs them.
    from pipelines.cli.guarded import (  # noqa: PLC0415
        NO_ADDRESS,
        PLAIN,
        asked,
        doubts,
        extracted,
        guarded,
        looks_plain,
        text_extracted,
    )

    given = asked(page, url=url, source=source)
    warn(doubts(given))
    found = guarded(text_extracted if text else extracted, given)
    if not text and looks_plain(given) and found.decision.kind is not Kind.NOT_HTML:
        warn([PLAIN])
    warn([NO_ADDRESS] if _is_lost(found) else [])
    if markdown:
        typer.echo(visible(_as_markdown(_article(found))))
    elif as_json:
        print_json(_told(found))
    else:
        _show(found)
    if found.article is None:
        raise typer.Exit(1)


def _refuse_conflicts(*, text: bool, source: str | None, as_json: bool, markdown: bool) -> None:
    """Raise Misconfigured for options that make no sense together."""
    if text and source:
        raise Misconfigured("--source", "plain text has no elements that rules select", "Leave out --source or --text")
    if markdown and as_json:
        raise Misconfigured(
            "--markdown", "JSON holds the Markdown already, as article.markdown", "Leave out --markdown or --json"
        )


def _article(extraction: Extraction) -> Article:
    """Give the article of a page; raises Reject with the decision where it has none."""
    if extraction.article is None:
        raise Reject(f"no article: {_said(extraction)}")
    return extraction.article


def _as_markdown(article: Article) -> str:
    """Give an article as a document of its own; its title cannot become other markup than a heading."""
    from pipelines.extract.markdown.inline import heading, paragraph  # noqa: PLC0415  as above

    title = heading(paragraph(" ".join(article.title.split())), 1)
    return "\n\n".join(part for part in (title, article.markdown) if part)


def _is_lost(extraction: Extraction) -> bool:
    """Tell whether something of the page has no address, for nothing tells the page's own."""
    from pipelines.cli.guarded import addressed  # noqa: PLC0415  as above

    found = [teaser.url for teaser in extraction.teasers]
    found += [extraction.article.url] if extraction.article is not None else []
    return any(url is not None and addressed(url) is None for url in found)


def _named(article: Article) -> dict[str, str | None]:
    """Give what names an article: null for an address that nothing tells, and for the id that would follow from it."""
    from pipelines.cli.guarded import addressed  # noqa: PLC0415  as above

    canonical = addressed(article.canonical_url)
    return {"id": article.id if canonical else None, "url": addressed(article.url), "canonical_url": canonical}


def _told(extraction: Extraction) -> dict[str, Any]:
    """Give an extraction as JSON has it."""
    from pipelines.cli.guarded import NO_ID  # noqa: PLC0415  as above

    told, article = extraction.model_dump(mode="json"), extraction.article
    lost = {NO_ID}
    if article is not None:
        told["article"] |= _named(article)
        lost |= {article.id} if told["article"]["id"] is None else set()
    for teaser in told["teasers"]:
        teaser["article"] = None if teaser["article"] in lost else teaser["article"]
    return told


def _said(extraction: Extraction) -> str:
    """Say what was decided of a page."""
    decision = extraction.decision
    return f"{decision.kind} ({decision.score:.2f}): {decision.reason}"


def _show(extraction: Extraction) -> None:
    article = extraction.article
    typer.echo(visible(_said(extraction)))
    if article is not None:
        facts = article.model_dump(mode="json", exclude=_LONG, exclude_none=True) | _named(article)
        facts["url"] = facts["url"] or "no address"
        print_rows("Article", ("field", "value"), [(k, v) for k, v in facts.items() if v not in (None, [], "")])
        typer.echo(visible(article.body))
    if extraction.teasers:
        rows = [(t.place, t.heading, t.title, t.blurb, t.url) for t in extraction.teasers]
        print_rows("Teasers", ("place", "heading", "title", "blurb", "url"), rows)

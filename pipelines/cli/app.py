"""The commands, put together; errors end as one line and an honest exit code."""

from __future__ import annotations

import sys

import typer
from rich.text import Text

from pipelines.cli import (
    comparing,
    explaining,
    extracting,
    importing,
    keeping,
    looking,
    reprocessing,
    running,
    sourcing,
    teaching,
)
from pipelines.cli.failures import FOREIGN, failure
from pipelines.cli.output import console, forgive
from pipelines.errors import CopydeskError, Misconfigured
from pipelines.version import CODE
from pipelines.visible import visible

__all__ = ["app", "main"]

app = typer.Typer(
    name="copydesk",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
    help=(
        "Collects technology news into tables that programs can trust.\n\n"
        "Settings come from the environment: `COPYDESK_BUCKET` (a directory or `s3://name/prefix`), `COPYDESK_CONTACT` "
        "(an address that publishers can write to), `COPYDESK_CONFIG` (folder of sources, topics and limits).\n\n"
        "Exit codes: 0 done; 1 the world was not ready or the input is not wanted; 2 misconfigured."
    ),
)
app.command("crawl")(running.crawl)
app.command("process")(running.process)
app.command("publish")(running.publish)
app.command("report")(running.report)
app.command("reprocess")(reprocessing.reprocess)
app.command("maintain")(keeping.maintain)
app.command("extract")(extracting.extract)
app.command("articles")(looking.articles)
app.command("explain")(explaining.explain)
app.command("copies")(comparing.copies)
app.command("diff")(comparing.diff)
app.command("story")(comparing.story)
app.command("import")(importing.import_)
app.command("import-news")(importing.import_news)
app.add_typer(sourcing.app, name="sources")
app.add_typer(teaching.topics, name="topics")
app.add_typer(teaching.names, name="names")


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    if version:
        typer.echo(CODE)
        raise typer.Exit


def main() -> None:
    """Run the command line: 0 done, 1 the world was not ready or the input is not wanted, 2 misconfigured."""
    forgive()
    try:
        app()
    except Misconfigured as error:
        _tell("misconfigured", str(error))
        sys.exit(2)
    except CopydeskError as error:
        _tell("failed", str(error))
        sys.exit(1)
    except FOREIGN as error:
        text, code = failure(error)
        _tell("misconfigured" if code == 2 else "failed", text)
        sys.exit(code)


def _tell(what: str, error: str) -> None:
    """Tell an error on one line, for paths are copied from it; it may quote a page."""
    console.print(Text.assemble((what, "bold red"), " ", visible(error)), soft_wrap=True)

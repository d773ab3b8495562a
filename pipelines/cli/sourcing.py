"""Commands about the declared sources: list them, find out about a new one, ask how each is."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from pipelines import settings
from pipelines import sources as declared
from pipelines.child import uninterrupted
from pipelines.cli.output import AsJson, print_json, print_rows

__all__ = ["add", "app", "check", "list_"]

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode="markdown",
    help="List the declared sources, propose a new one, or ask how the declared ones are.",
)


@app.callback()
def _sources(context: typer.Context, as_json: Annotated[bool, AsJson] = False) -> None:
    if context.invoked_subcommand is None:
        list_(as_json=as_json)


@app.command("list")
def list_(as_json: Annotated[bool, AsJson] = False) -> None:
    """List the declared sources."""
    found = declared.load(settings.load().source_folder)
    if as_json:
        print_json(list(found.values()))
        return
    rows = [
        (source.id, source.name, source.language, source.kind, len(source.feeds), len(source.sitemaps), source.enabled)
        for source in found.values()
    ]
    print_rows("Sources", ("id", "name", "language", "kind", "feeds", "sitemaps", "enabled"), rows)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Home page of the publisher.")],
    source: Annotated[str | None, typer.Option("--id", help="Id of the source; else made from the host.")] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the file into config/sources instead of printing.")
    ] = False,
) -> None:
    """Find a site's feeds, sitemaps and sections, try each of them, and propose its declaration as YAML."""
    _survey("add", url, *(("--id", source) if source else ()), *(("--write",) if write else ()))


@app.command()
def check(
    sources: Annotated[list[str] | None, typer.Argument(help="Ids of sources; all by default.")] = None,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Read every feed, sitemap and section once and tell which are dead, empty or stale; 1 where a source is lost."""
    _survey("check", *(sources or ()), *(("--json",) if as_json else ()))


def _survey(*arguments: str) -> None:
    """Look at sites in a process of its own, the way crawls do: nothing in here talks to the network."""
    with uninterrupted():
        process = subprocess.Popen([sys.executable, "-m", "crawlers.survey", *arguments])
    with process:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if code:
        raise typer.Exit(code if code > 0 else 1)

"""Survey sources: `python -m crawlers.survey add URL` proposes one, `check` asks how the declared ones are.

Exit codes: 0 good; 1 a site could not be read, or a source is in trouble; 2 a setting or declaration is wrong.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

import typer

from crawlers import proposal
from crawlers.caller import Caller
from pipelines import settings as installation
from pipelines import sources
from pipelines.errors import CopydeskError, Misconfigured
from pipelines.records import Source

__all__ = ["app"]

# Sources asked at the same time: each is another publisher's server.
_AT_ONCE = 8

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Home page of the publisher.")],
    *,
    id_: Annotated[str | None, typer.Option("--id", help="Id of the source; else made from the host.")] = None,
    write: Annotated[bool, typer.Option(help="Write the file into config/sources instead of printing it.")] = False,
) -> None:
    """Find a site's feeds, sitemaps and sections, try each, and propose its declaration."""
    settings = installation.load()
    found = asyncio.run(_propose(url, id_))
    for trial in found.trials:
        typer.echo(_line(trial), err=True)
    text = proposal.to_yaml(found.source)
    path = settings.source_folder / f"{found.source.id}.yaml"
    if not write:
        typer.echo(text, nl=False)
        return
    if path.exists():
        raise Misconfigured(str(path), "exists already", "Name another id with --id, or edit the file")
    path.write_text(text, encoding="utf-8")
    sources.load(settings.source_folder)
    typer.echo(f"{path}: look it over, add country and kind, then crawl it: copydesk crawl {found.source.id}")


@app.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of the sources; none means all.")] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a list of JSON objects, one a place, instead of lines.")
    ] = False,
) -> None:
    """Read every feed, sitemap and section of the sources once and tell which are dead, empty or stale."""
    declared = sources.load(installation.load().source_folder)
    unknown = sorted(set(ids or ()) - set(declared))
    if unknown:
        raise Misconfigured("check", f"no source {unknown[0]!r}", "Name a file of config/sources without its .yaml")
    chosen = [declared[one] for one in ids or declared]
    health = asyncio.run(_check(chosen))
    places = [(source, trial) for source, trials in health for trial in trials]
    if as_json:
        typer.echo(json.dumps([_told(source, trial) for source, trial in places], indent=1))
    for source, trial in () if as_json else places:
        typer.echo(f"{source.id}: {_line(trial)}")
    lost = [source.id for source, trials in health if not any(_alive(trial) for trial in trials)]
    typer.echo(f"{len(health) - len(lost)} of {len(health)} sources can be read", err=True)
    if lost:
        typer.echo(f"none of their places can be read: {', '.join(lost)}", err=True)
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Write the JSON Schema by which editors check and complete a source's file: config/sources.schema.json."""
    target = installation.load().config / "sources.schema.json"
    target.write_text(json.dumps(sources.schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


async def _propose(url: str, id_: str | None) -> proposal.Proposal:
    home = url if "://" in url else f"https://{url}/"
    caller = Caller.of(installation.load(), home)
    try:
        found = await proposal.propose(caller, home)
    finally:
        caller.connections.close()
    if id_:
        found.source = Source.model_validate({**found.source.model_dump(), "id": id_})
    return found


async def _check(chosen: list[Source]) -> list[tuple[Source, list[proposal.Trial]]]:
    settings, turn = installation.load(), asyncio.Semaphore(_AT_ONCE)

    async def look(source: Source) -> tuple[Source, list[proposal.Trial]]:
        caller = Caller.of(settings, source.home)
        async with turn:
            try:
                places = [(kind, url) for kind in proposal.READERS for url in getattr(source, kind)]
                return source, [await proposal.trial(caller, source, kind, url) for kind, url in places]
            finally:
                caller.connections.close()

    return list(await asyncio.gather(*(look(source) for source in chosen)))


def _alive(trial: proposal.Trial) -> bool:
    return bool(trial.listing.candidates or trial.listing.children)


def _line(trial: proposal.Trial) -> str:
    told = _told(None, trial)
    mark = "ok  " if _alive(trial) else "dead"
    counts = f"{told['articles']} articles, newest {told['newest']}" + (
        f", {told['children']} sitemaps" if told["children"] else ""
    )
    return f"{mark} {trial.kind[:-1]:8} {trial.url}  {counts}" + (f"  ({told['trouble']})" if told["trouble"] else "")


def _told(source: Source | None, trial: proposal.Trial) -> dict[str, object]:
    return {
        **({"source": source.id} if source else {}),
        "kind": trial.kind[:-1],
        "url": trial.url,
        "articles": len(trial.listing.candidates),
        "children": len(trial.listing.children),
        "newest": proposal.newest(trial.listing),
        "hub": trial.listing.hub,
        "trouble": trial.listing.trouble,
    }


def main() -> None:
    """Run the command line."""
    try:
        app()
    except CopydeskError as error:
        typer.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, Misconfigured) else 1)


if __name__ == "__main__":
    main()

"""Suggest articles to the next crawl of a source, from where feeds no longer reach: archives, teasers, anyone's list.

`python -m crawlers.suggest archive SOURCE` asks the Wayback Machine which pages it saw in a range of days, `take` reads
candidates as JSON lines, `warcs` lists Common Crawl's news files for an import. Nothing is fetched from the source itself:
what is suggested waits in the bucket and is visited, politely and bounded as ever, by `python -m crawlers.run SOURCE`.
A crawl of the source may be running: the next one takes it in.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from crawlers import command
from crawlers.caller import Caller
from crawlers.discover import commoncrawl, suggestions, wayback
from crawlers.memory import Memory
from pipelines import layout, sources
from pipelines import settings as installation
from pipelines.bucket import open_bucket
from pipelines.errors import RetryLater

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.records import Candidate, Source

__all__ = ["app"]

# Answers of the CDX server taken for one range: 100,000 pages; a longer range is asked for in parts.
_MOST_ANSWERS = 20

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
Since = Annotated[datetime, typer.Option(help="First day (UTC).")]
Until = Annotated[datetime, typer.Option(help="Day after the last one (UTC).")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: one line of JSON.")]


@app.command()
def archive(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    *,
    since: Since,
    until: Until,
    server: Annotated[str, typer.Option(help="CDX server.")] = wayback.CDX,
) -> None:
    """Suggest the pages that the Wayback Machine captured first within a range of days."""
    known = _source(source)
    found = asyncio.run(_captured(known, since.replace(tzinfo=UTC), until.replace(tzinfo=UTC), server))
    _suggest(known, found)


@app.command()
def take(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    file: Annotated[typer.FileText, typer.Argument(help="JSON lines with `url` and what else is known; - for stdin.")],
    *,
    most: Annotated[int | None, typer.Option(min=0, help="Take no more that were not known before.")] = None,
    as_json: AsJson = False,
) -> None:
    """Suggest the candidates of a file; those that are not the source's own articles are left out."""
    known = _source(source)
    _suggest(known, suggestions.read(file, known), most=most, as_json=as_json)


@app.command()
def warcs(
    *,
    since: Since,
    until: Until,
    server: Annotated[str, typer.Option(help="Server of the file lists.")] = commoncrawl.DATA,
    as_json: AsJson = False,
) -> None:
    """List the WARC files of Common Crawl's news crawl that hold captures of a range of days, one URL a line."""
    files = asyncio.run(_news_files(since.replace(tzinfo=UTC), until.replace(tzinfo=UTC), server))
    typer.echo(json.dumps({"files": files}) if as_json else "\n".join(files))


def _source(source: str) -> Source:
    path = installation.load().source_folder / f"{source}.yaml"
    return sources.load_one(path)


async def _captured(source: Source, since: datetime, until: datetime, server: str) -> list[Candidate]:
    found: list[Candidate] = []
    resume: str | None = None
    with _calling(server) as caller:
        for _ in range(_MOST_ANSWERS):
            host = source.home.partition("://")[2].partition("/")[0].partition(":")[0].removeprefix("www.")
            url = wayback.query(host, since, until, resume=resume, server=server)
            answer = await caller.get(url)
            captures = wayback.read(answer.body, url, source) if answer.status == 200 else None
            if captures is None or captures.listing.trouble:
                told = captures.listing.trouble if captures else f"HTTP {answer.status}"
                raise RetryLater(f"{server}: {told}")
            found += captures.listing.candidates
            resume = captures.resume
            if resume is None:
                break
    return found


async def _news_files(since: datetime, until: datetime, server: str) -> list[str]:
    found: list[str] = []
    with _calling(server) as caller:
        for listed, end in commoncrawl.news_lists(since, until, server=server):
            answer = await caller.get(listed)
            if answer.status == 200:
                found += [file.url for file in commoncrawl.news_files(answer.body, since, until, server=server)]
            # The month before is asked for files that were begun in it; where it has no list, none were.
            elif answer.status != 404 or since < end <= datetime.now(UTC):
                raise RetryLater(f"{listed}: HTTP {answer.status}, so the files of a month are not known")
    return found


@contextmanager
def _calling(server: str) -> Iterator[Caller]:
    caller = Caller.of(installation.load(), server)
    try:
        yield caller
    finally:
        caller.connections.close()


def _suggest(source: Source, found: Sequence[Candidate], *, most: int | None = None, as_json: bool = False) -> None:
    """Lay what no crawl knows beside the source's memory, under a name made of it: laid twice, it is there once."""
    bucket = open_bucket(installation.load())
    memory = Memory.load(bucket, source.id, datetime.now(UTC).date())
    fresh = [candidate for candidate in found if memory.know(candidate.url) is None]
    taken = fresh[:most]
    if taken:
        lines = "".join(candidate.model_dump_json(exclude_defaults=True) + "\n" for candidate in taken).encode()
        bucket.create(layout.suggested(source.id, hashlib.sha256(lines).hexdigest()[:16]), lines)
    if as_json:
        left = [candidate.url for candidate in fresh[len(taken) :]]
        typer.echo(json.dumps({"found": len(found), "fresh": len(fresh), "taken": len(taken), "left": left}))
        return
    typer.echo(
        f"{len(found)} articles of {source.id}, {len(fresh)} of them not known before; the next crawl visits {len(taken)}"
    )


if __name__ == "__main__":
    command.run(app)

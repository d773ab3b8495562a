"""Suggest articles to the next crawl of a source, from where feeds no longer reach: archives, teasers, anyone's list.

`python -m crawlers.suggest archive SOURCE` asks the Wayback Machine which pages it saw in a range of days, `take` reads
candidates as JSON lines, `warcs` lists Common Crawl's news files for an import. Nothing is fetched from the source itself:
what is suggested waits in its memory and is visited, politely and bounded as ever, by `python -m crawlers.run SOURCE`.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from crawlers.caller import Caller
from crawlers.discover import commoncrawl, wayback
from crawlers.discover.listing import propose
from crawlers.run import remembered
from crawlers.spool import Spool
from pipelines import settings as installation
from pipelines import sources
from pipelines.bucket import open_bucket
from pipelines.errors import CopydeskError, Misconfigured, RetryLater
from pipelines.records import Candidate, Role, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.memory import Memory

__all__ = ["app"]

# Answers of the CDX server taken for one range: 100,000 pages; a longer range is asked for in parts.
_MOST_ANSWERS = 20

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
Since = Annotated[datetime, typer.Option(help="First day (UTC).")]
Until = Annotated[datetime, typer.Option(help="Day after the last one (UTC).")]


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
    _remember(known, found)


@app.command()
def take(
    source: Annotated[str, typer.Argument(help="Id of the source.")],
    file: Annotated[typer.FileText, typer.Argument(help="JSON lines with `url` and what else is known; - for stdin.")],
) -> None:
    """Suggest the candidates of a file; those that are not the source's own articles are left out."""
    known = _source(source)
    _remember(known, _read(file, known))


@app.command()
def warcs(
    *,
    since: Since,
    until: Until,
    server: Annotated[str, typer.Option(help="Server of the file lists.")] = commoncrawl.DATA,
) -> None:
    """List the WARC files of Common Crawl's news crawl that hold captures of a range of days, one URL a line."""
    for url in asyncio.run(_news_files(since.replace(tzinfo=UTC), until.replace(tzinfo=UTC), server)):
        typer.echo(url)


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
        for listed in commoncrawl.news_lists(since, until, server=server):
            answer = await caller.get(listed)
            if answer.status == 200:
                found += [file.url for file in commoncrawl.news_files(answer.body, since, until, server=server)]
            elif answer.status != 404:
                raise RetryLater(f"{listed}: HTTP {answer.status}")
    return found


@contextmanager
def _calling(server: str) -> Iterator[Caller]:
    caller = Caller.of(installation.load(), server)
    try:
        yield caller
    finally:
        caller.connections.close()


def _read(lines: Iterable[str], source: Source) -> list[Candidate]:
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = Candidate.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise Misconfigured(f"line {number}", f"{where}: {first['msg']}", "Write one candidate a line") from error
        own = propose(source, given.url, base=given.url, channel=given.channel)
        if own is not None:
            found.append(given.model_copy(update={"url": own.url, "source": source.id}))
    return found


def _remember(source: Source, found: list[Candidate]) -> None:
    settings = installation.load()
    bucket, now = open_bucket(settings), datetime.now(UTC)
    spool = Spool(settings.state / "spool", bucket, source.id)
    try:
        memory = remembered(bucket, spool, source.id, now)
        fresh = sum(_await(memory, candidate) for candidate in found)
        memory.save(bucket, now.date(), ())
    finally:
        spool.close()
    typer.echo(f"{len(found)} articles of {source.id}, {fresh} of them not known before; the next crawl visits those")


def _await(memory: Memory, candidate: Candidate) -> bool:
    if memory.know(candidate.url) is not None:
        return False
    memory.await_visit(candidate.url, Role.ARTICLE, candidate)
    return True


if __name__ == "__main__":
    try:
        app()
    except CopydeskError as failure:
        typer.echo(str(failure), err=True)
        sys.exit(2 if isinstance(failure, Misconfigured) else 1)

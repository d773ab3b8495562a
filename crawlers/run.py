"""Crawl one source into the archive and exit: `python -m crawlers.run SOURCE`.

Exit codes: 0 good; 1 the source is in trouble: nothing of it could be read, now or when it was asked last; 2 a setting or
declaration is wrong; 3 stopped before the end, the next crawl goes on; 70 a fault of this program; 75 try again: another
crawl of the source runs, or the archive cannot be written for the moment (70 and 75 as in sysexits.h).
The last line on stdout is the summary as JSON; progress goes to stderr.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from scrapy.crawler import AsyncCrawlerProcess

from crawlers import browser, resolve, resume
from crawlers.archive import WRITING, Archive, about, unwritable
from crawlers.connections import Connections
from crawlers.exchange import Bounds
from crawlers.job import Job
from crawlers.memory import Memory
from crawlers.polite.revisit import Mode
from crawlers.settings import scrapy_settings, user_agent
from crawlers.spiders import listings, visits
from crawlers.spiders.news import NewsSpider
from crawlers.spool import Spool
from pipelines import layout, sources, times, urls
from pipelines import settings as installation
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured, RetryLater
from pipelines.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipelines.bucket import Bucket
    from pipelines.records import Source
    from pipelines.settings import Settings

__all__ = ["app", "crawl"]

GOOD, TROUBLE, MISCONFIGURED, STOPPED, FAULT, AGAIN = 0, 1, 2, 3, 70, 75
_ERRORS = {
    TROUBLE: "none of its feeds, sitemaps and sections could be read",
    STOPPED: "it was stopped; the next crawl goes on",
    FAULT: "a fault of this program; the log has it",
}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    source: Annotated[str, typer.Argument(help="Id of the source: a file in config/sources without its .yaml.")],
    *,
    bucket: Annotated[str | None, typer.Option(help="Directory or s3://name/prefix; else COPYDESK_BUCKET.")] = None,
    run: Annotated[str | None, typer.Option(help="Id of the crawl; else made from the time.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Most article pages; else fetch.pages of limits.yaml.")
    ] = None,
    resolve_: Annotated[
        list[str] | None, typer.Option("--resolve", metavar="HOST=ADDRESS:PORT", help="A test host's address.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0, help="Most minutes, where fewer than fetch.minutes of limits.yaml.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(help="Leave out articles dated before (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Leave out articles dated at or after (UTC).")] = None,
    revisit: Annotated[Mode, typer.Option(help="Which known pages to visit again.")] = Mode.SCHEDULE,
    log_level: Annotated[str, typer.Option(help="Python log level of the progress on stderr.")] = "INFO",
) -> None:
    """Crawl one source, archive every exchange as WARC, print a summary."""
    try:
        times.require_days(since, until)
        settings = _settings(bucket, resolve_ or [])
        job, code = crawl(
            settings,
            source,
            run=run or f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
            pages=limit,
            minutes=minutes,
            since=since.replace(tzinfo=UTC) if since else None,
            until=until.replace(tzinfo=UTC) if until else None,
            mode=revisit,
            log_level=log_level,
        )
        told = summary(job, code)
    except Exception as error:  # noqa: BLE001  the process ends here: whatever it was becomes a code and a sentence
        code, why = _ended(error)
        typer.echo(why, err=True)
        told = {"source": source, "code": code, "error": why}
    typer.echo(json.dumps(told, ensure_ascii=False))
    sys.exit(code)


def _ended(error: Exception) -> tuple[int, str]:
    """Give code and reason of a crawl that an error ended; the log gets the way to one that nobody foresaw."""
    named = unwritable(error) if isinstance(error, OSError) and error.errno in WRITING else error
    if isinstance(named, Misconfigured):
        return MISCONFIGURED, str(named)
    if isinstance(named, RetryLater):
        return AGAIN, str(named)
    traceback.print_exception(error)
    return FAULT, f"a fault of this program: {type(error).__name__}: {error}; the log tells where"


def _settings(bucket: str | None, pairs: list[str]) -> Settings:
    settings = installation.load()
    mapped = dict(settings.resolve)
    for pair in pairs:
        host, equals, where = pair.partition("=")
        if not equals:
            raise Misconfigured("--resolve", f"{pair!r} has no '='", "Write HOST=ADDRESS:PORT")
        mapped[host] = where
    return settings.model_copy(update={"resolve": mapped} | ({"bucket": bucket} if bucket else {}))


def crawl(
    settings: Settings,
    source_id: str,
    *,
    run: str,
    pages: int | None = None,
    minutes: float | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    mode: Mode = Mode.SCHEDULE,
    log_level: str = "INFO",
) -> tuple[Job, int]:
    """Crawl a source; give the finished job and the exit code. Takes over the process: it runs Scrapy's event loop.

    Raises `RetryLater` where another crawl of it runs or the archive cannot be written for the moment, `Misconfigured`
    where it may not be written at all.
    """
    source = sources.load_one(settings.source_folder / f"{source_id}.yaml")
    test_hosts = resolve.read_map(settings.resolve)
    _require(settings, source, test_hosts)
    bucket, agent, fetch = open_bucket(settings), user_agent(settings.contact), settings.limits.fetch
    spool = Spool(settings.state / "spool", bucket, source_id)
    try:
        began = datetime.now(UTC)
        memory = remembered(bucket, spool, source_id, began)
        warcs, told = settings.limits.archive.warc_bytes, about(run, source_id, settings.contact, agent)
        job = Job(
            run=run,
            source=source,
            limits=settings.limits,
            mode=mode,
            pages=fetch.pages if pages is None else pages,
            since=since,
            until=until,
            memory=memory,
            archive=Archive(spool, memory, run=run, day=began.date(), limit=warcs, about=told),
            connections=Connections(resolve.Resolver(test_hosts), Bounds.of(fetch), fetch.ports),
            chromium=settings.chromium,
            wayback=settings.wayback,
            began=began,
            ends=time.monotonic() + 60 * min(fetch.minutes, minutes if minutes is not None else fetch.minutes),
        )
        resume.take_up(job, bucket)
        faults = _run(job, agent, log_level)
        _finish(job, bucket)
        return job, _code(job, faults)
    finally:
        spool.close()


def _require(settings: Settings, source: Source, test_hosts: Collection[str]) -> None:
    """Raise `Misconfigured` where the source cannot be crawled by this installation."""
    if not settings.contact and urls.host(source.home) not in test_hosts:
        raise Misconfigured(
            "COPYDESK_CONTACT",
            f"{source.home} is a live site and no contact address is set",
            "Set it to a mail or web address that publishers can write to",
        )
    if source.render:
        browser.require(settings.chromium)


def remembered(bucket: Bucket, spool: Spool, source: str, now: datetime) -> Memory:
    """Load what is known of a source, after uploading what a killed crawl left."""
    recovered = spool.recover()
    memory = Memory.load(bucket, source, now.date())
    memory.fold(bucket, map(layout.cdxj, recovered))
    return memory


def _run(job: Job, agent: str, log_level: str) -> int:
    """Run the spider; give the number of faults in this program's own code."""
    process = AsyncCrawlerProcess(scrapy_settings(job, agent, log_level))
    crawler = process.create_crawler(NewsSpider)
    process.crawl(crawler, job=job)
    process.start(install_signal_handlers=False)
    stats: dict[str, Any] = crawler.stats.get_stats()
    return int(stats.get("spider_exceptions/count", 0)) + int(stats.get("log_count/CRITICAL", 0))


def _finish(job: Job, bucket: Bucket) -> None:
    """Finish, or raise why the archive cannot be written: what was archived waits in the spool."""
    try:
        if job.broken is None:
            finish(job, bucket)
    except OSError as error:
        job.fail(error)
    if job.broken is not None:
        raise job.broken


def finish(job: Job, bucket: Bucket) -> None:
    """Give every URL on its way a visit, remember those that waited, upload what is open and save the memory."""
    for errand in job.frontier.taken():
        reason = "the crawl was stopped" if job.stopped else "no answer was handled; the log tells why"
        visits.close(job, {"errand": errand, "exchanges": []}, visits.Verdict(Outcome.FAILED, reason, retry=True))
    unread, parts = job.stopped or job.bounded, False
    for errand in job.frontier.waiting():
        if errand.candidate is not None:
            job.memory.await_visit(errand.url, errand.role, errand.candidate)
        elif job.late:
            parts = parts or errand.depth > 0  # what is declared is proposed by each crawl
        else:
            unread = True
    job.archive.close()
    job.memory.unread.clear()
    job.remember_quiet()
    if unread:
        job.memory.forget_visits(listings.PLACES)
    elif parts:
        job.memory.read_whole(listings.PLACES)
    job.memory.save(bucket, job.began.date(), map(layout.cdxj, job.archive.keys))


def _code(job: Job, faults: int) -> int:
    if faults:
        return FAULT
    if job.stopped:
        return STOPPED
    well = job.read or job.resting
    return TROUBLE if not well and (job.asked or job.backing_off) else GOOD


def summary(job: Job, code: int) -> dict[str, Any]:
    """Give what a caller needs to go on: keys, counts and what is wrong, no articles."""
    return {
        "run": job.run,
        "source": job.source.id,
        "code": code,
        "warc": job.archive.keys,
        "visits": sum(job.outcomes.values()),
        "outcomes": dict(sorted(job.outcomes.items())),
        "pages": job.pages - job.left,
        "waiting": job.frontier.count("waiting") + job.frontier.count("late"),
        "late": list(job.late.values()),
        "troubles": job.troubles[:20],
        "error": _error(job, code),
        "seconds": round((datetime.now(UTC) - job.began).total_seconds(), 1),
    }


def _error(job: Job, code: int) -> str | None:
    if code == TROUBLE and not job.asked and job.backing_off:
        return f"{_ERRORS[TROUBLE]} at their latest visit; backing off until {job.backing_off:%Y-%m-%d %H:%M} UTC"
    return _ERRORS.get(code)


if __name__ == "__main__":
    app()

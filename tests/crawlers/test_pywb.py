"""Other people's readers of a crawl's archive: pywb replays it in a real browser, FastWARC verifies its digests."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastwarc.warc import ArchiveIterator

from crawlers import run
from pipelines import layout
from pipelines.bucket import open_bucket
from pipelines.settings import Settings
from tests.conftest import free_port
from tests.crawlers.scripted import HOST, Scripted, declared, page, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.bucket import Bucket
    from tests.crawlers.scripted import Asked
    from tests.newsroom import Newsroom
    from tests.newsroom.reply import Reply

CHROMIUM = Settings().chromium


def pywb(*command: str) -> list[str]:
    """Give a command of pywb in an environment of its own: its dependencies and ours exclude each other."""
    uv = Path(sys.executable).with_name("uv")
    found = str(uv) if uv.is_file() else shutil.which("uv") or "uv"
    return [found, "tool", "run", "--from", "pywb", *command]


@pytest.fixture(scope="module")
def has_pywb() -> None:
    try:
        asked = subprocess.run(pywb("wb-manager", "--version"), capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"pywb cannot be had: {error}")
    if asked.returncode:
        pytest.skip(f"pywb cannot be had: {asked.stderr.decode(errors='replace')[-200:]}")


@contextmanager
def replaying(folder: Path, archive: Path, index: bytes | None = None) -> Iterator[str]:
    """Serve an archive with pywb on loopback, by our index where given and else by pywb's; give the collection's URL."""
    made = [("init", "desk")] if index else [("init", "desk"), ("add", "desk", str(archive))]
    for arguments in made:
        subprocess.run(pywb("wb-manager", *arguments), cwd=folder, capture_output=True, check=True, timeout=120)
    if index:
        collection = folder / "collections" / "desk"
        shutil.copy(archive, collection / "archive")
        (collection / "indexes" / "index.cdxj").write_bytes(index)
    port = free_port()
    with (folder / "log").open("wb") as log:
        command = pywb("wayback", "-b", "127.0.0.1", "-p", str(port))
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        await_answer(f"http://127.0.0.1:{port}/", folder / "log")
        yield f"http://127.0.0.1:{port}/desk"
    finally:
        server.terminate()
        server.wait(20)


def await_answer(url: str, log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"pywb did not start: {log.read_text()[-2000:]}")


def shown(url: str, profile: Path) -> str:
    """Give the text of a page as headless Chromium ends up with it."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    command = [str(CHROMIUM), *flags, f"--user-data-dir={profile}", "--timeout=60000", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=200).stdout


def archived(settings: Settings) -> tuple[Bucket, str]:
    assert run.crawl(settings, "demo-saltmarsh", run="first", pages=2, log_level="WARNING")[1] == run.GOOD
    bucket = open_bucket(settings)
    (key,) = [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    return bucket, key


def test_fastwarc_verifies_every_digest(settings: Settings) -> None:
    bucket, key = archived(settings)
    count = 0
    for record in ArchiveIterator(io.BytesIO(bucket.get(key)), parse_http=False):
        if record.headers.get("WARC-Block-Digest"):
            assert record.verify_block_digest(consume=False)
            count += 1
    assert count > 10


@pytest.mark.skipif(not CHROMIUM.is_file(), reason="no Chromium to replay in (apt install chromium)")
@pytest.mark.usefixtures("has_pywb")
def test_pywb_replays_an_article_in_a_real_browser(settings: Settings, room: Newsroom, tmp_path: Path) -> None:
    bucket, key = archived(settings)
    text = bucket.get(key.removesuffix(".warc.gz") + ".cdxj").decode()
    url = next(url for url, truth in room.truth.items() if f'"{url}"' in text and truth.title)
    (tmp_path / "pywb").mkdir()
    with replaying(tmp_path / "pywb", Path(bucket.uri(key))) as collection:
        page = shown(f"{collection}/mp_/{url}", tmp_path / "profile")
    assert (room.truth[url].title or "no title") in page


WAYBACK, GONE = "archive.test", f"http://{HOST}/2026/03/01/a-page-that-is-gone"


def wayback(asked: Asked) -> Reply:
    """A site that lost its page, and an archive that captured it."""
    if asked.path.startswith("/cdx/search/cdx"):
        return page(json.dumps([["timestamp", "original"], ["20260301100000", GONE]]), "application/json")
    if asked.host == WAYBACK and asked.path.startswith("/web/20260301100000id_/"):
        return page("<h1>As it was captured</h1>")
    return status(404)


@pytest.mark.usefixtures("has_pywb")
def test_pywb_replays_a_capture_under_the_gone_pages_own_url_by_our_index(
    directory_settings: Settings, tmp_path: Path
) -> None:
    since, until = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    given = directory_settings.model_copy(update={"sources": tmp_path / "sources", "wayback": f"http://{WAYBACK}"})
    with Scripted(wayback, HOST, WAYBACK) as site:
        made = declared(given, site.resolve, feeds=[])
        run.crawl(made, "scripted", run="back", log_level="ERROR", since=since, until=until)
    bucket = open_bucket(made)
    (key,) = [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    (tmp_path / "pywb").mkdir()
    with replaying(tmp_path / "pywb", Path(bucket.uri(key)), bucket.get(layout.cdxj(key))) as collection:
        for stamp in ("20260301100000", "20260315000000"):
            with urllib.request.urlopen(f"{collection}/{stamp}mp_/{GONE}", timeout=60) as answer:
                assert b"<h1>As it was captured</h1>" in answer.read()

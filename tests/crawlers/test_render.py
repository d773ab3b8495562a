"""Pages that are empty without scripts, shown by a real browser that has no way around the guard."""

from __future__ import annotations

from collections import Counter
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

import pytest
import yaml
from warcio.checker import Checker

from crawlers import run
from crawlers.polite.revisit import Mode
from pipelines import archive
from pipelines.bucket import open_bucket
from pipelines.errors import Misconfigured
from pipelines.records import Outcome, Role
from pipelines.settings import Settings
from tests.crawlers.archived import entries, visits
from tests.discover.archives import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.records import Visit

CHROMIUM = Settings().chromium
needs_browser = pytest.mark.skipif(
    not CHROMIUM.is_file() or find_spec("playwright") is None,
    reason="needs Chromium (apt install chromium) and the extra `browser` (uv sync --extra browser)",
)
STORY = "/2026/03/a-hall-that-needs-a-script"
SHELL = b"<!doctype html><meta charset=iso-8859-1><title>Script</title><div id=app></div><script src=/app.js></script>"
HOME = (
    b'<!doctype html><title>Script</title><a href="%s">A hall that needs a script opens in March</a>' % STORY.encode()
)
SCRIPT = """
const quiet = (url, how) => fetch(url, how).catch(() => null);
quiet("http://127.0.0.1:PORT/secret");
quiet("http://localhost:PORT/secret");
quiet("http://169.254.169.254/latest/meta-data/");
quiet("/private/data.json");
quiet("/post", {method: "POST", body: "x"});
new Image().src = "http://127.0.0.1:PORT/secret.png";
new WebSocket("ws://127.0.0.1:PORT/secret");
new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:PORT"}]}).createDataChannel("x");
const frame = document.createElement("iframe");
frame.src = "http://127.0.0.1:PORT/secret.html";
document.body.append(frame);
fetch("/api/story.json").then((answer) => answer.json()).then((story) => {
  document.getElementById("app").innerHTML = `<article><h1>${story.title}</h1><p>${story.text}</p></article>`;
});
"""


class Site(BaseHTTPRequestHandler):
    """A publisher whose pages hold nothing until their script has run, and whose script tries every door."""

    asked: ClassVar[list[str]] = []
    text: ClassVar[str] = "The hall – opened on Tuesday – draws 40 MW."

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        port = str(self.connection.getsockname()[1])
        story = '{"title": "A hall opens", "text": "%s"}' % self.text  # noqa: UP031  braces of JSON
        found = {
            "/": ("text/html", HOME),
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private/\n"),
            STORY: ("text/html; charset=iso-8859-1", SHELL),
            "/app.js": ("text/javascript", SCRIPT.replace("PORT", port).encode()),
            "/api/story.json": ("application/json", story.encode()),
        }.get(self.path)
        kind, body = found or ("text/plain", b"")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        type(self).asked.append(f"POST {self.path}")
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    Site.asked.clear()
    declared = {"name": "Script", "home": "http://script.test/", "sections": ["http://script.test/"], "delay": 0}
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "script.yaml").write_text(yaml.safe_dump({**declared, "render": True}))
    with serving(Site) as address:
        yield Settings(
            bucket=str(tmp_path / "bucket"),
            state=tmp_path / "state",
            sources=tmp_path / "sources",
            resolve={"script.test": address.removeprefix("http://")},
        )


def crawl(settings: Settings, name: str) -> dict[str, Visit]:
    assert run.crawl(settings, "script", run=name, log_level="WARNING", mode=Mode.ALWAYS)[1] == run.GOOD
    return {visit.url: visit for visit in visits(open_bucket(settings), name)}


@needs_browser
def test_a_page_that_needs_scripts_is_shown_and_reaches_nothing_but_its_publisher(settings: Settings) -> None:
    found = crawl(settings, "first")
    # Each once, and robots.txt, the guard and the browser's bounds stopped all the rest.
    asked = Counter(path for path in Site.asked if path not in {"/ai.txt", "/.well-known/tdmrep.json"})
    assert asked == Counter(["/", "/robots.txt", STORY, "/app.js", "/api/story.json"])
    parts = {url: visit.outcome for url, visit in found.items() if visit.role is Role.PART}
    assert parts["http://script.test/app.js"] is Outcome.READ
    assert parts["http://script.test/private/data.json"] is Outcome.REFUSED
    assert {outcome for url, outcome in parts.items() if "script.test" not in url} == {Outcome.REFUSED}
    bucket = open_bucket(settings)
    (key,) = [key for key in bucket.list("raw/warc/") if key.endswith(".warc.gz")]
    with bucket.open(key) as stream:
        read = {one.page.url: one for one in archive.read(stream, key, source="script", limit=2**20) if one.page}
    assert "opened on Tuesday" in (read["http://script.test" + STORY].body or b"").decode("utf-8-sig")
    kinds = [
        (one.kind, one.block) for one in entries(bucket, key) if one.headers.get("WARC-Target-URI", "").endswith(STORY)
    ]
    assert [kind for kind, _ in kinds] == ["request", "response", "conversion", "metadata"]
    assert kinds[1][1].endswith(SHELL)
    assert Checker(SimpleNamespace(inputs=[bucket.uri(key)], verbose=False)).process_all() == 0


@needs_browser
def test_a_shown_page_is_unchanged_until_its_text_changes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [crawl(settings, "first"), crawl(settings, "again")]
    monkeypatch.setattr(Site, "text", "The hall was closed on Friday.")
    outcomes.append(crawl(settings, "changed"))
    assert [found["http://script.test" + STORY].outcome for found in outcomes] == [None, Outcome.UNCHANGED, None]


def test_a_source_that_needs_a_browser_is_misconfigured_without_one(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="browser"):
        run.crawl(settings.model_copy(update={"chromium": tmp_path / "none"}), "script", run="first")
    assert Site.asked == []

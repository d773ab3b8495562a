"""Survey: a new publisher is found, proposed and tried over real HTTP; declared ones are asked how they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from crawlers import caller
from crawlers.survey import app
from pipelines import sources
from pipelines.errors import Misconfigured, Reject
from tests.newsroom.server import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom() as served:
        yield served


@pytest.fixture
def folder(room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder of sources, in an installation that knows the newsroom's hosts."""
    monkeypatch.setenv("COPYDESK_SOURCES", str(tmp_path))
    monkeypatch.setenv("COPYDESK_RESOLVE", json.dumps(dict(room.resolve)))
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the newsroom the pauses that live hosts are given."""
    monkeypatch.setattr(caller, "PAUSE", 0.01)


def test_a_site_is_proposed_with_what_was_found_and_tried(folder: Path) -> None:
    code, out, tried = run("add", "http://chipwire.test/")
    proposed = yaml.safe_load(out)
    assert code == 0
    assert proposed["name"] == "Chipwire"
    assert proposed["feeds"] == ["http://chipwire.test/feed.xml"]
    assert proposed["sitemaps"] == ["http://chipwire.test/sitemap_index.xml"]
    assert proposed["articles"] == [r"/20\d\d/\d\d/\d\d/[^/]+"]
    assert "ok   feed     http://chipwire.test/feed.xml  12 articles" in tried
    assert list(folder.iterdir()) == []


def test_a_proposal_that_is_written_is_a_sound_source(folder: Path) -> None:
    code, out, _ = run("add", "http://redcobre.test/", "--write", "--id", "red-cobre")
    assert code == 0
    assert "copydesk crawl red-cobre" in out
    source = sources.load(folder)["red-cobre"]
    assert (source.name, source.language) == ("Red Cobre", "es")
    with pytest.raises(Misconfigured, match="exists already"):
        run("add", "http://redcobre.test/", "--write", "--id", "red-cobre")


@pytest.mark.usefixtures("folder")
def test_a_site_without_feeds_and_sitemaps_is_read_by_its_home_page() -> None:
    _, out, _ = run("add", "http://ringfence.test/")
    assert yaml.safe_load(out)["sections"] == ["http://ringfence.test/"]


@pytest.mark.usefixtures("folder")
def test_robots_txt_is_read_first_and_once(room: Newsroom) -> None:
    before = len(room.log)
    run("add", "http://redcobre.test/")
    asked = [hit.path for hit in room.log[before:]]
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1


@pytest.mark.usefixtures("folder")
def test_a_live_site_is_not_asked_without_a_contact() -> None:
    with pytest.raises(Misconfigured, match="COPYDESK_CONTACT"):
        run("add", "https://www.example.org/")


@pytest.mark.usefixtures("folder")
def test_an_address_of_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_CONTACT", "desk@example.org")
    with pytest.raises(Reject, match="unreachable"):
        run("add", "http://127.0.0.1:80/")


def test_the_health_of_each_place_is_told(folder: Path) -> None:
    write_sources(folder)
    (folder / "gone.yaml").write_text(
        "name: Gone\nhome: http://lefil.test/nowhere/\nfeeds: [http://lefil.test/gone.xml]\n"
    )
    (folder / "demo-lefil.yaml").unlink()
    code, out, summary = run("check", "demo-chipwire", "gone", "--json")
    places = {place["url"]: place for place in json.loads(out)}
    assert code == 1
    assert places["http://chipwire.test/feed.xml"]["articles"] == 12
    assert places["http://chipwire.test/feed.xml"]["trouble"] is None
    assert places["http://lefil.test/gone.xml"]["trouble"] == "HTTP 404"
    assert "none of their places can be read: gone" in summary


@pytest.mark.usefixtures("folder")
def test_a_source_that_is_not_declared_cannot_be_checked() -> None:
    with pytest.raises(Misconfigured, match="nobody"):
        run("check", "nobody")

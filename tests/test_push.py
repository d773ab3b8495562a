"""Push: a hub on loopback verifies a subscription, delivers, and rings for the source; strangers ring for nothing."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from crawlers import caller, push
from pipelines.errors import Reject
from pipelines.records import Source
from pipelines.settings import Settings
from tests.discover.archives import FEED, Archives, serving
from tests.discover.archives import push as deliver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawlers.discover.websub import Subscription

SOURCE = Source(id="wire", name="Wire", home="http://wire.test/", feeds=("http://wire.test/feed/",))


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with serving() as url:
        where = url.removeprefix("http://")
        yield Settings(state=tmp_path, resolve={"wire.test": where, "hub.test": where})


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare loopback the pauses that live hosts are given."""
    monkeypatch.setattr(caller, "PAUSE", 0.0)


@pytest.fixture
def wanted(settings: Settings) -> Subscription:
    (found,) = asyncio.run(push.find(settings, SOURCE, push.key(settings.state / "push.key")))
    return found


@pytest.fixture
def rung() -> list[str]:
    return []


@pytest.fixture
def callback(wanted: Subscription, rung: list[str]) -> Iterator[str]:
    desk = push.Desk({wanted.token: (wanted, SOURCE)}, rung.append)
    server = push.serve(desk, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.server_address[1]}/push"
    server.shutdown()
    server.server_close()


def status(url: str, body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body)) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_hub_that_a_feed_names_is_found(wanted: Subscription) -> None:
    assert (wanted.topic, wanted.hub) == ("http://wire.test/feed/", "http://hub.test/")


def test_the_hub_verifies_what_was_asked_for(settings: Settings, wanted: Subscription, callback: str) -> None:
    Archives.subscribed.clear()
    assert asyncio.run(push.subscribe(settings, wanted, callback)) == 202
    for _ in range(100):
        if Archives.subscribed:
            break
        time.sleep(0.02)
    (form,) = Archives.subscribed
    assert form["hub.topic"] == wanted.topic


def test_a_signed_delivery_rings_for_the_source(wanted: Subscription, callback: str, rung: list[str]) -> None:
    assert deliver(f"{callback}/{wanted.token}", FEED, wanted.secret) == 202
    assert rung == ["wire"]


def test_a_forged_delivery_is_answered_and_ignored(wanted: Subscription, callback: str, rung: list[str]) -> None:
    assert deliver(f"{callback}/{wanted.token}", FEED, "guessed") == 202
    assert status(f"{callback}/{wanted.token}", FEED) == 202
    assert rung == []


def test_an_unknown_callback_is_gone(callback: str, rung: list[str]) -> None:
    assert status(f"{callback}/{'0' * 32}", FEED) == 410
    assert status(f"{callback}/{'0' * 32}?hub.mode=subscribe&hub.challenge=x") == 404
    assert rung == []


def test_a_delivery_that_is_too_long_is_not_read(wanted: Subscription, callback: str) -> None:
    request = urllib.request.Request(f"{callback}/{wanted.token}", data=b"x", headers={"Content-Length": "99999999"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 413
    caught.value.close()


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    made = push.key(tmp_path / "state" / "push.key")
    assert len(made) == 32
    assert push.key(tmp_path / "state" / "push.key") == made
    assert (tmp_path / "state" / "push.key").stat().st_mode & 0o077 == 0


def test_a_hub_inside_the_network_is_not_asked(settings: Settings, wanted: Subscription) -> None:
    for hub in ("http://127.0.0.1/", "http://169.254.169.254/latest/", "http://localhost/", "ftp://hub.test/"):
        with pytest.raises(Reject):
            asyncio.run(push.subscribe(settings, wanted._replace(hub=hub), "https://desk.example.net/push"))

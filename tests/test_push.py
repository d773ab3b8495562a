"""Push: a hub on loopback verifies a subscription, delivers, and rings for the source; strangers ring for nothing."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from crawlers import caller, push
from pipelines.errors import Reject, RetryLater
from pipelines.records import Source
from pipelines.settings import Settings
from tests.discover.archives import FEED, Archives, serving
from tests.discover.archives import push as deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


def answering(said: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(said)


@contextmanager
def hub(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A hub that takes any request and does what it likes; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\r\n\r\n",
        b"\x00\xff\x16 no HTTP at all\r\n",
        b"HTTP/1.1 yes\r\n\r\n",
        b"HTTP/1.1 99999 No\r\n",
        b"x" * 200_000,
    ],
    ids=["nothing", "blanks", "binary", "no number", "no status", "endless line"],
)
def test_a_hub_that_answers_nonsense_is_tried_later(settings: Settings, wanted: Subscription, said: bytes) -> None:
    with hub(answering(said)) as where:
        given = settings.model_copy(update={"resolve": {**settings.resolve, "hub.test": where}})
        with pytest.raises(RetryLater, match="hub"):
            asyncio.run(push.subscribe(given, wanted, "https://desk.example.net/push"))


def test_a_hub_that_is_silent_is_left_after_a_while(
    settings: Settings, wanted: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "_SECONDS", 0.3)
    with hub(lambda _: time.sleep(1)) as where:
        given = settings.model_copy(update={"resolve": {**settings.resolve, "hub.test": where}})
        with pytest.raises(RetryLater, match="in time"):
            asyncio.run(push.subscribe(given, wanted, "https://desk.example.net/push"))


def test_a_feed_that_is_dead_does_not_hide_the_hub_of_another(settings: Settings) -> None:
    source = SOURCE.model_copy(update={"feeds": ("http://dead.test/feed/", *SOURCE.feeds)})
    given = settings.model_copy(update={"resolve": {**settings.resolve, "dead.test": "127.0.0.1:9"}})
    (found,) = asyncio.run(push.find(given, source, push.key(settings.state / "push.key")))
    assert found.hub == "http://hub.test/"


def drip(connection: socket.socket) -> None:
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def test_a_delivery_that_comes_byte_by_byte_is_hung_up_on(
    wanted: Subscription, callback: str, rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "_SECONDS", 0.5)
    parts = urlsplit(callback)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as connection:
        connection.sendall(f"POST {parts.path}/{wanted.token} HTTP/1.1\r\nContent-Length: 9999\r\n\r\n".encode())
        with pytest.raises(ConnectionError):
            drip(connection)
    assert rung == []

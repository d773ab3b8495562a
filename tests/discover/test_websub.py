"""WebSub: only what was asked for is confirmed, only what the hub signed is believed."""

from __future__ import annotations

import hmac

import pytest

from crawlers.discover import websub
from pipelines.records import Channel
from tests.discover.source import HOME, SOURCE

KEY = b"k" * 32
TOPIC, HUB = f"{HOME}feed/", "https://hub.example.net/"
KNOWN = websub.subscription("example", TOPIC, HUB, KEY)
FEED = f"<rss><channel><item><title>A new fab opens</title><link>{HOME}a-new-fab-opens</link></item></channel></rss>".encode()


def sign(body: bytes, method: str = "sha256", secret: str = KNOWN.secret) -> str:
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


def query(**changes: str) -> dict[str, str]:
    asked = {"mode": "subscribe", "topic": TOPIC, "challenge": "a-word", "lease_seconds": "3600", **changes}
    return {f"hub.{name}": value for name, value in asked.items()}


def test_a_request_names_topic_callback_lease_and_secret() -> None:
    fields = websub.request(KNOWN, "https://desk.example.net/push/")
    assert fields == {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": f"https://desk.example.net/push/{KNOWN.token}",
        "hub.lease_seconds": "864000",
        "hub.secret": KNOWN.secret,
    }
    assert websub.request(KNOWN, "https://desk.example.net", subscribe=False)["hub.mode"] == "unsubscribe"


def test_the_same_key_gives_the_same_subscription_and_another_key_another() -> None:
    assert websub.subscription("example", TOPIC, HUB, KEY) == KNOWN
    assert websub.subscription("example", TOPIC, HUB, b"j" * 32).secret != KNOWN.secret
    assert websub.subscription("example", f"{TOPIC}2", HUB, KEY).token != KNOWN.token
    with pytest.raises(ValueError, match="32 bytes"):
        websub.subscription("example", TOPIC, HUB, b"short")


def test_the_challenge_is_echoed_for_what_was_asked_for() -> None:
    assert websub.verify(query(), KNOWN) == (200, "a-word", 3600)
    assert websub.verify(query(mode="unsubscribe"), KNOWN, wanted=False) == (200, "a-word", None)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (query(), None),
        (query(topic=f"{TOPIC}other"), KNOWN),
        (query(mode="unsubscribe"), KNOWN),
        (query(challenge=""), KNOWN),
        (query(challenge="x" * 10_000), KNOWN),
        ({}, KNOWN),
    ],
)
def test_anything_else_is_not_found(asked: dict[str, str], known: websub.Subscription | None) -> None:
    answer = websub.verify(asked, known)
    assert answer.status == 404
    assert "x" * 100 not in answer.body


def test_a_denial_is_taken_note_of_without_a_lease() -> None:
    assert websub.verify(query(mode="denied"), KNOWN) == (200, "", None)


def test_a_lease_that_is_no_number_becomes_the_one_asked_for() -> None:
    assert websub.verify(query(lease_seconds="9" * 50), KNOWN).granted == websub.LEASE_SECONDS
    assert websub.verify(query(lease_seconds="-1"), KNOWN).granted == websub.LEASE_SECONDS


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signed_delivery_is_genuine(method: str) -> None:
    assert websub.genuine(FEED, sign(FEED, method), KNOWN.secret)


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256",
        "sha256=",
        "md5=" + "0" * 32,
        sign(FEED + b" "),
        sign(FEED, secret="guess"),
        "sha256=é",
        sign(FEED)[:-1],
    ],
)
def test_any_other_delivery_is_not(signature: str | None) -> None:
    assert not websub.genuine(FEED, signature, KNOWN.secret)


def test_a_delivery_gives_pushed_candidates() -> None:
    (candidate,) = websub.deliver(FEED, KNOWN, SOURCE).candidates
    assert (candidate.channel, candidate.seen_in) == (Channel.PUSH, TOPIC)

"""WebSub (W3C): subscribe to a feed at its hub, answer the hub's verification, check what it pushes.

Pure functions; `crawlers.push` puts them behind a socket. A subscription's callback path and secret are derived from
one key, so that nothing needs to be stored to recognise a delivery, and nobody without the key can forge one.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NamedTuple

from crawlers.discover import feeds
from pipelines.records import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawlers.discover.listing import Listing
    from pipelines.records import Source

__all__ = ["Answer", "Subscription", "deliver", "genuine", "request", "subscription", "verify"]

# Ten days, the longest that the common hubs grant; renewed at half of it.
LEASE_SECONDS = 864_000
# Challenges are short random words; a longer one would make us print for strangers.
_MAX_CHALLENGE = 512
# WebSub, 7.1: the methods it recognises. HMAC keeps sha1, which old hubs still sign with, unforgeable.
_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


class Subscription(NamedTuple):
    """One feed of one source at one hub."""

    source: str
    """Id of the source."""
    topic: str
    """URL of the feed, as its `rel=self` names it."""
    hub: str
    """URL of the hub."""
    token: str
    """Last segment of the callback's path: 32 hexadecimal digits that cannot be guessed."""
    secret: str
    """What the hub signs deliveries with."""


class Answer(NamedTuple):
    """What to answer a hub."""

    status: int
    """HTTP status code."""
    body: str
    """Body, as text/plain."""
    granted: int | None = None
    """Lease in seconds where a subscription was confirmed; null else."""


def subscription(source: str, topic: str, hub: str, key: bytes) -> Subscription:
    """Derive a subscription's token and secret from `key`, of 32 random bytes or more."""
    if len(key) < 32:
        raise ValueError("the key of the push service needs 32 bytes")
    derive = [
        hmac.new(key, f"{use}\n{hub}\n{topic}".encode(), hashlib.sha256).hexdigest() for use in ("token", "secret")
    ]
    return Subscription(source, topic, hub, derive[0][:32], derive[1])


def request(wanted: Subscription, callback: str, *, subscribe: bool = True) -> dict[str, str]:
    """Give the form fields to POST to the hub (WebSub, 5.1); `callback` is the public URL that tokens are appended to."""
    fields = {
        "hub.mode": "subscribe" if subscribe else "unsubscribe",
        "hub.topic": wanted.topic,
        "hub.callback": f"{callback.rstrip('/')}/{wanted.token}",
    }
    return {**fields, "hub.lease_seconds": str(LEASE_SECONDS), "hub.secret": wanted.secret} if subscribe else fields


def verify(query: Mapping[str, str], known: Subscription | None, *, wanted: bool = True) -> Answer:
    """Answer a hub's GET on a callback (WebSub, 5.3): echo the challenge for what we asked for, 404 for anything else.

    `known` is the subscription whose token the path carries, null for none; `wanted` whether we want it still.
    """
    mode, challenge = query.get("hub.mode", ""), query.get("hub.challenge", "")
    if known is None or not hmac.compare_digest(query.get("hub.topic", "").encode(), known.topic.encode()):
        return Answer(404, "no such subscription")
    if mode == "denied":
        return Answer(200, "")
    if mode != ("subscribe" if wanted else "unsubscribe") or not 0 < len(challenge) <= _MAX_CHALLENGE:
        return Answer(404, "not asked for")
    lease = query.get("hub.lease_seconds", "")
    granted = int(lease) if lease.isascii() and lease.isdigit() and len(lease) < 10 else LEASE_SECONDS
    return Answer(200, challenge, granted if wanted else None)


def genuine(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether `X-Hub-Signature` proves that the hub sent `body` (WebSub, 7.1)."""
    method, _, digest = (signature or "").strip().partition("=")
    algorithm = _METHODS.get(method.lower())
    if algorithm is None:
        return False
    expected = hmac.new(secret.encode(), body, algorithm).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode())


def deliver(body: bytes, known: Subscription, source: Source, content_type: str | None = None) -> Listing:
    """Read a genuine delivery: the feed's new entries, as pushed candidates."""
    listing = feeds.read(body, known.topic, source, content_type)
    pushed = tuple(candidate.model_copy(update={"channel": Channel.PUSH}) for candidate in listing.candidates)
    return type(listing)(candidates=pushed, trouble=listing.trouble, hub=listing.hub, topic=listing.topic)

"""Functions that hostile pages provoke, in a module of their own: a sandbox imports what it runs."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from pipelines.errors import Quarantine, Reject
from pipelines.extract import extract
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import from_evidence
from pipelines.extract.parsing.parse import parse
from pipelines.extract.sandbox import Sandbox
from pipelines.extract.text.text import extract_text

if TYPE_CHECKING:
    from multiprocessing.queues import Queue


def read_text(text: str) -> str:
    """Extract a plain text; gives what it was taken for."""
    return str(extract_text(text).decision.kind)


def behave(item: str) -> str:
    """Do what the item says: the word before the colon is the deed."""
    deed, _, detail = item.partition(":")
    return _DEEDS[deed](detail)


def _echo(detail: str) -> str:
    return detail


def _hang(_: str) -> str:
    while True:
        pass


def _crash(_: str) -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    return "unreachable"


def _killed(_: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "unreachable"


def _leave(detail: str) -> str:
    os._exit(int(detail))


def _fill(detail: str) -> str:
    return str(len(bytearray(int(detail) * 2**20)))


def _grow(_: str) -> str:
    return "".join("x" * 2**20 + str(n) for n in range(2**20))


def _reject(detail: str) -> str:
    raise Reject(detail)


def _quarantine(detail: str) -> str:
    raise Quarantine(detail)


def _fail(detail: str) -> str:
    raise ValueError(detail)


def _recurse(detail: str) -> str:
    return _recurse(detail)


def _slow(detail: str) -> str:
    time.sleep(float(detail))
    return detail


_DEEDS = {
    "echo": _echo,
    "hang": _hang,
    "crash": _crash,
    "killed": _killed,
    "leave": _leave,
    "fill": _fill,
    "grow": _grow,
    "reject": _reject,
    "quarantine": _quarantine,
    "fail": _fail,
    "recurse": _recurse,
    "slow": _slow,
}


def judge(page: bytes) -> str:
    """Read a page's metadata, take all its text for the body, and say what it is."""
    document = parse(page)
    evidence = Evidence(document, "https://harbour-post.example/science/tide")
    found = from_evidence(evidence)
    return decide(document, evidence.url, found, document.tree.text_content(), evidence=evidence).kind.value


def read(page: bytes) -> str:
    """Extract a page and say what it is."""
    return extract(page, "https://harbour-post.example/science/tide").decision.kind.value


def in_daemon(queue: Queue[list[str | None]]) -> None:
    """Run a sandbox where multiprocessing forbids children."""
    with Sandbox(workers=1, seconds=5) as box:
        queue.put([result.value for result in box.map(behave, ["echo:a", "crash", "echo:b"])])

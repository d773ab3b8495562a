"""Rights: how far what a publisher reserves lets us go with a page, by the policy in `config/limits.yaml`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict

from pipelines.times import when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.records import Reservation

__all__ = ["Level", "Permission", "Policy", "permits"]


class Level(StrEnum):
    """How far we go with a page; each level includes those before it."""

    NOTHING = "nothing"
    """It is not requested; what was requested already is dropped, and its fate names the reason."""
    HEADLINE = "headline"
    """Headline and link, as its feed or section page gave them, are kept; the page is not."""
    ARCHIVE = "archive"
    """The page is kept in the archive as evidence; the tables hold its headline and link."""
    BODY = "body"
    """The article goes through the whole line."""


class Policy(BaseModel):
    """Section `rights` of `config/limits.yaml`: how far we go where a publisher says each of these."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    noindex: Level
    noarchive: Level
    nosnippet: Level
    noai: Level
    noimageai: Level
    unavailable: Level
    tdm_reservation: Level
    search: Level
    ai_input: Level
    ai_train: Level
    ai_agents: Level
    ai_txt: Level
    licence: Level
    unknown: Level


class Permission(NamedTuple):
    """How far a page may be taken, and the reservation that draws the line."""

    level: Level
    """The furthest step allowed."""
    by: Reservation | None
    """The reservation that decided; null where none holds us back."""

    @property
    def fetch(self) -> bool:
        """Whether the page may be requested."""
        return self.level is not Level.NOTHING

    @property
    def headline(self) -> bool:
        """Whether headline and link may be kept."""
        return self.level is not Level.NOTHING

    @property
    def archive(self) -> bool:
        """Whether the page may be kept in the archive."""
        return self.level in {Level.ARCHIVE, Level.BODY}

    @property
    def body(self) -> bool:
        """Whether the article's text may be stored in the tables."""
        return self.level is Level.BODY


def permits(reserved: Sequence[Reservation], policy: Policy, now: datetime, *, agent: str = "copydesk") -> Permission:
    """Say how far `policy` lets us go with a page of these reservations: the strictest of them decides."""
    order = list(Level)
    decided = Permission(Level.BODY, None)
    for reservation in reserved:
        level = _level(reservation, policy, now, agent)
        if order.index(level) < order.index(decided.level):
            decided = Permission(level, reservation)
    return decided


def _level(reservation: Reservation, policy: Policy, now: datetime, agent: str) -> Level:
    said = reservation.statement
    if reservation.protocol in {"x-robots-tag", "meta-robots"}:
        return _robots_tag(said, policy, now, agent)
    if reservation.protocol == "content-signal":
        uses = {"search": policy.search, "ai-input": policy.ai_input, "ai-train": policy.ai_train}
        return {**uses, "train-ai": policy.ai_train, "bots": policy.search}.get(said.partition("=")[0], policy.unknown)
    if reservation.protocol == "rsl":
        return _licence(said, policy)
    site_wide = {"tdmrep": policy.tdm_reservation, "robots.txt": policy.ai_agents, "ai.txt": policy.ai_txt}
    return site_wide.get(reservation.protocol, policy.unknown)


def _robots_tag(said: str, policy: Policy, now: datetime, agent: str) -> Level:
    scope, colon, rest = said.partition(": ")
    if colon and scope not in {"unavailable_after", "max-snippet"}:
        if scope != agent:
            return Level.BODY
        said = rest
    name = said.partition(":")[0].strip()
    if name == "unavailable_after":
        end = when(said.partition(":")[2])
        return policy.unavailable if end is None or end <= now else Level.BODY
    known = {
        "noindex": policy.noindex,
        "none": policy.noindex,
        "noarchive": policy.noarchive,
        "nocache": policy.noarchive,
        "nosnippet": policy.nosnippet,
        "max-snippet": policy.nosnippet,
        "noai": policy.noai,
        "noml": policy.noai,
        "noimageai": policy.noimageai,
        "noimageindex": policy.noimageai,
    }
    return known.get(name, policy.unknown)


def _licence(said: str, policy: Policy) -> Level:
    """Judge a licence: one that forbids or sells all use as such, one that speaks of AI alone as `ai_train`."""
    uses = set(said.removeprefix("permits only ").split())
    if said.startswith("permits only"):
        return policy.ai_train if uses & {"search", "ai-index"} else policy.licence
    if "search" in uses:
        return policy.search
    return policy.licence if "all" in uses or said.startswith("licence ") else policy.ai_train

"""robots.txt by RFC 9309: what a host allows, how fast, and the very line that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urljoin

from protego import Protego

__all__ = ["MAX_BYTES", "Line", "Robots", "Verdict", "matches", "passing"]

# RFC 9309, 2.5: at least 500 kibibytes are parsed; what follows is not read.
MAX_BYTES = 512_000
# Request Timeout, Too Early, Too Many Requests (RFC 9110, 15.5.9; RFC 8470, 5.2; RFC 6585, 4).
_LATER = frozenset({408, 425, 429})
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Protego would count these as line ends too, RFC 9309 does not.
_NOT_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AGENT = re.compile(r"user[- ]?agent\s*[: \t]\s*(.*)", re.IGNORECASE)
_ALLOW = re.compile(r"allow\s*[: \t]\s*(\S.*)", re.IGNORECASE)
_DISALLOW = re.compile(r"(?:dis{1,2}al{1,2}ow|diasllow|disallaw)\s*[: \t]\s*(\S.*)", re.IGNORECASE)
_LITERAL = re.compile(r"/[A-Za-z0-9_./-]*")
_PLAIN_PATH = re.compile(r"https?://[^/?#]+(/[A-Za-z0-9_./-]*)")
_LICENCE = re.compile(r"license\s*:\s*(\S+)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*:", re.IGNORECASE)


class Line(NamedTuple):
    """A line of robots.txt without its comment."""

    number: int
    """Its number, from 1."""
    text: str
    """What it says."""


class Verdict(NamedTuple):
    """Whether a URL may be fetched, and why."""

    allowed: bool
    """Whether robots.txt allows it."""
    line: str
    """`<URL>, line <n>: <line>`: the line that decided, or the sentence of RFC 9309 where no line did."""
    rule: Line | None
    """That line alone; null where no line decided."""


class _Rule(NamedTuple):
    line: Line
    allow: bool
    pattern: str
    weight: int


class _Group(NamedTuple):
    agents: frozenset[str]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Robots:
    """One robots.txt. Hold it no longer than a day (RFC 9309, 2.4)."""

    url: str
    """Where it was asked for."""
    text: str
    """What was parsed of it; empty where there was none."""
    closed: str | None
    """Why the whole host is closed; null where the text decides."""
    note: str
    """What to say where no line decides."""
    _parsed: Protego
    _best: dict[str, str] = field(default_factory=dict, compare=False)
    _judged: dict[str, tuple[_Rule, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def parse(cls, body: bytes | None, status: int | None, url: str) -> Robots:
        """Judge the answer to a request for robots.txt; `status` is null where the host could not be reached.

        4xx is open (2.3.1.3), 5xx and unreachable closed (2.3.1.4). So are 408, 425 and 429, which say nothing of the
        file but ask to come later. More redirects than were followed (3xx) count as 4xx (2.3.1.2).
        """
        closed = None
        if status is None:
            closed = "unreachable: RFC 9309, 2.3.1.4 assumes complete disallow"
        elif passing(status):
            closed = f"HTTP {status}, until a later crawl reads it: RFC 9309, 2.3.1.4 assumes complete disallow"
        found = status is not None and 200 <= status < 300
        text = _decode(body or b"") if found else ""
        note = "no rule for it" if found else f"HTTP {status}: no robots.txt, RFC 9309, 2.3.1.3 allows all"
        return cls(url=url, text=text, closed=closed, note=note, _parsed=Protego.parse(_NOT_LINE_ENDS.sub(" ", text)))

    def allows(self, url: str, agent: str) -> Verdict:
        """Judge `url` for the product token `agent` (`copydesk`), by the longest matching rule of its group."""
        if self.closed:
            return Verdict(allowed=False, line=f"{self.url}, {self.closed}", rule=None)
        allowed = self._parsed.can_fetch(url, agent)
        matching = [rule for rule in self._rules(agent) if rule.allow == allowed and matches(rule.pattern, url)]
        if not matching:
            return Verdict(allowed=allowed, line=f"{self.url}, {self.note}", rule=None)
        rule = max(matching, key=lambda rule: rule.weight)
        return Verdict(allowed=allowed, line=f"{self.url}, line {rule.line.number}: {rule.line.text}", rule=rule.line)

    def delay(self, agent: str) -> float | None:
        """Seconds that `agent` is to wait between requests, the longer of Crawl-delay and Request-rate; null: no word."""
        delay, rate = self._parsed.crawl_delay(agent), self._parsed.request_rate(agent)
        named = [value for value in (delay, rate.seconds / rate.requests if rate else None) if value is not None]
        return max(named, default=None)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """URLs of the sitemaps it names, absolute, each once."""
        return tuple(dict.fromkeys(urljoin(self.url, sitemap) for sitemap in self._parsed.sitemaps))

    @cached_property
    def licences(self) -> tuple[tuple[int, str], ...]:
        """RSL licences it names: line number and absolute URL of each."""
        found = ((line.number, _LICENCE.fullmatch(line.text)) for line in _lines(self.text))
        return tuple((number, urljoin(self.url, licence[1])) for number, licence in found if licence)

    @cached_property
    def agents(self) -> frozenset[str]:
        """Names that its user-agent lines carry, in lower case."""
        return frozenset(name for group in self._groups for name in group.agents)

    def lines(self, agent: str) -> tuple[Line, ...]:
        """Lines of the group that speaks to `agent`, each with its number, without comments."""
        if agent not in self._best:
            speaking = [name for name in self.agents - {"*"} if _speaks_to(name, agent)]
            self._best[agent] = max(speaking, key=len, default="*")
        return tuple(line for group in self._groups if self._best[agent] in group.agents for line in group.lines)

    def _rules(self, agent: str) -> tuple[_Rule, ...]:
        if agent not in self._judged:
            found = (
                (line, expression.fullmatch(line.text))
                for line in self.lines(agent)
                for expression in (_ALLOW, _DISALLOW)
            )
            self._judged[agent] = tuple(
                _Rule(line, rule.re is _ALLOW, rule[1], len(quote(rule[1], safe="/*$%=?&")))
                for line, rule in found
                if rule
            )
        return self._judged[agent]

    @cached_property
    def _groups(self) -> tuple[_Group, ...]:
        """Lines of user agents, then what is said to them (RFC 9309, 2.1); Protego parts them in the same way."""
        groups: list[tuple[set[str], list[Line]]] = []
        naming = False
        for line in _lines(self.text):
            if _SITE_WIDE.match(line.text):
                continue
            named = _AGENT.fullmatch(line.text)
            if named and not naming:
                groups.append((set(), []))
            if named:
                name = named[1].strip().lower()
                groups[-1][0].update({name, name.replace("*", "") or "*"})
            elif groups:
                groups[-1][1].append(line)
            naming = named is not None
        return tuple(_Group(frozenset(agents), tuple(lines)) for agents, lines in groups)


@lru_cache(maxsize=4096)
def _alone(pattern: str) -> Protego:
    return Protego.parse(f"User-agent: *\nDisallow: {pattern}")


def passing(status: int) -> bool:
    """Tell whether an answer speaks of the moment and not of what was asked for: what comes later may be another."""
    return status >= 500 or status in _LATER


def matches(pattern: str, url: str) -> bool:
    """Tell whether a path pattern of robots.txt (`*` any characters, `$` the end) matches the path of `url`.

    TDMRep, ai.txt and RSL borrow these patterns.
    """
    start = _LITERAL.match(pattern)
    path = _PLAIN_PATH.fullmatch(url)
    if start and path and not path[1].startswith(start[0]):
        # Most rules of a long file are told apart here, without parsing them.
        return False
    return not any(ord(character) < 32 for character in pattern) and not _alone(pattern).can_fetch(url, "*")


def _lines(text: str) -> tuple[Line, ...]:
    written = enumerate(_LINE_ENDS.split(_NOT_LINE_ENDS.sub(" ", text)), 1)
    stripped = ((number, line.partition("#")[0].strip()) for number, line in written)
    return tuple(Line(number, line) for number, line in stripped if line)


def _decode(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        # The line that the limit cuts would mean something else.
        body = body[:MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    return body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _speaks_to(name: str, agent: str) -> bool:
    """Ask Protego itself whether a group of this name applies to `agent`."""
    return not Protego.parse(f"User-agent: {name}\nDisallow: /").can_fetch("https://x.example/a", agent)

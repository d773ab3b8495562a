"""robots.txt by RFC 9309: what a host allows, how fast, and the very line that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urljoin

from protego import Protego

__all__ = ["MAX_BYTES", "Robots", "Verdict"]

# RFC 9309, 2.5: at least 500 kibibytes are parsed; what follows is not read.
MAX_BYTES = 512_000
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Protego would count these as line ends too, RFC 9309 does not.
_NOT_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AGENT = re.compile(r"user[- ]?agent\s*[: \t]\s*(.*)", re.IGNORECASE)
_RULE = re.compile(r"(allow|dis{1,2}al{1,2}ow|disalow|diasllow|disallaw)\s*[: \t]\s*(.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*:", re.IGNORECASE)


class Verdict(NamedTuple):
    """Whether a URL may be fetched, and why."""

    allowed: bool
    """Whether robots.txt allows it."""
    line: str
    """`<URL>, line <n>: <line>`: the line that decided, or the sentence of RFC 9309 where no line did."""


class _Rule(NamedTuple):
    number: int
    line: str
    allow: bool
    weight: int
    alone: Protego


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
    _rules: dict[str, tuple[_Rule, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def parse(cls, body: bytes | None, status: int | None, url: str) -> Robots:
        """Judge the answer to a request for robots.txt; `status` is null where the host could not be reached.

        4xx is open (2.3.1.3), 5xx and unreachable closed (2.3.1.4). 429 is closed too: it asks for no requests at
        all. More redirects than were followed (3xx) count as 4xx (2.3.1.2).
        """
        closed = None
        if status is None:
            closed = "unreachable: RFC 9309, 2.3.1.4 assumes complete disallow"
        elif status >= 500 or status == 429:
            closed = f"HTTP {status}: RFC 9309, 2.3.1.4 assumes complete disallow"
        found = status is not None and 200 <= status < 300
        text = _decode(body or b"") if found else ""
        note = "no rule for it" if found else f"HTTP {status}: no robots.txt, RFC 9309, 2.3.1.3 allows all"
        return cls(url=url, text=text, closed=closed, note=note, _parsed=Protego.parse(_NOT_LINE_ENDS.sub(" ", text)))

    def allows(self, url: str, agent: str) -> Verdict:
        """Judge `url` for the product token `agent` (`copydesk`), by the longest matching rule of its group."""
        if self.closed:
            return Verdict(allowed=False, line=f"{self.url}, {self.closed}")
        allowed = self._parsed.can_fetch(url, agent)
        matching = [rule for rule in self._group(agent) if rule.allow == allowed and not rule.alone.can_fetch(url, "*")]
        if not matching:
            return Verdict(allowed=allowed, line=f"{self.url}, {self.note}")
        rule = max(matching, key=lambda rule: rule.weight)
        return Verdict(allowed=allowed, line=f"{self.url}, line {rule.number}: {rule.line}")

    def delay(self, agent: str) -> float | None:
        """Seconds that `agent` is to wait between requests, the longer of Crawl-delay and Request-rate; null: no word."""
        delay, rate = self._parsed.crawl_delay(agent), self._parsed.request_rate(agent)
        named = [value for value in (delay, rate.seconds / rate.requests if rate else None) if value is not None]
        return max(named, default=None)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """URLs of the sitemaps it names, absolute, each once."""
        return tuple(dict.fromkeys(urljoin(self.url, sitemap) for sitemap in self._parsed.sitemaps))

    def _group(self, agent: str) -> tuple[_Rule, ...]:
        """Give the rules of the group that Protego applies to `agent`, each with its line."""
        if agent not in self._rules:
            groups = list(_groups(self.text))
            names = {name for names, _ in groups for name in names if _speaks_to(name, agent)}
            best = max(names - {"*"}, key=len, default="*")
            self._rules[agent] = tuple(rule for named, rules in groups if best in named for rule in rules)
        return self._rules[agent]


def _decode(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        # The line that the limit cuts would mean something else.
        body = body[:MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    return body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _speaks_to(name: str, agent: str) -> bool:
    """Ask Protego itself whether a group named `name` applies to `agent`."""
    return name == "*" or not Protego.parse(f"User-agent: {name}\nDisallow: /").can_fetch("https://x/", agent)


def _groups(text: str) -> list[tuple[set[str], list[_Rule]]]:
    """Part the text into groups: lines of user agents, then their rules (RFC 9309, 2.1)."""
    groups: list[tuple[set[str], list[_Rule]]] = []
    naming = False
    for number, written in enumerate(_LINE_ENDS.split(text), 1):
        line = _NOT_LINE_ENDS.sub(" ", written).partition("#")[0].strip()
        if not line or _SITE_WIDE.match(line):
            continue
        if named := _AGENT.fullmatch(line):
            if not naming:
                groups.append((set(), []))
            groups[-1][0].add(named[1].strip().lower())
            groups[-1][0].add(named[1].strip().lower().replace("*", "") or "*")
            naming = True
            continue
        naming = False
        if groups and (rule := _RULE.fullmatch(line)) and rule[2]:
            groups[-1][1].append(_rule(number, line, rule))
    return groups


def _rule(number: int, line: str, found: re.Match[str]) -> _Rule:
    """Wrap one rule so that Protego can be asked whether it alone matches a URL: as a Disallow, whatever it is."""
    return _Rule(
        number=number,
        line=line,
        allow=found[1].lower() == "allow",
        weight=len(quote(found[2], safe="/*$%=?&")),
        alone=Protego.parse(f"User-agent: *\nDisallow: {found[2]}"),
    )

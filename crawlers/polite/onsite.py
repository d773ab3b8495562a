"""What a site reserves for all its pages: Content-Signal and AI agents in robots.txt, tdmrep.json, ai.txt."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from crawlers.polite.robots import matches
from pipelines.onpage import refusals
from pipelines.records import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.polite.robots import Robots

__all__ = ["AI_AGENTS", "ai_txt", "robots", "tdm"]

# Crawlers and product tokens that gather text for language models, by their operators' own documentation.
AI_AGENTS = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGPT-User", "Claude-SearchBot",
    "Claude-User", "Claude-Web", "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "Diffbot", "DuckAssistBot",
    "FacebookBot", "Google-CloudVertexBot", "Google-Extended", "GPTBot", "ImagesiftBot", "meta-externalagent",
    "Meta-ExternalFetcher", "MistralAI-User", "OAI-SearchBot", "omgili", "omgilibot", "PanguBot", "Perplexity-User",
    "PerplexityBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended", "YouBot",
)  # fmt: skip
# A longer file of either kind is no statement of a publisher.
_MAX_BYTES = 512_000
_SIGNAL = re.compile(r"content-(?:signal|usage)\s*:\s*(.*)", re.IGNORECASE)
_AI_RULE = re.compile(r"disallow\s*:\s*(\S+)", re.IGNORECASE)
# ai.txt speaks of kinds of files; these stand for the text of a page.
_TEXT_FILES = re.compile(r"/|\*|/?\*\.(?:txt|html?|php|pdf|text)")


def robots(url: str, found: Robots, agent: str) -> Iterator[Reservation]:
    """Yield what robots.txt refuses for `url`: uses, for `agent`'s group, and the AI agents that it shuts out by name."""
    for number, line in found.lines(agent):
        if signal := _SIGNAL.fullmatch(line):
            # Content-Usage may be limited to a path: `Content-Usage: /archive/ train-ai=n`.
            path, _, value = signal[1].partition(" ")
            if not path.startswith("/") or matches(path, url):
                said = value if path.startswith("/") else signal[1]
                yield from refusals(said, f"{found.url}, line {number}: {line}")
    shut_out: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for named in _named(found):
        verdict = found.allows(url, named)
        if not verdict.allowed and verdict.rule is not None:
            shut_out[verdict.rule.text].append((named, verdict.rule.number))
    for rule, agents in shut_out.items():
        lines = sorted({number for _, number in agents})
        yield Reservation(
            protocol="robots.txt",
            statement=f"disallows {', '.join(named for named, _ in agents)}",
            evidence=f"{found.url}, line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}: {rule}",
        )


def _named(found: Robots) -> list[str]:
    return [named for named in AI_AGENTS if named.lower() in found.agents]


def tdm(url: str, file_url: str, body: bytes) -> Reservation | None:
    """Read `/.well-known/tdmrep.json` for `url`: of the rules whose location matches, the longest one speaks."""
    try:
        rules = json.loads(body[:_MAX_BYTES].decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(rules, list):
        return None
    fitting = [
        rule
        for rule in rules[:1000]
        if isinstance(rule, dict) and isinstance(rule.get("location"), str) and matches(rule["location"], url)
    ]
    rule = max(fitting, key=lambda rule: len(rule["location"]), default=None)
    if rule is None or str(rule.get("tdm-reservation")) != "1":
        return None
    policy = str(rule.get("tdm-policy") or "")[:300]
    return Reservation(
        protocol="tdmrep",
        statement="tdm-reservation: 1" + (f"; tdm-policy: {policy}" if policy else ""),
        evidence=f"{file_url}: {json.dumps(rule, ensure_ascii=False, sort_keys=True)[:600]}",
    )


def ai_txt(url: str, file_url: str, body: bytes) -> Reservation | None:
    """Read `/ai.txt` (Spawning) for `url`: its Disallow lines name paths or kinds of files that are not for training."""
    for number, line in enumerate(body[:_MAX_BYTES].decode("utf-8", "replace").splitlines(), 1):
        rule = _AI_RULE.fullmatch(line.partition("#")[0].strip())
        if rule and (_TEXT_FILES.fullmatch(rule[1]) or (rule[1].startswith("/") and matches(rule[1], url))):
            evidence = f"{file_url}, line {number}: {line.strip()[:300]}"
            return Reservation(protocol="ai.txt", statement=f"Disallow: {rule[1][:200]}", evidence=evidence)
    return None

"""Sources: the publishers declared in `config/sources/*.yaml`, read, checked, every mistake told with file and line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from pipelines import declared, settings, urls, words
from pipelines.errors import Misconfigured, Reject
from pipelines.records import Source

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["load", "load_one", "schema"]

# What `urls.normalise` is sure to take, told at once: most of a thousand URLs.
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]{4,100}/[A-Za-z0-9._~/?=&-]{0,500}")

# Keys of a rule that hold a selector.
_SELECTORS = ("body", "remove", "teasers", "headline")

# What `Source.id` takes.
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
# A longer expression hides its meaning from the reader; the longest that is needed has 120 characters.
_MAX_EXPRESSION = 300
# A repeat inside a repeat, `(a+)+`, is what makes Python's matcher take exponential time.
_NESTED_REPEAT = re.compile(r"[+*}]\)(?:[+*]|\{\d*,)|[+*}][^()|]*\)(?:[+*]|\{\d*,)")


def load(folder: Path) -> dict[str, Source]:
    """Read every `<id>.yaml` of `folder`, by id in alphabetical order.

    Raises `Misconfigured` with file, line, key and value for the first mistake, and where two sources share a host.
    """
    if not folder.is_dir():
        raise Misconfigured(str(folder), "no such folder", "Name the folder that holds the sources' YAML files")
    topics = _topics(folder)
    found: dict[str, Source] = {}
    homes: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        source = load_one(path, topics=topics)
        for host, written in _hosts(source).items():
            if host in homes:
                raise Misconfigured(
                    f"{path}:{_line(path, written)}",
                    f"host {host!r} belongs to {homes[host].name} already",
                    "Leave it in one of the two files",
                )
            homes[host] = path
        found[source.id] = source
    return found


def load_one(path: Path, *, topics: Collection[str] | None = None) -> Source:
    """Read one source; its id is the file's name. `topics` are the ids that its topic map may use, null for those declared."""
    if not _ID.fullmatch(path.stem):
        raise Misconfigured(
            str(path),
            f"a source is named by its file, and {path.stem!r} is no id",
            "Name the file in lower-case letters, digits and hyphens, such as harbour-post.yaml",
        )
    source = declared.read(path, Source, id=path.stem)
    _check_urls(path, source)
    _check_expressions(path, source)
    _check_rules(path, source)
    if source.rhythm.least > source.rhythm.most or source.rhythm.least < 1:
        raise _wrong(
            path, "rhythm", f"{source.rhythm.least} to {source.rhythm.most} minutes", "least from 1 up to most"
        )
    _check_words(path, source, _topics(path.parent) if topics is None else topics)
    return source


def schema() -> dict[str, object]:
    """Give the JSON Schema of a source's file, for editors (`config/sources.schema.json`)."""
    made = Source.model_json_schema()
    made["title"] = "A source of Copydesk: config/sources/<id>.yaml"
    made["properties"] = {key: value for key, value in made["properties"].items() if key != "id"}
    made["required"] = [key for key in made["required"] if key != "id"]
    return made


def _check_words(path: Path, source: Source, topics: Collection[str] | None) -> None:
    unknown = sorted(set(source.topics.values()) - set(topics)) if topics is not None else []
    if unknown:
        raise _wrong(path, unknown[0], f"topic {unknown[0]!r}", words.meant(unknown[0], topics or ()))
    if source.kind not in words.KINDS:
        raise _wrong(path, source.kind, f"kind {source.kind!r}", words.meant(source.kind, words.KINDS))
    if instead := words.language(source.language):
        raise _wrong(path, source.language, f"language {source.language!r}, no BCP 47 tag,", instead)
    if source.country and (instead := words.country(source.country)):
        raise _wrong(path, source.country, f"country {source.country!r}, no ISO 3166-1 code,", instead)


def _check_urls(path: Path, source: Source) -> None:
    for url in (source.home, *source.feeds, *source.sitemaps, *source.sections):
        if _PLAIN_URL.fullmatch(url):
            continue
        try:
            urls.normalise(url)
        except Reject as error:
            raise _wrong(path, url, f"{url!r} ({error})", "a whole URL, such as https://example.org/feed/") from error
    for host in source.hosts:
        if urls.host(f"https://{host}/") != host:
            raise _wrong(path, host, f"host {host!r}", "a bare host name in lower case, such as news.example.org")
    for places in (source.feeds, source.sitemaps, source.sections, source.hosts):
        repeated = next((place for place in places if places.count(place) > 1), None)
        if repeated:
            raise _wrong(path, repeated, f"{repeated!r} twice", "it once")


def _check_expressions(path: Path, source: Source) -> None:
    for expression in (*source.articles, *source.not_articles):
        remedy = f"a regular expression of at most {_MAX_EXPRESSION} characters without a repeat inside a repeat"
        try:
            re.compile(expression)
        except (re.error, OverflowError, RecursionError) as error:
            raise _wrong(path, expression, f"{expression!r} ({error})", remedy) from error
        if len(expression) > _MAX_EXPRESSION or _NESTED_REPEAT.search(expression):
            raise _wrong(path, expression, f"{expression!r:.80}", remedy)


def _check_rules(path: Path, source: Source) -> None:
    for at, rule in enumerate(source.rules):
        # A key without a value is null as one that is not there: `body: #story` is a key and a comment.
        given = [part for part in _SELECTORS if part in rule.model_fields_set]
        for part in given:
            _check_selector(f"{path}:{declared.line(path, 'rules', at, part)}", part, getattr(rule, part))
        if not given:
            raise Misconfigured(
                f"{path}:{declared.line(path, 'rules', at)}",
                f"the rule since {rule.since} has no selector",
                f"Add one of {', '.join(_SELECTORS)}, or take the rule out",
            )
    for at, (before, after) in enumerate(pairwise(rule.since for rule in source.rules), start=1):
        if before >= after:
            raise Misconfigured(
                f"{path}:{declared.line(path, 'rules', at, 'since')}",
                f"a rule since {after} stands behind one since {before}{', the same day' if before == after else ''}",
                "Write the rules oldest first, one a day",
            )


def _check_selector(where: str, part: str, selector: str | None) -> None:
    from pipelines import css  # noqa: PLC0415  lxml: the look at the DAG files, every few minutes, needs none of it

    if not (selector or "").strip():
        remedy = (
            f"Write a CSS selector in quotes ({part}: '#story'; without them # begins a comment), or take the key out"
        )
        raise Misconfigured(where, f"{part}: no selector stands here", remedy)
    try:
        css.compiled(selector or "")
    except css.BadSelector as error:
        raise Misconfigured(
            where,
            f"{part}: selector {selector!r:.80} ({error!s:.200}) stands here",
            f"Write a CSS selector (Level 3) of at most {css.LONGEST} characters",
        ) from error


def _wrong(path: Path, needle: str, found: str, wanted: str) -> Misconfigured:
    return Misconfigured(f"{path}:{_line(path, needle)}", f"{found} stands here", f"Write {wanted}")


def _line(path: Path, value: str) -> int:
    """Find the line of a key or value in a file that is known to be YAML."""
    nodes = [yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode) and node.value == value:
            return int(node.start_mark.line) + 1
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            nodes.extend(part for pair in reversed(node.value) for part in reversed(pair))
    return 1


def _hosts(source: Source) -> dict[str, str]:
    """Give each host of a source, `www.` aside, with the value that names it."""
    home = urlsplit(source.home).netloc.lower().removeprefix("www.")
    return {home: source.home} | {host.removeprefix("www."): host for host in source.hosts}


def _topics(folder: Path) -> frozenset[str] | None:
    """Read the topic ids, declared beside the folder of sources, else in the configuration; null where there are none."""
    places = (folder.resolve().parent / "topics.yaml", settings.load().config / "topics.yaml")
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return None
    topics = declared.values(path).get("topics")
    if not isinstance(topics, list):
        raise Misconfigured(f"{path}:1", "no list `topics`", "Write `topics:` and one `- id: ...` for each")
    return frozenset(topic["id"] for topic in topics if isinstance(topic, dict) and "id" in topic)

"""Sources: the declared publishers are sound, and every mistake in a declaration is told with its line and the way out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from crawlers.discover.listing import admits, own, resolve
from pipelines import limits, sources
from pipelines.errors import Misconfigured

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "config" / "sources"
GOOD = """name: Example
home: https://www.example.org/
feeds:
  - https://www.example.org/feed/
"""
RULE = "rules:\n  - since: 2026-01-01\n    why: x\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistake(folder: Path, text: str) -> Misconfigured:
    with pytest.raises(Misconfigured) as caught:
        sources.load_one(write(folder, "example.yaml", text))
    return caught.value


def test_every_declared_source_is_sound() -> None:
    found = sources.load(FOLDER)
    assert len(found) >= 431
    assert all(source.feeds or source.sitemaps or source.sections for source in found.values())
    assert all(source.evidence for source in found.values())


def test_a_core_of_sources_is_looked_at_one_by_one() -> None:
    asked = ("sections", "articles", "topics", "rhythm")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")}
    core = [name for name, text in texts.items() if all(f"\n{key}:" in text for key in asked)]
    assert len(core) >= 60
    found = sources.load(FOLDER)
    assert all(found[name].sections and found[name].articles and found[name].topics for name in core)
    assert len({found[name].language for name in core}) >= 7


@pytest.mark.shared
def test_no_url_is_invented_and_no_trusted_publisher_is_missing(shared: Path) -> None:
    with (shared / "data" / "tech_sources.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["confidence"] == "high"}
    found = sources.load(FOLDER)
    assert set(rows) <= set(found)
    for id_, row in rows.items():
        assert found[id_].home == row["homepage"]
        for places in ("feeds", "sitemaps"):
            assert set(getattr(found[id_], places)) <= set(row[places].split()), (id_, places)
        if not set(found[id_].sections) <= set(row["sections"].split()):
            # A section that the list does not have was seen elsewhere; the file says where.
            assert any(seen not in row["evidence"] for seen in found[id_].evidence), id_


def test_sections_lie_on_the_publishers_own_hosts_and_are_no_articles() -> None:
    for source in sources.load(FOLDER).values():
        for section in source.sections:
            link = resolve(source.home, section)
            assert link is not None
            assert own(source, link.host), section
            assert not (source.articles and admits(source, link)), section


def test_the_declared_sources_cover_many_countries_languages_and_fields() -> None:
    found = sources.load(FOLDER).values()
    assert len({source.country for source in found}) >= 40
    assert len({source.language for source in found}) >= 20
    assert len({source.kind for source in found}) >= 12


@pytest.mark.parametrize(
    "path",
    ["", "about", "tag/ai/", "author/x", "category/security/", "newsletters", "news/", "page/2", "2026/", "2026/03/"],
)
def test_declared_patterns_take_no_list_for_an_article(path: str) -> None:
    looked_at = [source for source in sources.load(FOLDER).values() if source.articles]
    assert len(looked_at) >= 60
    for source in looked_at:
        link = resolve(source.home, path)
        assert link is not None
        assert not admits(source, link), source.id


def test_the_editors_schema_is_up_to_date() -> None:
    written = json.loads((ROOT / "config" / "sources.schema.json").read_text(encoding="utf-8"))
    assert written == sources.schema(), "run `python -m crawlers.survey schema`"


def test_every_file_names_the_editors_schema() -> None:
    first_lines = {path.read_text(encoding="utf-8").partition("\n")[0] for path in FOLDER.glob("*.yaml")}
    assert first_lines == {"# yaml-language-server: $schema=../sources.schema.json"}


def test_a_sound_source_takes_its_id_from_the_file(tmp_path: Path) -> None:
    source = sources.load_one(write(tmp_path, "example.yaml", GOOD))
    assert (source.id, source.language, source.delay) == ("example", "en", 1.0)


@pytest.mark.parametrize(
    ("added", "line", "words"),
    [
        ("feed: x\n", 5, "'feeds'"),
        ("connections: 99\n", 5, "connections"),
        ("rhythm:\n  least: 60\n  often: 1\n", 7, "often"),
        ("rhythm:\n  least: 60\n  most: 30\n", 5, "60 to 30"),
        ("sitemaps:\n  - /sitemap.xml\n", 6, "whole URL"),
        ("sitemaps: [https://x.org/a.xml, https://x.org/a.xml]\n", 5, "twice"),
        ("hosts: [https://x.org]\n", 5, "bare host name"),
        ("articles: ['/(news']\n", 5, "regular expression"),
        ("articles: ['(a+)+$']\n", 5, "repeat inside a repeat"),
        ("not_articles: ['(?:[a-z]+-?)*x']\n", 5, "repeat inside a repeat"),
        (f"articles: ['{'a' * 400}']\n", 5, "300 characters"),
        ("name: Twice\n", 5, "stands twice"),
        ("country: us\n", 5, "country"),
        ("country: UK\n", 5, "Write GB, the code of United Kingdom"),
        ("country: QQ\n", 5, "ISO 3166-1"),
        ("language: klingonxx\n", 5, "Write 'tlh'"),
        ("language: english\n", 5, "Write 'en'"),
        ("language: en_GB\n", 5, "BCP 47"),
        ("kind: genral\n", 5, "Write 'general'"),
        ("topics: {mobile: telecoms}\n", 5, "Write 'telecom'"),
        ("rules:\n  - since: 2025-13-01\n    why: x\n", 6, "'2025-13-01': month must be in 1..12"),
        ("evidence: [x\0]\n", 5, "character 0x00 may not stand in it"),
        ("evidence: &a [*a]\n", 5, "evidence"),
        ("delay: -1\n", 5, "delay"),
        ("rules:\n  - since: tomorrow\n    why: x\n", 6, "since"),
        ("rules:\n  - since: 2026-01-01\n    why: x\n    body: 'p:::x'\n", 8, "CSS selector"),
        (
            RULE + "    body: 'p:contains(\"tide\")'\n",
            8,
            "body: selector 'p:contains(\"tide\")' (:contains() is of no standard",
        ),
        (RULE + f"    body: '{', '.join(['div > p'] * 5000)}'\n", 8, "44998 characters, of at most 500"),
        (RULE + f"    body: '{' '.join(['div'] * 3000)}'\n", 8, "11999 characters, of at most 500"),
        (RULE + '    body: "#a\\b"\n', 8, "selector '#a\\x08'"),
        (RULE + "    body: '#a\\b'\n", 8, "control characters"),
        (RULE + "    remove: 'svg|path'\n", 8, "Undefined namespace prefix"),
        ("rules:\n  - since: 2026-01-01\n    why: 'p:::x'\n    body: 'p:::x'\n", 8, "body: selector 'p:::x'"),
        (RULE + "    body: #story\n", 8, "body: no selector stands here. Write a CSS selector in quotes"),
        (RULE + "    headline: h1\n    body: ''\n", 9, "body: no selector"),
        (RULE + "    teasers: ' '\n", 8, "teasers: no selector"),
        (RULE, 6, "the rule since 2026-01-01 has no selector. Add one of body, remove, teasers, headline"),
        (
            "rules:\n  - {since: 2026-02-01, body: p, why: x}\n  - {since: 2026-01-01, body: p, why: y}\n",
            7,
            "oldest first",
        ),
        (
            "rules:\n  - {since: 2026-01-01, body: p, why: x}\n  - since: 2026-01-01\n    body: p\n    why: y\n",
            7,
            "a rule since 2026-01-01 stands behind one since 2026-01-01, the same day. Write the rules oldest first",
        ),
        ("rules:\n  - since: 2026\n    body: p\n    why: x\n", 6, "Write year, month and day, such as 2026-05-01"),
        ("rules:\n  - since: '20260501'\n    body: p\n    why: x\n", 6, "Write year, month and day"),
        ("topics: [ai]\n", 5, "topics"),
        ("  broken\n", 6, "not YAML"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(tmp_path: Path, added: str, line: int, words: str) -> None:
    error = mistake(tmp_path, GOOD + added)
    assert error.where.endswith(f"example.yaml:{line}")
    assert words in str(error)
    assert error.remedy


def test_a_misspelt_key_of_the_limits_is_named_before_the_one_that_it_leaves_missing(tmp_path: Path) -> None:
    text = (ROOT / "config" / "limits.yaml").read_text(encoding="utf-8")
    path = write(tmp_path, "limits.yaml", text.replace("  pages:", "  pagez:"))
    line = next(number for number, each in enumerate(path.read_text().splitlines(), 1) if "pagez:" in each)
    with pytest.raises(Misconfigured, match=rf"limits\.yaml:{line}: fetch\.pagez: .*Did you mean 'pages'"):
        limits.load(path)


def test_topics_that_are_no_yaml_are_told(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    write(tmp_path, "topics.yaml", "topics: [\n")
    write(tmp_path / "sources", "one.yaml", GOOD)
    with pytest.raises(Misconfigured, match=r"topics\.yaml:\d: not YAML"):
        sources.load(tmp_path / "sources")


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    assert "home" in str(mistake(tmp_path, "name: Example\n"))


def test_the_line_of_a_url_that_is_part_of_another_is_its_own(tmp_path: Path) -> None:
    error = mistake(tmp_path, GOOD + "sections:\n  - /feed/\n")
    assert error.where.endswith(":6")


def test_a_file_name_that_is_no_id_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="id"):
        sources.load_one(write(tmp_path, "Not An Id.yaml", GOOD))


def test_two_sources_of_one_host_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "one.yaml", GOOD)
    write(tmp_path, "two.yaml", "name: Two\nhome: https://example.org/\n")
    with pytest.raises(Misconfigured, match=r"two\.yaml:2.*one\.yaml"):
        sources.load(tmp_path)


def test_a_topic_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    write(tmp_path, "topics.yaml", "topics:\n  - id: ai\n")
    write(folder, "one.yaml", GOOD + "topics:\n  chips: chipz\n")
    with pytest.raises(Misconfigured, match=r"one\.yaml:6.*chipz"):
        sources.load(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no such folder"):
        sources.load(tmp_path / "nowhere")

"""Imports go one way: crawlers talk to sites, pipelines to the archive, dags wire both."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What everyone says: the words that crawlers may take from pipelines.
WORDS = {
    "archive",
    "bucket",
    "cdxj",
    "coding",
    "declared",
    "errors",
    "layout",
    "limits",
    "onpage",
    "records",
    "rights",
    "settings",
    "sources",
    "times",
    "urls",
    "version",
}

# The steps of extraction: each imports those before it, and no other. `training` makes the models of two of them.
STEPS = (
    "parsing",
    "claims",
    "cutting",
    "markdown",
    "images",
    "dates",
    "judging",
    "metadata",
    "selecting",
    "text",
    "fallback",
    "deciding",
    "teasers",
)


def imported(package: str) -> list[tuple[str, str]]:
    """Give (file, module) for everything that the modules of a package import, inside functions too."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = str(path.relative_to(ROOT))
            if isinstance(node, ast.Import):
                found += [(name, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(name, f"{node.module}.{alias.name}") for alias in node.names]
    return found


@pytest.mark.parametrize("forbidden", ["scrapy", "twisted", "airflow", "crawlers", "dags", "tests"])
def test_pipelines_know_nothing_of(forbidden: str) -> None:
    assert [pair for pair in imported("pipelines") if pair[1].split(".")[0] == forbidden] == []


def test_crawlers_take_only_the_words_everyone_uses() -> None:
    taken = [(file, module.split(".")[1]) for file, module in imported("crawlers") if module.startswith("pipelines.")]
    assert [pair for pair in taken if pair[1] not in WORDS] == []
    assert [pair for pair in imported("crawlers") if pair[1].split(".")[0] in {"airflow", "dags", "tests"}] == []


def test_nothing_imports_dags_but_dags() -> None:
    assert [
        pair for package in ("pipelines", "crawlers") for pair in imported(package) if pair[1].startswith("dags")
    ] == []


def test_steps_of_extraction_import_only_those_before_them() -> None:
    folder = ROOT / "pipelines" / "extract"
    assert {path.parent.name for path in folder.glob("*/__init__.py")} == {*STEPS, "training"}
    backwards = []
    for place, step in enumerate(STEPS):
        allowed = {*STEPS[: place + 1], "words", "codes", "phrases"}
        for file, module in imported(f"pipelines/extract/{step}"):
            if module.startswith("pipelines.extract.") and module.split(".")[2] not in allowed:
                backwards.append((file, module))
    assert backwards == []


def test_config_holds_no_python() -> None:
    assert list((ROOT / "config").rglob("*.py")) == []

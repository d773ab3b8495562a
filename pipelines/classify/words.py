"""The word lists of `config/name_words.yaml`, which says what each is for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

__all__ = ["first_names", "words"]

CONFIG = Path(__file__).parents[2] / "config"


@cache
def _lists() -> dict[str, frozenset[str]]:
    document = yaml.safe_load((CONFIG / "name_words.yaml").read_text(encoding="utf-8"))
    return {key: frozenset(line.split()) for key, line in document.items()}


def words(key: str) -> frozenset[str]:
    """Words of one list, as written; raises KeyError for a list that is not there."""
    return _lists()[key]


@cache
def first_names() -> frozenset[str]:
    """Read the given names, in Latin script."""
    return frozenset((CONFIG / "first_names.txt").read_text(encoding="utf-8").split())

"""The words that a source's declaration may use: countries, languages, fields; and the one that a wrong word was meant for."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["KINDS", "country", "language", "meant"]

KINDS = (
    "ai",
    "business",
    "chips",
    "cloud",
    "dev",
    "devices",
    "enterprise",
    "fintech",
    "games",
    "general",
    "policy",
    "science",
    "security",
    "telecom",
)
"""Fields that a source may name as its own."""

# Language, script, region of a BCP 47 tag: what tells texts apart. Variants and extensions say nothing here.
_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
# CLDR's own additions to ISO 3166-1: unions, islands that belong to others, codes for tests.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def country(code: str) -> str | None:
    """Say what to write instead of `code`; None where it is a country's (ISO 3166-1 alpha-2, by CLDR; XK among them)."""
    names = _countries()
    if code in names:
        return None
    alias = get_global("territory_aliases").get(code, ())
    return meant(code, names) if len(alias) != 1 else f"{alias[0]}, the code of {names.get(alias[0], 'that country')}"


def language(tag: str) -> str | None:
    """Say what to write instead of `tag`; None where it is a language's (BCP 47, by CLDR)."""
    names = _languages()
    found = _TAG.fullmatch(tag)
    if found and found[1] in names:
        return None
    return meant(tag, names)


def meant(wrong: str, known: dict[str, str] | Iterable[str]) -> str:
    """Name the word of `known` (or the key of the name) that comes nearest to a wrong one, else what to look up."""
    names = known if isinstance(known, dict) else {each: each for each in known}
    keys = {name.lower(): key for key, name in names.items()} | {key.lower(): key for key in names}
    near = difflib.get_close_matches(wrong.lower(), keys, n=1)
    if near:
        return repr(keys[near[0]])
    return f"one of {', '.join(sorted(names))}" if len(names) < 50 else "a code of that list"


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found = Locale("en").territories.items()
    return {code: name for code, name in found if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return {code: name for code, name in Locale("en").languages.items() if re.fullmatch("[a-z]{2,3}", code)}

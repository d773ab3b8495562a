"""The selectors that sources write: CSS as XPath that calls nothing but what XPath has, tried out once before it is used."""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn

from cssselect import ExpressionError, HTMLTranslator, SelectorError
from lxml import etree, html

__all__ = ["LONGEST", "BadSelector", "compiled"]

# The translation calls itself once a step: a chain of this length takes half of the stack that Python gives.
LONGEST = 500


class BadSelector(ValueError):
    """A selector that cannot be used; its text says why."""


class _Translator(HTMLTranslator):
    """The standard's pseudo-classes and no others.

    `:contains()` was dropped from the standard. lxml's own translator gives it a function of Python's, which is gone from
    the second page of a process on, and what is called then is memory that was freed.
    """

    def xpath_contains_function(self, *_: object) -> NoReturn:
        raise ExpressionError(":contains() is of no standard, name a class, an id or a place instead")


@lru_cache(maxsize=512)
def compiled(selector: str) -> etree.XPath:
    """Compile a selector once a process: raises BadSelector for one that would fail on a page."""
    if len(selector) > LONGEST:
        raise BadSelector(f"{len(selector)} characters, of at most {LONGEST}")
    try:
        found = etree.XPath(_Translator().css_to_xpath(selector))
        # What libxml2 holds against an expression, it says when it evaluates it.
        found(html.Element("html"))
    except (SelectorError, etree.XPathError, ValueError, RecursionError) as error:
        raise BadSelector(str(error)) from error
    return found

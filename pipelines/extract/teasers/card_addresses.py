"""What the addresses are that a page's teasers lead to: an article's, in which of its forms, or a list's of others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.judging.signals import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["folders", "is_file", "is_folder", "is_list", "is_named", "is_numbered", "is_slug", "is_worded", "key"]

# What is downloaded is no article.
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|epub|mp[34]|m4[av]|ics)(?:[?#]|$)", re.IGNORECASE)
# Folders of pages that list others, beside those that `INDEX` knows.
LISTS = re.compile(
    r"/(?:autor(?:en|es)?|auteurs?|autore|redakteure?|rubri\w+|sekce|sezioni|themen?|temas?|tema|contributors?|"
    r"columnists?|staff|writers?|archives?|compan(?:y|ies)|issues?|executives?|(?:our-)?(?:experts?|team))/",
    re.IGNORECASE,
)
# Parameters that ask for one.
LISTED = re.compile(r"(?:^|&)(?:cat|category|topic|author)=", re.IGNORECASE)
# The last part of an article's address: words joined, or a number that is no year.
WORDS = re.compile(r"(?<![^\W_])(?:[^\W_]++[-_]++){3}")
SLUG = re.compile(rf"{WORDS.pattern}|(?!(?:19|20)\d\d(?:\D|$))\d{{4}}")
NAMED = re.compile(r"[\d_-]")
# A day or a month in the folders of an address, the number of an article in its last step, and all of a parameter.
DATED = re.compile(r"/(?:19|20)\d\d[/-](?:\d{1,2}|[a-z]{3})(?=[/-])", re.IGNORECASE)
NUMBER = re.compile(r"\d{5}")
PARAMETER = re.compile(r"=\d{5,}(?:&|$)")
# Parameters that may name the page, where others say where the reader came from.
NAMES_A_PAGE = re.compile(r"\w?|.*id|.*(?:article|story|page|item|key|title|slug)", re.IGNORECASE)
# Folders around an address that are looked at.
MOST_FOLDERS = 10


def is_file(address: str) -> bool:
    """Tell whether an address is that of a file to download."""
    return FILE.search(address) is not None


@lru_cache(maxsize=4096)
def key(address: str) -> str:
    """Give what is the same for all forms of an address: an article's path, whichever link of the page was followed."""
    bare, _, query = address.partition("?")
    if not query or not is_slug(bare):
        return address
    names = {pair.partition("=")[0] for pair in query.split("&")}
    return address if any(map(NAMES_A_PAGE.fullmatch, names)) else bare


def is_slug(address: str) -> bool:
    """Tell whether the last part of an address's path names one article."""
    return SLUG.search(last_step(address)) is not None


def is_worded(address: str) -> bool:
    """Tell whether the last part of an address's path is a headline's words, as no section's name is."""
    return WORDS.search(last_step(address)) is not None


def last_step(address: str) -> str:
    """Give the last part of an address's path."""
    path = urlsplit(address).path.rstrip("/")
    return path[path.rfind("/") + 1 :]


def is_named(address: str) -> bool:
    """Tell whether the last part of an address's path is no single word, as names of sections are, or a parameter has a number."""
    return NAMED.search(last_step(address)) is not None or is_numbered(address)


def is_numbered(address: str) -> bool:
    """Tell whether an address has a date or a long number in its path or query, as articles' have whatever their slug."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    last = path[path.rfind("/") + 1 :]
    return bool(DATED.search(path) or NUMBER.search(last) or PARAMETER.search(parts.query))


def is_list(address: str) -> bool:
    """Tell whether an address is named like that of a section, a topic or an author."""
    parts = urlsplit(address)
    path = f"{parts.path.rstrip('/')}/"
    return any(found is not None for found in (INDEX.search(path), LISTS.search(path), LISTED.search(parts.query)))


def is_folder(address: str, found: set[str]) -> bool:
    """Tell whether an address is one of the folders found."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path.rstrip('/')}" in found


def folders(addresses: Iterable[str]) -> set[str]:
    """Give the folders around addresses, each as host and path."""
    found = set()
    for address in addresses:
        parts = urlsplit(address)
        path = parts.path.rstrip("/")
        for _ in range(min(path.count("/"), MOST_FOLDERS)):
            path = path[: path.rfind("/")]
            found.add(f"{parts.netloc}{path}")
    return found

"""Which fold a page belongs to: all pages of a publisher share one."""

from __future__ import annotations

import hashlib

import tldextract

__all__ = ["FOLDS", "fold_of", "publisher"]

FOLDS = 5
# The list that comes with the package: no request at run time, the same folds everywhere.
_suffixes = tldextract.TLDExtract(suffix_list_urls=())


def publisher(url: str) -> str:
    """Give the registered domain of a URL."""
    return _suffixes(url).top_domain_under_public_suffix or url


def fold_of(name: str) -> int:
    """Give the fold of a publisher, from 0 to `FOLDS` - 1, the same on every machine."""
    return hashlib.sha256(name.encode()).digest()[0] % FOLDS

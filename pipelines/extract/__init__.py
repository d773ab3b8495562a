"""From the bytes of a page to its article and its teasers."""

from pipelines.extract.article import extract

__all__ = ["extract"]

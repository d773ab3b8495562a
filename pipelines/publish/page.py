"""HTML pages from templates: everything that came from a page is escaped."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["render"]


def render(template: str, **values: object) -> bytes:
    """Render a template of `pipelines/publish/templates`."""
    return _environment().get_template(template).render(**values).encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipelines.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["web"] = _web
    return environment


def _web(url: str) -> str:
    """Let only web addresses into a link: escaping does not stop `javascript:`."""
    return url if urlsplit(url).scheme in {"http", "https"} else "#"

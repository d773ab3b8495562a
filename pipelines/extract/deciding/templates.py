"""Pages told by the template they were made with: what publishing systems name the body of each, whatever the site looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.records import Kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Template", "template"]


class Template(NamedTuple):
    """A template that shows no article."""

    kind: Kind
    names: str
    """The class names that it gives the body, with spaces between."""
    system: str
    """The publishing system whose it is."""


# The more special first. On 1,106 article pages none of these is met.
_TEMPLATES = (
    Template(Kind.SOFT_404, "error404", "WordPress"),
    Template(Kind.TAG, "archive tag", "WordPress"),
    Template(Kind.AUTHOR, "archive author", "WordPress"),
    Template(Kind.SECTION, "archive category", "WordPress"),
    Template(Kind.INDEX, "archive date", "WordPress"),
    Template(Kind.SECTION, "archive post-type-archive", "WordPress"),
    Template(Kind.INDEX, "home blog", "WordPress"),
    Template(Kind.INDEX, "search search-results", "WordPress"),
    Template(Kind.INDEX, "search search-no-results", "WordPress"),
    Template(Kind.PRODUCT, "single-product woocommerce", "WooCommerce"),
    Template(Kind.FORUM, "bbpress topic", "bbPress"),
    Template(Kind.INDEX, "home-template", "Ghost"),
    Template(Kind.TAG, "tag-template", "Ghost"),
    Template(Kind.AUTHOR, "author-template", "Ghost"),
    Template(Kind.TAG, "path-taxonomy", "Drupal"),
    Template(Kind.TAG, "page-taxonomy-term", "Drupal"),
    Template(Kind.INDEX, "path-search", "Drupal"),
    Template(Kind.AUTHOR, "path-user", "Drupal"),
    Template(Kind.INDEX, "homepage-view", "Blogger"),
    Template(Kind.INDEX, "archive-view", "Blogger"),
    Template(Kind.INDEX, "search-view", "Blogger"),
    Template(Kind.TAG, "label-view", "Blogger"),
    Template(Kind.INDEX, "collection-type-blog view-list", "Squarespace"),
    Template(Kind.INDEX, "collection-type-blog-basic-grid view-list", "Squarespace"),
    Template(Kind.PRODUCT, "template-product", "Shopify"),
    Template(Kind.SECTION, "template-collection", "Shopify"),
    Template(Kind.INDEX, "template-search", "Shopify"),
    Template(Kind.SOFT_404, "template-404", "Shopify"),
    Template(Kind.PRODUCT, "catalog-product-view", "Magento"),
    Template(Kind.SECTION, "catalog-category-view", "Magento"),
    Template(Kind.OTHER, "mediawiki ns-special", "MediaWiki"),
    Template(Kind.TAG, "mediawiki ns-14", "MediaWiki"),
    Template(Kind.FORUM, "mediawiki ns-talk", "MediaWiki"),
    Template(Kind.FORUM, "section-viewtopic", "phpBB"),
    Template(Kind.FORUM, "section-viewforum", "phpBB"),
)
_NAMES = tuple(frozenset(known.names.split()) for known in _TEMPLATES)
_LEADING = frozenset(name for names in _NAMES for name in names)
# What the body of a single article is named, whatever else a theme adds; a product and a thread are single, too.
_SINGLE = frozenset(
    ("single", "single-post", "singular", "post-template", "item-view", "view-item", "page-node-type-article")
)
_MAY_BE_SINGLE = (Kind.PRODUCT, Kind.FORUM)


def template(tree: HtmlElement) -> Template | None:
    """Give the template with which a page was made, by the class names of its body; None for an article's and an unknown one."""
    body = tree.find("body")
    names = frozenset(((body.get("class") if body is not None else None) or "")[:MAX_ATTRIBUTE].split())
    if names.isdisjoint(_LEADING):
        return None
    found = next((known for known, needed in zip(_TEMPLATES, _NAMES, strict=True) if needed <= names), None)
    return None if found is None or (found.kind not in _MAY_BE_SINGLE and names & _SINGLE) else found

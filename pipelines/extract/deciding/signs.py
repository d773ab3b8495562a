"""What spoke for a decision, in words: the features that weighed most, as a reader of the reason would call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.extract.deciding.page_type import Model

__all__ = ["signs", "worded"]

# Features named in a reason.
_REASONS = 3
# What a feature measures, where its name does not say it.
_WORDS = {
    "url_words": "words in the last part of the URL",
    "url_root": "home page in the URL",
    "url_listing": "listing in the URL's path",
    "url_article": "article section in the URL's path",
    "url_day": "date in the URL",
    "url_depth": "depth of the URL",
    "url_query": "query in the URL",
    "url_slash": "slash at the URL's end",
    "url_id": "number in the URL",
    "long_lines": "long paragraphs",
    "long_share": "of the body in long paragraphs",
    "short_share": "of the body in short lines",
    "stopped_share": "of the body in whole sentences",
    "repeated_share": "repetition in the body",
    "line_words": "words a paragraph",
    "words": "body",
    "lines": "paragraphs",
    "longest": "text in the longest paragraph",
    "link_share": "of the page's text in links",
    "body_share": "of the page's text in the body",
    "calls": "calls to buy or to contact",
    "call_links": "links that call to buy or to contact",
    "call_buttons": "buttons that call to buy or to contact",
    "fields": "fields to fill in",
    "paragraphs_per_div": "paragraphs among its boxes",
    "names_host": "naming of its own host",
    "names_site": "naming of its own site",
    "title_guide": "wording of a guide in the title",
    "title_brand": "own name in the title",
    "title_in_url": "of the title in the URL",
    "title_year": "year in the title",
    "title_length": "text in the title",
    "reader": "addressing of the reader",
    "said": "quoting",
    "replies": "words of replies and threads",
    "links": "links",
    "links_per_word": "links beside the body",
    "links_filed": "links to tags and topics",
    "ld_any": "JSON-LD",
    "og_none": "want of an og:type",
    "headings_question": "question marks in headings",
    "title_number": "number at the beginning of the title",
    "title_question": "question in the title",
    "dated_by_change": "date of a change alone",
    "feed": "AMP version of the page",
    "dated": "publication date",
    "dated_by_claim": "publication date in the head",
    "dated_by_sight": "date in the text",
    "persons": "authors",
}
# The same for features that differ in their last part.
_FAMILIES = {
    "class": "{amount} {name!r} in class names",
    "tag": "{amount} <{name}>",
    "links": "{amount} links of kind {name}",
    "headings": "{amount} {name} words in headings",
    "path": "{some} {name} words in the URL's path",
    "ld": "{some} JSON-LD of kind {name}",
    "og": "{some} og:type of kind {name}",
}


def signs(fitted: Model, values: list[float], for_class: str, against: str) -> str:
    """Name the features that speak most for one class against the other."""
    rows = (fitted.weights[fitted.classes.index(name)] for name in (for_class, against))
    pushes = [
        ((one - two) * value, name, value) for one, two, name, value in zip(*rows, fitted.features, values, strict=True)
    ]
    strongest = sorted(pushes, reverse=True)[:_REASONS]
    return f"{for_class} rather than {against}: " + ", ".join(worded(name, value) for _, name, value in strongest)


def worded(name: str, value: float) -> str:
    """Say of one feature what its standardised value says of the page."""
    amount = "much" if value > 0 else "little or no"
    family, _, rest = name.partition("_")
    if rest and family in _FAMILIES and name not in _WORDS:
        return _FAMILIES[family].format(amount=amount, some="some" if value > 0 else "no", name=rest)
    return f"{amount} {_WORDS.get(name, name.replace('_', ' '))}"

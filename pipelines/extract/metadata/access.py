"""What a reader without an account gets: by the page's word, by the marks of its paywall, by the end of the text."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.extract.claims.evidence import texts_of
from pipelines.extract.claims.json_ld import strings
from pipelines.extract.metadata.selectors import selected
from pipelines.records import Access

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node

__all__ = ["PAY", "access", "spoken", "stated"]

_TIER_METAS = ("article:content_tier", "content_tier", "og:article:content_tier", "lp.type", "cxenseparse:access")
_TIERS = {
    "free": Access.FREE,
    "metered": Access.METERED,
    "locked": Access.PAYWALLED,
    "paid": Access.PAYWALLED,
    "premium": Access.PAYWALLED,
    "subscriber": Access.PAYWALLED,
}
# Parts that a page declares as not free; more are markup gone wrong.
_MAX_PARTS = 10
# A restricted part of fewer words is the place where the text would be.
_PART_WORDS = 30
# An ellipsis at the end, alone or in brackets.
_CUT = re.compile(r"(?:\.\.\.|…)\W{0,3}$")
_STOPPED = re.compile(r"[.!?。！？…:;\"'”’»)\]*]\s*$")
# A paywall asks near the end of the page's text; an article that speaks of subscriptions does so in its body.
_ASKING = re.compile("paywall|regwall|subscribe-wall|subscriber-only|meteredContent|piano|premium-content")
_MAX_ASKING, _ASKING_CHARACTERS = 20, 2_000
PAY = re.compile(
    r"subscri(?:be|ption|bers?)\b[^.!?…。！？|·•\n]{0,60}\b(?:read|continue|unlock|access|only|article)|(?:already a|become a) (?:subscriber|member)|to continue reading|"
    r"unlock this (?:article|story)|this (?:article|story|content) is (?:for|only|exclusive|reserved)|sign in to (?:read|continue)|"
    r"jetzt (?:weiterlesen|abonnieren|testen)|artikel (?:freischalten|weiterlesen)|bereits abonnent|réservé aux abonnés|il vous reste [^.\n]{0,20}% de cet article|"
    r"abonnez-vous pour|contenido exclusivo|suscríbete para|solo para suscriptores|riservato agli abbonati|per continuare a leggere|"
    r"会員限定|有料会員|この記事は[^。\n]{0,20}限定|для подписчиков|tylko dla subskrybentów|alleen voor abonnees|forbeholdt abonnenter|"
    r"kun for abonnenter|aby czytać dalej|wykup (?:dostęp|subskrypcję)|pouze pro předplatitele|krävs prenumeration|endast för prenumeranter|"
    r"доступ(?:ен|на|но|ны) только подписчикам|开通会员[^。\n]{0,4}阅读|開通會員[^。\n]{0,4}閱讀|유료\s?회원\s?전용|exclusiv[oa] para assinantes|vain tilaajille",
    re.IGNORECASE,
)
# What stands in a sentence; anything else begins another.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "big", "br", "button", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_LINKS = frozenset(("a", "button"))
_UNSEEN = frozenset(("script", "style", "template"))
# Elements that are walked through for the text of one; the longest page of 1,400 whose body is a stub has fewer.
_MAX_ELEMENTS = 4_000
# A text that begins with more white space than so many times what is wanted of it is none.
_PADDING = 10
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w")


def stated(evidence: Evidence) -> Access:
    """Read access from the content tier or schema.org's `isAccessibleForFree`; what nobody restricts is free."""
    for name in _TIER_METAS:
        tier = (evidence.meta(name) or "").lower()
        if tier in _TIERS:
            return _TIERS[tier]
    own = [evidence.article.get("isAccessibleForFree")]
    parts = [part.get("isAccessibleForFree") for part in _parts(evidence.article)]
    return Access.PAYWALLED if any(map(_restricted, own + parts)) else Access.FREE


def access(evidence: Evidence, body: str, claimed: Access) -> Access:
    """Tell what a reader gets, given the `body` that was found and what the page claims.

    A text is `cut` where it ends in the middle and the page asks for a subscription, and where the part that the page
    declares as not free is not there; whole text behind a declared wall is `paywalled`.
    """
    if not body:
        return claimed
    last = body.rstrip()
    open_end = bool(_CUT.search(last)) or not _STOPPED.search(last[-3:])
    if claimed is Access.FREE:
        return Access.CUT if open_end and _asks(evidence) else claimed
    if claimed is Access.PAYWALLED and (open_end or _withheld(evidence)):
        return Access.CUT
    return claimed


def spoken(element: HtmlElement, most: int) -> str:
    """Give the first `most` characters of the text in an element, a line for each run of inline content.

    Links beside each other, with nothing said between them, are lines too: "Subscribe" and "Most read" are no sentence.
    """
    pieces: list[str] = []
    length, between = 0, True
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), 2 * _MAX_ELEMENTS):
        opens = event == "start"
        if node.tag not in _INLINE or (opens and node.tag in _LINKS and not between):
            pieces.append("\n")
        elif node.tag == "br" and opens:
            pieces.append(" ")
        if not opens and node.tag in _LINKS:
            between = False
        text = (
            (node.text if node.tag not in _UNSEEN else None) if opens else (node.tail if node is not element else None)
        )
        if text:
            pieces.append(_SPACE.sub(" ", text[: _PADDING * most]))
            between = between or _WORD.search(pieces[-1]) is not None
            length += len(pieces[-1])
        if length > most:
            break
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))[:most]


def _restricted(value: object) -> bool:
    return value is not None and str(value).strip().lower().rsplit("/", 1)[-1] in ("false", "no", "0")


def _parts(article: Node) -> Iterator[Node]:
    parts = article.get("hasPart")
    for part in parts[:_MAX_PARTS] if isinstance(parts, list) else [parts]:
        if isinstance(part, dict):
            yield part


def _withheld(evidence: Evidence) -> bool:
    """Tell whether every part that the page declares as not free is empty or missing; a page that declares none withholds none."""
    declared = (part for part in _parts(evidence.article) if _restricted(part.get("isAccessibleForFree")))
    selectors = [selector for part in declared for selector in strings(part.get("cssSelector"))]
    found = [selected(evidence.tree, selector, _MAX_PARTS) for selector in dict.fromkeys(selectors[:_MAX_PARTS])]
    parts = [elements for elements in found if elements is not None]
    return bool(parts) and not any(map(_is_there, parts))


def _is_there(elements: Sequence[HtmlElement]) -> bool:
    """Tell whether elements hold the text that stands in the place they name."""
    words = chain.from_iterable(text.split() for element in elements for text in texts_of(element))
    return next(islice(words, _PART_WORDS - 1, None), None) is not None


def _asks(evidence: Evidence) -> bool:
    """Tell whether an element that is named after a paywall asks for a subscription."""
    return any(
        PAY.search(spoken(element, _ASKING_CHARACTERS))
        for element in islice(filter(_named_after_paywall, evidence.walk("*")), _MAX_ASKING)
    )


def _named_after_paywall(element: HtmlElement) -> bool:
    return _ASKING.search(element.get("class") or "") is not None or "paywall" in (element.get("id") or "")

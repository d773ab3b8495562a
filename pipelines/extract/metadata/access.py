"""What a reader without an account gets: by the page's word, by the marks of its paywall, by the end of the text."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.extract.claims.evidence import texts_of
from pipelines.extract.claims.json_ld import strings, types
from pipelines.extract.cutting.classes import MAX_ATTRIBUTE
from pipelines.extract.metadata.selectors import selected
from pipelines.records import Access

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.cutting.blocks import Block

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
_FREE = "isAccessibleForFree"
# Parts that a page declares as not free; more are markup gone wrong.
_MAX_PARTS = 10
# A restricted part of fewer words is the place where the text would be.
_PART_WORDS = 30
# An ellipsis at the end, alone or in brackets.
_CUT = re.compile(r"(?:\.\.\.|…)\W{0,3}$")
_STOPPED = re.compile(r"[.!?。！？…:;\"'”’»)\]*]\s*$")
# A paywall asks near the end of the page's text; an article that speaks of subscriptions does so in its body.
_ASKING = re.compile("paywall|regwall|subscribe-wall|subscriber-only|meteredContent|piano|premium-content|upgrade-cta")
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
# What says that reading goes on behind it: who only asks for a subscription may do so below a whole text.
_GOES_ON = re.compile(
    r"\bto (?:continue|keep|finish) reading(?! and get access to the full archive)|\bcontinue reading (?:this|the|with|for|by)\b|"
    r"\bto (?:read|see|view|access|unlock) (?:on\b|the (?:full|whole|rest|entire|complete)\b|(?:the rest of )?this (?:article|story|post)\b)|"
    r"\bunlock (?:the rest|this (?:article|story|post))\b|\bthe rest of this (?:article|story|post)\b|"
    r"\bthis (?:article|story|post|content) is (?:\w+ )?(?:for|to|available to|reserved for)\b[^.!?\n]{0,30}\b(?:subscribers|members)\b|"
    r"\b(?:jetzt|hier) weiterlesen|\bum weiterzulesen|\bweiterlesen mit\b|\bartikel (?:freischalten|weiterlesen)|"
    r"\bden (?:ganzen|vollständigen|kompletten) artikel\b|\bartikel ist nur für abonnent|"
    r"il vous reste [^.\n]{0,20}% de cet article|\bla suite est réservée|\bpour (?:lire la suite|(?:continuer|poursuivre) (?:la|votre) lecture)|"
    r"\barticle (?:est )?réservé aux abonnés|\bpara (?:seguir|continuar) leyendo|\bexclusivo para suscriptores|"
    r"\bper (?:continuare a leggere|proseguire la lettura)|\b(?:contenuto|articolo) (?:è )?riservato agli abbonati|"
    r"\bpara continuar (?:a ler|lendo|a leitura)|\bexclusiv[oa] para assinantes|\bom verder te lezen|\bartikel is alleen voor abonnees|"
    r"\baby czytać dalej|\bpozostało [^.\n]{0,20}%|\btylko dla (?:subskrybentów|prenumeratorów)|"
    r"\bför att (?:fortsätta läsa|läsa (?:vidare|hela))|\bfor å lese (?:videre|hele|saken)|\bfor at læse (?:videre|hele)|"
    r"\b(?:kun|endast) f[oö]r (?:abonnenter|prenumeranter)|\bvain tilaajille|\bpouze pro předplatitele|"
    r"\bчтобы (?:читать дальше|продолжить чтение)|\bдоступ(?:ен|на|но|ны) только (?:по подписке|подписчикам)|"
    r"この(?:記事|続き)は[^。\n]{0,20}(?:限定|専用)|残り\s?[\d,，]{1,8}\s?(?:文字|字|ページ|[%％])|続きを(?:お?読|ご覧)|"
    r"(?:订阅|訂閱|开通|開通|登录|登入|付费|付費|购买|購買)[^。\n]{0,12}(?:继续|繼續|全文)|유료\s?회원\s?전용|(?:계속|이어서)\s?(?:읽|보)",
    re.IGNORECASE,
)
# Blocks behind the text in which a wall begins, what it says first, and elements around them that may be the wall.
_MOST_BEHIND, _WALL_CHARACTERS, _MOST_AROUND = 2, 400, 6
# What a script may show one day, and the page does not.
_UNSHOWN = re.compile(r"modal|overlay|popup|pop-up|lightbox|hidden|display:\s?none", re.IGNORECASE)
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
    own = [evidence.article.get(_FREE)]
    if own == [None]:
        own = [node.get(_FREE) for node in evidence.nodes if "WebPage" in types(node)]
    parts = [part.get(_FREE) for part in _parts(evidence.article)]
    return Access.PAYWALLED if any(map(_restricted, own + parts)) else Access.FREE


def access(evidence: Evidence, body: str, claimed: Access, ending: Sequence[Block] = ()) -> Access:
    """Tell what a reader gets, given the `body` that was found, what the page claims, and the last block of the body with those behind it.

    A text is `cut` where a wall right behind it says that reading goes on there, where it ends in the middle and the page
    asks for a subscription, and where the part that the page declares as not free is not there; whole text behind a
    declared wall is `paywalled`.
    """
    if not body:
        return claimed
    last = body.rstrip()
    open_end = bool(_CUT.search(last)) or not _STOPPED.search(last[-3:])
    if _walled(ending):
        return Access.CUT
    if claimed is Access.FREE:
        return Access.CUT if open_end and (_goes_on(ending) or _asks(evidence)) else claimed
    if claimed is Access.PAYWALLED and (open_end or _withheld(evidence)):
        return Access.CUT
    return claimed


def _walled(ending: Sequence[Block]) -> bool:
    """Tell whether right behind the first of these blocks stands what is named after a paywall, and says that reading goes on behind it."""
    if not ending:
        return False
    text = set(ending[0].container.element.iterancestors())
    walls = (_wall(block.container.element, text) for block in ending[1 : _MOST_BEHIND + 1])
    wall = next((wall for wall in walls if wall is not None), None)
    return wall is not None and _GOES_ON.search(spoken(wall, _WALL_CHARACTERS)) is not None


def _wall(element: HtmlElement, text: Collection[HtmlElement]) -> HtmlElement | None:
    """Give the outermost of the elements near around one that is named after a paywall and not around the text; none where a script has to show it."""
    near = [one for one in (element, *islice(element.iterancestors(), _MOST_AROUND)) if one not in text]
    if any(map(_is_unshown, near)):
        return None
    return next(filter(_named_after_paywall, reversed(near)), None)


def _is_unshown(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return any(_UNSHOWN.search((element.get(name) or "")[:MAX_ATTRIBUTE]) for name in ("class", "style"))


def _goes_on(ending: Sequence[Block]) -> bool:
    """Tell whether one of the blocks right behind the first says that reading goes on behind it."""
    return any(_GOES_ON.search(block.text[:_WALL_CHARACTERS]) for block in ending[1 : _MOST_BEHIND + 1])


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
    declared = (part for part in _parts(evidence.article) if _restricted(part.get(_FREE)))
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

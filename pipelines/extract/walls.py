"""Pages that stand where an article should: bot checks, consent walls, paywall stubs, error pages served as success."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.extract import consent
from pipelines.extract.access import PAY
from pipelines.extract.evidence import text_of
from pipelines.records import Access, Kind

if TYPE_CHECKING:
    from pipelines.extract.evidence import Evidence
    from pipelines.extract.metadata import Metadata

__all__ = ["wall"]

# An article this long stands behind no wall, whatever words it uses: articles are written about captchas too.
_WALL_WORDS = 150
# A stub shows a paragraph or two; with more, the article is there, if cut.
_STUB_WORDS = 40
# So much of a body asks for consent in a notice: less under a headline that says so, on a page that claims no author and no date.
_ASKING, _ASKING_HEADED = 0.6, 0.25
# A short article says so much of its own; less is what is left of a page below a notice.
_OWN_WORDS = 8
# Headings that are looked at.
_HEADINGS = 3
# The part of the page's text in which a wall speaks.
_HEAD_CHARACTERS = 4_000
# One step below the body: two would merge node sets, in quadratic time.
_TEXT = etree.XPath(
    "//body/descendant::text()[not(parent::script or parent::style or parent::template)]", smart_strings=False
)

_BOT = re.compile(
    r"just a moment\b|checking your browser|verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?(?:not a robot|human)|are you a (?:robot|human)|"
    r"i(?:'m| am) not a robot|enable javascript and cookies to continue|attention required! \| cloudflare|pardon our interruption|"
    r"request unsuccessful\. incapsula|access (?:to this page has been )?denied|unusual (?:traffic|activity) (?:from|detected)|"
    r"complete the (?:security check|captcha)|you have been blocked|press (?:&|and) hold|ddos protection by|performing security verification|"
    r"sind sie ein roboter|kein roboter|n'êtes pas un robot|no eres un robot|ロボットではありません|проверка браузера|не робот",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|respect|care about) your privacy|your privacy (?:choices|matters)|accept (?:all )?cookies|manage (?:your )?(?:cookies|consent)|"
    r"(?:wir|unsere partner).{0,60}(?:cookies|einwilligung)|mit werbung (?:weiter)?lesen|zustimmen (?:und|&) weiter|tout accepter|continuer sans accepter|"
    r"accepter (?:et|les cookies)|aceptar (?:y continuar|todas|cookies)|accetta (?:e continua|tutti)|akkoord|samtykke|godkänn alla|同意して",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"^\W*(?:(?:error|fehler|erreur)\W*)?(?:404|410)\b|\b404\W*(?:error|not found|page|fehler|-?seite)|page (?:was |could )?not (?:be )?found|page (?:doesn't|does not|no longer) exist|"
    r"(?:this |the )?(?:page|article|story|content) (?:you (?:requested|are looking for) )?(?:is |was |has been )?(?:no longer available|not available|removed|gone|cannot be found|can't be found|could not be found)|"
    r"nothing (?:was )?found|oops!|seite (?:wurde )?nicht gefunden|seite existiert nicht|page (?:introuvable|non trouvée)|página no (?:encontrada|existe)|pagina non trovata|"
    r"página não encontrada|pagina niet gevonden|sidan (?:kunde inte|finns inte)|siden (?:findes|finnes) ikke|strona nie (?:została )?(?:znaleziona|istnieje)|"
    r"страница не найдена|ページが見つかりません|お探しのページ|页面不存在|找不到(?:该)?页面|페이지를 찾을 수 없",
    re.IGNORECASE,
)


def wall(evidence: Evidence, metadata: Metadata, body: str, words: int) -> tuple[Kind, str] | None:
    """Name the wall and the words that give it away; None where there is none.

    `words` are those of the body as `words.count` counts them: split at spaces, a Japanese article has a word a paragraph.
    Only pages with little body are asked, and an error page must say so in its title or heading.
    """
    if notice := _notice(evidence, metadata, body, words):
        return Kind.CONSENT, notice
    if words >= _WALL_WORDS:
        return None
    title = f"{evidence.title or ''} | {metadata.title or ''}"
    checks = [(Kind.BOT_WALL, _BOT, title), (Kind.SOFT_404, _GONE, title)]
    if words < _STUB_WORDS:
        text = " ".join(" ".join(_TEXT(evidence.tree)[:1_000]).split())[:_HEAD_CHARACTERS]
        checks += [(Kind.BOT_WALL, _BOT, text[:1_500])]
        if metadata.access is Access.PAYWALLED or not evidence.article:
            checks += [(Kind.PAYWALL, PAY, text)]
        if not _is_short_article(evidence, metadata, body, words):
            checks += [(Kind.CONSENT, _CONSENT, text)]
    for kind, pattern, where in checks:
        if match := pattern.search(where):
            return kind, f"{match.group()!r:.80} with {words} words of body"
    if words < _STUB_WORDS and metadata.access is Access.PAYWALLED:
        return Kind.PAYWALL, f"the page says that it is not free, with {words} words of body"
    return None


def _notice(evidence: Evidence, metadata: Metadata, body: str, words: int) -> str | None:
    """Say what makes a body a consent notice; None where it is none, or an article about them."""
    if words >= consent.LONGEST_NOTICE:
        return None
    headed = consent.heading([evidence.title, metadata.title, *map(text_of, evidence.headings[:_HEADINGS])])
    if headed is None and words >= _WALL_WORDS:
        return None
    share, first = consent.spoken(body)
    if share < (_ASKING_HEADED if headed and not _is_claimed(metadata) else _ASKING):
        return None
    under = f" under {headed!r:.80}" if headed else ""
    return f"{first!r:.80}{under}, and {share:.0%} of {words} words of body ask for consent"


def _is_short_article(evidence: Evidence, metadata: Metadata, body: str, words: int) -> bool:
    """Tell whether a short body is an article's of its own, whatever banner stands on its page.

    The page says that it is an article or claims an author or a time, its headline is no notice's, and the body asks for nothing.
    """
    if words < _OWN_WORDS or not (_is_claimed(metadata) or evidence.article):
        return False
    titles = [evidence.title, metadata.title, *map(text_of, evidence.headings[:1])]
    named = metadata.title is not None and consent.heading(titles) is None
    return named and consent.spoken(body)[0] < _ASKING_HEADED and _CONSENT.search(body) is None


def _is_claimed(metadata: Metadata) -> bool:
    """Tell whether a page names author or date; the date in its address is not the notice's."""
    dated = metadata.published is not None and not (metadata.published_rule or "").startswith("url")
    return dated or bool(metadata.authors or metadata.organisations)

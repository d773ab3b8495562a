"""Pages that stand where an article should: bot checks, consent walls, paywall stubs, error pages served as success."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.extract.claims.evidence import text_of
from pipelines.extract.deciding import consent, subscriptions
from pipelines.extract.deciding.checks import machinery
from pipelines.extract.deciding.notices import BOT, PARKED, titled
from pipelines.extract.metadata.access import PAY, spoken
from pipelines.records import Access, Kind

if TYPE_CHECKING:
    from pipelines.extract.claims.evidence import Evidence
    from pipelines.extract.metadata.metadata import Metadata

__all__ = ["titles", "wall"]

# An article this long stands behind no wall, whatever words it uses: articles are written about captchas too.
_WALL_WORDS = 150
# A check of visitors explains itself at most so long; who runs it is told by its markup.
_CHECK_WORDS = 300
# A stub shows a paragraph or two; with more, the article is there, if cut.
_STUB_WORDS = 40
# So much of a body asks for consent in a notice: less under a headline that says so, on a page that claims no author and no date.
_ASKING, _ASKING_HEADED, _LEAST_ASKED = 0.6, 0.25, 2
# So much of a body offers a subscription, in so many sentences: a story of prices has other things to say.
_OFFERING, _LEAST_OFFERS = 0.5, 4
# A short article says so much of its own; less is what is left of a page below a notice.
_OWN_WORDS = 8
# Where so many words were found, what stands below them is a form or a banner; the shortest article of 1,100 has 20.
_BRIEF_WORDS, _ENDING = 15, 60
# Headings that are looked at.
_HEADINGS = 3
# The part of the page's text in which a wall speaks, and a check of visitors, which has nothing else to say.
_HEAD_CHARACTERS, _CHECK_CHARACTERS = 4_000, 1_500

# What parties to a treaty and readers of a law do as well stands on a button, alone in its line, or has its object behind it.
_CONSENT = re.compile(
    r"before you continue|we (?:value|respect|care about) your privacy|your privacy (?:choices|matters)|accept (?:all )?cookies|manage (?:your )?(?:cookies|consent)|"
    r"(?:wir|unsere partner).{0,60}(?:cookies|einwilligung)|mit werbung (?:weiter)?lesen|zustimmen (?:und|&) weiter|tout accepter|continuer sans accepter|"
    r"accepter (?:et (?:continuer|fermer|poursuivre)|les cookies)|aceptar (?:y (?:continuar|cerrar)|(?:todas )?(?:las )?cookies)|accetta (?:e (?:continua|chiudi)|tutti i cookie)|"
    r"klik op [\"'“‘]?akkoord|akkoord (?:en|&) (?:door|verder|sluit)\w*|(?:dit|ditt|giv|gi) samtykke\b|godkänn alla|同意して(?:続|閉|進|読)|"
    r"^(?:ik ga )?akkoord$|^(?:jeg )?samtykker?$|^aceptar tod[ao]s?$|^accetta tutt[oi]$|^accepter et\b.{0,20}$|^同意(?:する|して.{0,8})$",
    re.IGNORECASE | re.MULTILINE,
)
# A sentence that asks for a subscription to something else than the text: letters, channels, the work of the newsroom.
_LETTERS = re.compile(
    r"(?:^|(?<=[.!?\n]))[^.!?\n]*\b(?:news-?letters?|letters?|in-?box|e-?mails?|by mail|podcasts?|(?:youtube|telegram|whatsapp) channel|rss|(?:support|donate to) (?:us|our|the)|infolettre|boletín|bollettino|nieuwsbrief|nyhetsbrev\w*|"
    r"nyhedsbrev\w*|рассылк\w*|bülten\w*)\b[^.!?\n]*",
    re.IGNORECASE,
)


def wall(evidence: Evidence, metadata: Metadata, body: str, words: int) -> tuple[Kind, str] | None:
    """Name the wall and the words that give it away; None where there is none.

    `words` are those of the body as `words.count` counts them: split at spaces, a Japanese article has a word a paragraph.
    Only pages with little body are asked, and an error page must say so, and nothing else, in its title or only heading.
    """
    return _explained(evidence, metadata, body, words) or (
        _brief(evidence, metadata, body, words) if words < _WALL_WORDS else None
    )


def _explained(evidence: Evidence, metadata: Metadata, body: str, words: int) -> tuple[Kind, str] | None:
    """Name a wall that may say as much as a short article does."""
    if notice := _notice(evidence, metadata, body, words):
        return Kind.CONSENT, notice
    if _may_be_check(evidence, metadata, words) and (whose := machinery(evidence.markup, body)):
        return Kind.BOT_WALL, f"{whose}'s check of visitors, with {words} words of body"
    if offer := _offer(evidence, metadata, body, words):
        return Kind.PAYWALL, offer
    return None


def _brief(evidence: Evidence, metadata: Metadata, body: str, words: int) -> tuple[Kind, str] | None:
    """Name a wall that says little."""
    if not (words >= _STUB_WORDS and _declares_article(evidence, metadata)) and (
        said := titled(titles(evidence, metadata))
    ):
        return said.kind, f"{said.what} ({said.words!r:.80}), with {words} words of body"
    if words < _STUB_WORDS and (stub := _stub(evidence, metadata, body, words)):
        return stub
    return _nameless(evidence, metadata, words)


def _may_be_check(evidence: Evidence, metadata: Metadata, words: int) -> bool:
    """Tell whether a page is short enough for a check of visitors, and says of itself what such a page may say."""
    return words < _CHECK_WORDS and not _declares_article(evidence, metadata)


def _nameless(evidence: Evidence, metadata: Metadata, words: int) -> tuple[Kind, str] | None:
    """Name what speaks on a page with a title that is its server's name or begins with it: a check of visitors or the host."""
    server = (urlsplit(evidence.url).hostname or "").removeprefix("www.")
    title = (evidence.title or server).lower()
    if title.partition(" ")[0].strip(".…!").removeprefix("www.") != server or _declares_article(evidence, metadata):
        return None
    text = f"{title}\n{_text(evidence)}"[:_CHECK_CHARACTERS].replace("’", "'")
    for kind, pattern in ((Kind.BOT_WALL, BOT), (Kind.SOFT_404, PARKED)):
        if match := pattern.search(text):
            return kind, f"{match.group()!r:.80} under the server's name, with {words} words of body"
    return None


def _stub(evidence: Evidence, metadata: Metadata, body: str, words: int) -> tuple[Kind, str] | None:
    """Name the wall that the text of a page speaks of whose body is a paragraph or two at most."""
    text = _text(evidence)
    checks = []
    if words < _OWN_WORDS or not _declares_article(evidence, metadata):
        said = _until(text, body) if words >= _BRIEF_WORDS else text
        checks += [(Kind.BOT_WALL, BOT, said[:_CHECK_CHARACTERS].replace("’", "'"))]
    if metadata.access is Access.PAYWALLED or not evidence.article:
        checks += [(Kind.PAYWALL, PAY, _LETTERS.sub("", text))]
    if not _is_short_article(evidence, metadata, body, words):
        checks += [(Kind.CONSENT, _CONSENT, text)]
    for kind, pattern, where in checks:
        if match := pattern.search(where):
            return kind, f"{match.group()!r:.80} with {words} words of body"
    if metadata.access is Access.PAYWALLED:
        return Kind.PAYWALL, f"the page says that it is not free, with {words} words of body"
    return None


def _offer(evidence: Evidence, metadata: Metadata, body: str, words: int) -> str | None:
    """Say what makes a body an offer of a subscription; None where it is none, or a free article about prices."""
    if words >= subscriptions.LONGEST_OFFER or (
        metadata.access is not Access.PAYWALLED and _declares_article(evidence, metadata)
    ):
        return None
    share, sentences, first = subscriptions.offered(body)
    if share < _OFFERING or sentences < _LEAST_OFFERS:
        return None
    return f"{first!r:.80}, and {share:.0%} of {words} words of body offer a subscription"


def _text(evidence: Evidence) -> str:
    """Give the beginning of a page's text, in which a wall speaks."""
    return "\n".join(spoken(element, _HEAD_CHARACTERS) for element in islice(evidence.walk("body"), 1))


def _until(text: str, body: str) -> str:
    """Give a page's text up to the end of its body; all of it where that is not found."""
    ending = body[-_ENDING:].rpartition("\n")[2].strip()
    at = text.find(ending) if ending else -1
    return text if at < 0 else text[: at + len(ending)]


def _said(words: int) -> str:
    """Say what was asked for consent: the body, or all of a page that has next to none."""
    return f"{words} words of body" if words >= _OWN_WORDS else "the page, without a body,"


def titles(evidence: Evidence, metadata: Metadata) -> list[str | None]:
    """Give the titles of a page, and its headline where it has one: of several, one may be a hidden notice's."""
    headings = map(text_of, evidence.headings) if len(evidence.headings) == 1 else ()
    return [evidence.title, metadata.title, *headings]


def _declares_article(evidence: Evidence, metadata: Metadata) -> bool:
    """Tell whether a page says that it is an article, and whose or of when, as no error page does."""
    if evidence.article:
        return _is_claimed(metadata)
    return (evidence.meta("og:type") or "").lower() == "article" and _is_dated(metadata)


def _notice(evidence: Evidence, metadata: Metadata, body: str, words: int) -> str | None:
    """Say what makes a body a consent notice; None where it is none, or an article about them."""
    if words >= consent.LONGEST_NOTICE:
        return None
    headed = consent.heading([evidence.title, metadata.title, *map(text_of, evidence.headings[:_HEADINGS])])
    if headed is None and words >= _WALL_WORDS:
        return None
    # Of a notice nothing may be taken for a body.
    share, sentences, first = consent.spoken(body if words >= _OWN_WORDS else _text(evidence))
    if share < (_ASKING_HEADED if headed and not _is_claimed(metadata) else _ASKING):
        return None
    # Of a brief, one sentence may speak of someone's consent.
    if headed is None and sentences < _LEAST_ASKED and _declares_article(evidence, metadata):
        return None
    under = f" under {headed!r:.80}" if headed else ""
    return f"{first!r:.80}{under}, and {share:.0%} of {_said(words)} ask for consent"


def _is_short_article(evidence: Evidence, metadata: Metadata, body: str, words: int) -> bool:
    """Tell whether a short body is an article's of its own, whatever banner stands on its page.

    The page says that it is an article or claims an author or a time, its headline is no notice's, and the body asks for nothing.
    """
    if words < _OWN_WORDS or not (_is_claimed(metadata) or evidence.article):
        return False
    heads = [evidence.title, metadata.title, *map(text_of, evidence.headings[:1])]
    named = metadata.title is not None and consent.heading(heads) is None
    return named and consent.spoken(body)[0] < _ASKING_HEADED and _CONSENT.search(body) is None


def _is_claimed(metadata: Metadata) -> bool:
    """Tell whether a page names author or date."""
    return _is_dated(metadata) or bool(metadata.authors or metadata.organisations)


def _is_dated(metadata: Metadata) -> bool:
    """Tell whether a page gives its date; that in its address is not the notice's."""
    return metadata.published is not None and not (metadata.published_rule or "").startswith("url")

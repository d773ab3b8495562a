"""Whose interest a teaser serves: the reader's, an advertiser's, the publisher's own trade."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.extract.cutting.classes import names_of, words_of
from pipelines.extract.phrases import fold, is_paid_for, is_promotion
from pipelines.extract.selecting.channels import is_channel
from pipelines.extract.teasers.shops import sells
from pipelines.records import TeaserKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Block, Container, Outline
    from pipelines.extract.teasers.cards import Card

__all__ = ["kind"]

SPONSORED = re.compile(
    r"\b(?:sponsor\w*|advert\w*|promoted|partner content|paid|brandvoice|anzeige|werbung|publicidad|publicité|"
    r"outbrain|taboola|commercial|gesponsord\w*|(?:contenido|contenidos|conteúdo|conteúdos) patrocinados?|"
    r"komerční sdělení|kaupallinen yhteistyö|annonsørinnhold|sponsrat innehåll|materiał partnera|conținut sponsorizat|"
    r"новости партн[её]ров|партн[её]рский материал|на правах рекламы|новини партнерів)\b|【PR】|\[PR\]|محتوى ممول|תוכן (?:שיווקי|ממומן)",
    re.IGNORECASE,
)
SPONSORED_WORDS = frozenset(
    ["sponsored", "sponsor", "advert", "advertorial", "promoted", "outbrain", "taboola", "native"]
)
# Servers that count clicks on advertisements and lead on, by their domains (EasyList names them) and their folders.
AD_SERVER = re.compile(
    r"https?://(?:[\w-]+\.)*(?:doubleclick\.net|googleadservices\.com|googlesyndication\.com|adnxs\.com|adform\.net|"
    r"smartadserver\.com|criteo\.com|outbrain\.com|taboola\.com|plista\.com|ligatus\.com|revcontent\.com|mgid\.com|"
    r"zergnet\.com|dianomi\.com|nativo\.com|sharethrough\.com|triplelift\.com|adsrvr\.org)/|"
    r"https?://(?:ad|ads|adclick|adserver|adserv)\.|https?://[^/?#]+/(?:gampad|adclick|adserver|ads?/click)\b",
    re.IGNORECASE,
)
# Names without any of these hold none of the words.
SPONSORED_PART = re.compile("sponsor|advert|promoted|outbrain|taboola|native", re.IGNORECASE)
# Folders of what was paid for.
PAID_FOLDER = re.compile(
    r"/(?:advertorials?|sponsored(?:-(?:content|posts?|articles?))?|sponsor-?content|partner-?content|paid-?(?:content|posts?)|"
    r"branded-?content|brand-?(?:voice|studio)|anzeige|publi-?reportages?|publi-?redactionnels?|publirreportajes?|"
    r"(?:contenido|conteudo)s?-patrocinados?|publieditorial|annonsorinnhold|materialy?-(?:partnera|sponsorowany)|"
    r"artykuly?-sponsorowan[ye])/",
    re.IGNORECASE,
)
# In East Asia "PR" is a label of advertisements, elsewhere a trade that is written of.
EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Characters of a label; pieces of a title's block, and blocks of its link, that are looked at.
MOST_LABEL, MOST_PIECES, MOST_LINKED = 100, 20, 5
# Hosts and folders of publishers' other trades: vacancies, shops, markets, vouchers, subscriptions, events. Below a section,
# events are what its articles are about.
TRADE = re.compile(
    r"https?://[^/?#]+/events?(?=/\w)|"
    r"(?<=[/.])(?:s?jobs?|jobs?-\w\w|job(?:board|market|search|boerse)s?|stellen\w+|vacan(?:cy|cies|tures?)|empleos?|emplois?|"
    r"\w+markt|shop|store|boutique|tienda|cart|checkout|coupons?|gutscheine?|(?:vouchers?|promo|discount)-?codes?|vouchers?|"
    r"newsletters|subscribe|subscriptions?|abo|abonnements?|donate|webinars?|white-?papers?)(?=[/.])",
    re.IGNORECASE,
)
# What is paid less with: "ASOS promo code", "Flaconi Gutscheincodes".
VOUCHER = re.compile(
    r"\b(?:(?:promo|discount|coupon|voucher)[- ]?codes?|(?:gutschein|rabatt)-?codes?|codes? promos?|"
    r"código(?:s)? (?:de )?(?:descuento|promocional(?:es)?|desconto)|codic[ei] sconto|kortingscodes?|rabattkod\w*|kod\w* rabatow\w+|"
    r"slevov\w+ kód\w*|промокод\w*)\b",
    re.IGNORECASE,
)
# What has readers do something.
CALL = re.compile(
    r"\W*(?:(?:click|tap) here (?:to|and) (?:get|download|sign up|subscribe|join|buy|shop|order|register|try)|(?:get|download) (?:the|our) .{0,40}\bapp\b)",
    re.IGNORECASE,
)
# German vacancies name the sexes they are open to, as the law asks of them.
VACANCY = re.compile(r"\(\s*(?:[mwfdx]\s*[/|]\s*){1,3}[mwfdx]\s*\)", re.IGNORECASE)


def kind(outline: Outline, card: Card, heading: str | None, page: str, known: dict[int, bool]) -> TeaserKind:
    """Tell whose interest a card on `page` serves, by its link's `rel` and address, its title, heading, labels and containers' names.

    `known` keeps what was found out about the containers of the page, which its cards share.
    """
    block = outline.blocks[card.block]
    rel = next((piece.link.get("rel") or "" for piece in block.pieces if piece.link is not None), "")
    if "sponsored" in rel or AD_SERVER.match(card.url) or PAID_FOLDER.search(card.url):
        return TeaserKind.SPONSORED
    # Who looks for staff pays for it; what the job is says more than that.
    if VACANCY.search(card.title) or trades(card.url) - trades(page):
        return TeaserKind.PROMOTION
    if is_paid(heading or "") or any(is_paid_label(label, card.title) for label in labels(outline, card)):
        return TeaserKind.SPONSORED
    if advertises(outline, block.container.index, known):
        return TeaserKind.SPONSORED
    return TeaserKind.PROMOTION if promotes(card.title, card.url, page) else TeaserKind.EDITORIAL


def is_paid(heading: str) -> bool:
    """Tell whether the heading over a card says that it is paid for; "Annons" says so alone."""
    return SPONSORED.search(heading) is not None or is_paid_for(heading)


def is_paid_label(label: str, title: str) -> bool:
    """Tell whether a label in the card of a title says that it is paid for."""
    if len(label) > MOST_LABEL:
        return False
    return is_paid_for(label) or (fold(label) == "pr" and EASTERN.search(title) is not None)


def labels(outline: Outline, card: Card) -> Iterator[str]:
    """Give the texts beside the title of a card: in its block, in its link and in its box."""
    block = outline.blocks[card.block]
    links = {piece.link for piece in block.pieces[:MOST_PIECES]} - {None}
    if len(links) == 1:
        yield from (piece.text for piece in block.pieces[:MOST_PIECES])
    link = next(iter(links), None)
    first, last = (card.box.first, card.box.last) if card.box is not None else (card.block, card.block + 1)
    while link is not None and first and card.block - first < MOST_LINKED and leads(outline.blocks[first - 1]) is link:
        first -= 1
    yield from (outline.blocks[index].text for index in range(first, last) if index != card.block)


def leads(block: Block) -> HtmlElement | None:
    """Give the element around the first text of a block, where it is a link."""
    return block.pieces[0].link


def advertises(outline: Outline, index: int, known: dict[int, bool]) -> bool:
    """Tell whether a container or one around it, the root aside, is named after advertising."""
    inside = []
    while index and index not in known:
        inside.append(outline.containers[index])
        index = inside[-1].parent
    found = known.get(index, False)
    for container in reversed(inside):
        found = found or is_sponsored(container)
        known[container.index] = found
    return found


def is_sponsored(container: Container) -> bool:
    """Tell whether a container's own names speak of advertising."""
    if not SPONSORED_PART.search(names_of(container.element)):
        return False
    return not SPONSORED_WORDS.isdisjoint(words_of(container.element, container.tag))


def promotes(title: str, url: str, page: str) -> bool:
    """Tell whether a card on `page` that leads to `url` offers what the publisher lives by beside its news."""
    said = is_promotion(title) or CALL.match(title) is not None or VOUCHER.search(title) is not None
    return said or is_channel(url) or sells(url, page)


@lru_cache(maxsize=4096)
def trades(url: str) -> frozenset[str]:
    """Give the names of other trades than news in an address: in its host and its folders."""
    return frozenset(TRADE.findall(url))

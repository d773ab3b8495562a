"""Subscription offers that stand where an article should: told by what they cost, and by what a reader is asked to do."""

from __future__ import annotations

import re

from pipelines.extract.deciding.sentences import of_kind

__all__ = ["LONGEST_OFFER", "offered"]

# Three plans, each with what it holds, and the conditions below them.
LONGEST_OFFER = 400
_PRICE = r"(?:[$£€¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£$]|eur\b|euros?\b|dollars?\b|usd\b|pounds?\b|kr\b|zł|円|元|원))"
# What an offer says of itself and asks of its reader; who reports on it writes of readers and their prices.
_SENTENCES = (
    # English
    rf"{_PRICE}\s?(?:a|per|/|every|each|for (?:the first |your first )?(?:\w+ )?)\s?(?:week|month|year|mo\b|wk\b|yr\b)s?|\bthen {_PRICE}|cancel (?:at )?any ?time|cancel (?:or pause )?(?:online|whenever)",
    r"(?:unlimited|full|complete|premium|all[- ]digital|instant) (?:digital )?access\b|unlimited (?:articles|reading)|(?:choose|compare|explore|view|select|pick|see) (?:your|the|a|our|my|more|all) (?:plan|offer|option|subscription|package)s?\b",
    r"(?:start|begin|get|try) (?:your|a|my) (?:free )?(?:trial|subscription|membership)|already (?:a |have a )?(?:subscriber|subscribed|subscription|member)|subscribe (?:now|today|for|to (?:read|continue|unlock|keep|get))|(?:keep|continue) reading with",
    r"(?:billed|charged|paid) (?:monthly|annually|yearly|as|every)|(?:renews?|renewal) (?:automatically|at)|auto[- ]?renew|unlock (?:this|the|all|every)|(?:save|save up to) \d+ ?%|for (?:the|your) first (?:\w+ )?(?:weeks?|months?|year)",
    r"(?:read|access|enjoy) .{0,40}on any device|(?:share|gift|give) .{0,40}\b(?:articles? a month|subscription|journalism)\b|your subscription (?:supports|includes)|what(?:'s| is) included",
    # German
    rf"{_PRICE}\s?(?:/|pro|im|je|für (?:den |die )?(?:erste[nr]? )?(?:\w+ )?)\s?(?:monat|woche|jahr|quartal)\w*|(?:jederzeit|monatlich) kündbar|danach (?:für )?{_PRICE}|(?:weiterlesen|lesen sie) mit\b|bereits (?:abonnent|kunde|registriert|abonniert)",
    r"(?:jetzt|gratis|kostenlos|hier) (?:abonnieren|testen|freischalten|weiterlesen|abo)|artikel freischalten|(?:alle|unbegrenzt|voller|unbeschränkter?) (?:\+-?|plus-?|premium-?)?(?:artikel|zugang|zugriff)|(?:wählen|finden) sie (?:ihr|das passende) (?:abo|angebot)",
    # French
    rf"{_PRICE}\s?(?:/|par|le|les|pendant|pour) ?(?:\w+ )?(?:premiers? |première )?(?:mois|semaine|an\b)|puis {_PRICE}|sans engagement|(?:résiliable|annulable) à tout moment|déjà abonnée?|(?:je m'abonne|abonnez-vous|s'abonner)|(?:accès|lecture) illimitée?|(?:choisissez|découvrez|voir) (?:votre|nos|les|toutes les) (?:offres?|formules?)|essai gratuit",
    # Spanish, Portuguese
    rf"{_PRICE}\s?(?:/|al|por|a la|cada|durante) ?(?:\w+ )?(?:mes|semana|año|mês|ano)\w*|(?:cancela|cancele)\w* (?:cuando|quando|a qualquer)|(?:ya|já) (?:eres|soy|es|é|sou|está) (?:suscript|assinante|suscrito)\w*|(?:suscríbete|suscríbase|assine|quero assinar)\b|acceso ilimitado|acesso ilimitado|(?:elige|escolha) (?:tu|o seu|seu) (?:plan|plano)",
    # Italian
    rf"{_PRICE}\s?(?:/|al|a|ogni|per) ?(?:il primo |i primi )?(?:\w+ )?(?:mese|mesi|settimana|anno)|(?:disdici|disdire) quando|(?:sei|hai) già (?:abbonat|un abbonamento)\w*|abbonati (?:ora|subito|a)\b|accesso illimitato|(?:scegli|scopri) (?:il tuo|l'|le|tutte le|gli) (?:abbonament\w|offert\w|piano)",
    # Dutch, Swedish, Danish, Norwegian, Polish
    rf"{_PRICE}\s?(?:/|per|voor|om|i|na|za|miesięcznie) ?(?:de )?(?:eerste |første |första )?(?:\w+ )?(?:maand|week|weken|jaar|månad|måned|uke|uge|miesiąc|rok)\w*|(?:altijd|dagelijks|maandelijks) opzegbaar|al (?:abonnee|een abonnement)|neem (?:nu )?een abonnement|onbeperkt(?:e)? (?:toegang|lezen)",
    r"ingen bindning\w*|ingen binding\w*|avsluta när du vill|(?:redan|allerede) (?:prenumerant|abonnent|kund\w)|(?:bli|blev?) (?:prenumerant|abonnent)|obegränsad tillgång|ubegrenset tilgang|ubegrænset adgang|zrezygnuj|możesz zrezygnować|masz już (?:dostęp|subskrypcję)|wykup (?:dostęp|subskrypcję)|nieograniczony dostęp",
    # Japanese, Chinese, Korean
    r"(?:月額|年額|初月|初回)\s?\d[\d,]*\s?円|\d[\d,]*\s?円\s?[／/]\s?(?:月|年)|いつでも解約|(?:会員|購読)(?:登録|の方)|読み放題|(?:订阅|訂閱|开通会员)(?:方案|套餐|优惠)|随时取消|언제든지 해지|구독하기",
)
# What every offer speaks of; to look for these takes a hundredth of reading its sentences.
_SUBJECTS = (
    "subscri", "cancel", "trial", "abonn", "kündbar", "suscr", "assin", "abbona", "disdi", "opzegbaar", "prenumer", "bindning",
    "binding", "subskrypc", "zrezygn", "会員", "購読", "解約", "订阅", "訂閱", "구독",
)  # fmt: skip
# What a paper sells; films, music and servers are offered in the same words, in articles about them.
_READING = re.compile(
    r"\b(?:read(?:ing|ers?)?|articles?|stories|journalism|subscribers?|weiterlesen|lesen|artikel\w*|abonnent\w*|lire|abonnée?s?|leer|artículos?|suscriptor\w*|leggi|leggere|articol[oi]|ler|artigos?|"
    r"assinantes?|lezen|artikelen|läs\w*|artiklar|les|artikler|czyta\w*|artykuł\w*)\b|記事|読み放題|订阅|文章|阅读|閱讀|기사",
    re.IGNORECASE,
)
_SENTENCE = re.compile("|".join(_SENTENCES), re.IGNORECASE)
# An offer asks within its first page.
_READ = 4_000


def offered(body: str) -> tuple[float, int, str]:
    """Give the share of a body that offers a subscription, from 0 to 1, in how many sentences, and the first words that do."""
    body = body[:_READ].replace("’", "'")
    folded = body.lower()
    if not any(subject in folded for subject in _SUBJECTS) or not _READING.search(body):
        return 0.0, 0, ""
    return of_kind(body, _SENTENCE)

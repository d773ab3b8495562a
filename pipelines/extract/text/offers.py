"""Sentences of a plain text that ask the reader to subscribe, told from those that report on newsletters."""

from __future__ import annotations

import re

from pipelines.extract.text.lines import Line, Shape

__all__ = ["is_offer"]

# An offer is a line or two; a longer paragraph that speaks of a newsletter reports on it.
_OFFER_WORDS = 45
_OFFER_CHARACTERS = 600

# Words that ask the reader for something, at the beginning of a line. A whole word each: Getty, joint editors, followers
# and wanted posters ask for nothing.
_CALL = re.compile(
    r"(?:sign[ -]?up|subscribe|join|register|get|receive|enjoy|never miss|don['’]t miss|want|like what|follow|stay(?!-)|keep up|"
    r"support|donate|download|abonnez|inscrivez|recevez|suivez|ne manquez|abonnieren|abonniere|melden sie|melde dich|"
    r"erhalten sie|folgen sie|recibe|reciba|apúntate|síguenos|assine|inscreva|receba|siga|ricevi|seguici|schrijf (?:je|u)|"
    r"meld je|ontvang|volg|prenumerera|tilmeld|suscr[ií](?:b|birse|bete|base|banse|bite)|iscriv(?:iti|etevi|ersi)|"
    r"zapisz|подпи(?:шитесь|шись|сывайтесь|саться)|подписка на)(?!\w)|"
    # Not the subscribers, and not how many there are.
    r"(?:订阅|訂閱)(?![者量数數费費率])|구독(?![자료률])",
    re.IGNORECASE,
)
# In German "now" and "every" begin a report as well, in Japanese the letter itself does: the request stands further on.
_LATE_CALL = re.compile(
    r"(?:jetzt|jede[nrs]?)\b(?=.{0,200}\b(?:abonnieren|anmelden|bestellen|registrieren|sichern|(?:ihr|dein)e?[mnr]?"
    r" (?:e-?mail-?)?(?:postfach|posteingang)))|"
    r"(?:メール|ニュースレター)(?=.{0,120}(?:ください|下さい|こちら|お届け|しません|しよう|(?:登録|購読)(?:する)?[。!！]?$))",
    re.IGNORECASE,
)
# At the end of a line it is a request in any language.
_LAST_CALL = re.compile(
    r"[.!?:–—] (?:(?:jetzt|hier|gleich) (?:kostenlos )?(?:abonnieren|anmelden|bestellen)|(?:sign up|subscribe|register)(?: (?:here|now|today|for free))?|"
    r"abonnez-vous(?: ici)?|inscrivez-vous(?: ici)?|suscríbete(?: aquí| ahora| gratis)?|inscreva-se(?: aqui)?|iscriviti(?: qui| ora)?)\W{0,3}$",
    re.IGNORECASE,
)
# What it is asked to take.
_MEDIUM = re.compile(
    r"\bnewsletters?\b|\b(?:your|my) (?:e-?mail |mail)?(?:inbox|mailbox)|\bpodcast feed\b|\bour (?:app|channel|e-?mails?|briefing)\b|"
    r"\bunsubscribe\b|\bboîte (?:mail|de réception|aux lettres)|\binfolettre\b|\bpostfach\b|\bboletín\b|\bboletim\b|"
    r"\bcaixa de entrada\b|\bbandeja de entrada\b|\bcasella\b|\bnieuwsbrief\b|\bnyhedsbrev\b|\bnyhetsbrev\b|\bnewslettera?\b|"
    r"\bрассылк|メルマガ|メールマガジン|ニュースレター|通讯|電子報|电子报|뉴스레터|\bour (?:free |daily |weekly )*\w+ by e?-?mail\b",
    re.IGNORECASE,
)
_NETWORK = (
    r"(?:google (?:news|actualités|discover|noticias)|mastodon|bluesky|twitter|facebook|linkedin|instagram|whatsapp|telegram|youtube|threads|"
    r"tiktok|flipboard|x)\b"
)
# Where the site has readers follow it, and what it has them pay for, whole lines: others follow, and support, too.
_FOLLOW = re.compile(
    r"(?:follow (?:us|me|our [\w ]{2,30})|folgen sie uns|folge uns|suivez[- ]nous|síguenos|siga-nos|segui(?:teci|ci)|volg ons|подписывайтесь на наш|"
    rf"подпишитесь на наш|читайте нас в)\b[^.!?]{{0,60}}\b(?:{_NETWORK}|telegram|телеграм)[^.!?]{{0,100}}[.!]?|"
    rf"puedes seguir a [^.!?]{{2,60}} en {_NETWORK}[^.!?]{{0,160}}[.!]?|"
    r"(?:(?:enjoyed|liked|like) this (?:article|post|story|piece)\? )?support (?:our|my) (?:\w+ )?(?:journalism|reporting|work)\b[^.!?]{0,100}[.!]?",
    re.IGNORECASE,
)
# Somebody says it: a report, whatever it begins with.
_REPORTED = re.compile(
    r"\b(?:said|told|joked|confirmed|announced|sagte|sagten|bestätigte|erklärte|dijo|disse)\b|"
    r"\ba (?:déclaré|annoncé)\b|\bha (?:detto|annunciato)\b|[,\"”»] \w+ says\b|[,\"”»] says\b",
    re.IGNORECASE,
)


def is_offer(line: Line, *, after_offer: bool = False) -> bool:
    """Tell whether a sentence asks the reader to subscribe; `after_offer` says that the line above does already."""
    if line.words > _OFFER_WORDS or len(line.text) > _OFFER_CHARACTERS or line.shape not in (Shape.PROSE, Shape.TITLE):
        return False
    if _FOLLOW.fullmatch(line.text):
        return _REPORTED.search(line.text) is None
    return (after_offer or _asks(line.text)) and _MEDIUM.search(line.text) is not None


def _asks(text: str) -> bool:
    called = any((_CALL.match(text), _LATE_CALL.match(text), _LAST_CALL.search(text)))
    return called and _REPORTED.search(text) is None

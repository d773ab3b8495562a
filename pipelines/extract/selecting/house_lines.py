"""Lines in which a site or an agency speaks of itself amid an article: what it earns by a link, its app, its forum, its other reports.

No phrases, for they hold names. Only whole lines that can be nothing else: an article may be about commissions and apps.
"""

from __future__ import annotations

import re

__all__ = ["is_house_line"]

# Characters; the patterns go over a line a few times at the most.
_LONGEST = 300
_OPENING = r"[*\[(_ ]{0,3}"
# One more sentence on the same, such as "Read our policy."
_CLOSING = r"(?:[.!]\s[^.!?]{1,100})?[.!]?[^\w.!?]{0,3}"
_LINK = r"(?:links?|our site|our (?:web)?site|this (?:page|site|article|post|story|guide))"
_COMMISSION = r"(?:a |an )?(?:small |affiliate |referral )?(?:commissions?|referral fees?|affiliate fees?)\b"
_EARN = rf"(?:earn|receive|get|make) {_COMMISSION}"
_MAY = r"(?:may |might |could |can |will |'ll )?(?:also )?"
_COMMISSIONED = (
    # What the site earns, in English,
    rf"(?:if|when|whenever) you (?:buy|purchase|click|shop|make|order)\b[^.!?]{{0,80}}\b{_LINK}[^.!?]{{0,60}},? (?:we|i|[\w'’]+) {_MAY}{_EARN}[^.!?]{{0,80}}",
    rf"(?:we|i|[\w'’]+(?: [\w'’]+)?) {_MAY}{_EARN}[^.!?]{{0,60}}\b(?:{_LINK}|purchases?)\b[^.!?]{{0,60}}",
    r"this (?:article|post|page|story|guide|review|site) (?:may )?(?:contains?|includes?) (?:some )?affiliate links?\b[^.!?]{0,100}",
    r"as an amazon (?:associate|affiliate),? (?:we|i|[\w'’]+) (?:may )?earns? [^.!?]{0,80}",
    # German, French, Spanish, Portuguese, Italian, Dutch, Japanese.
    r"(?:dieser (?:artikel|beitrag|text)|diese seite) enthält (?:sogenannte )?(?:affiliate|partner|provisions)-?\s?links?\b[^.!?]{0,120}",
    r"(?:wenn sie|wer|kaufen sie|bei (?:einem kauf|käufen)) [^.!?]{0,100}\blinks?\b[^.!?]{0,60}(?:erhalten wir|bekommen wir|erhält [\w'’]+|wir)\b[^.!?]{0,40}\bprovision\b[^.!?]{0,60}",
    r"cet article (?:peut contenir|contient) des liens (?:d['’]affiliation|affiliés)\b[^.!?]{0,120}",
    r"(?:si vous|lorsque vous) [^.!?]{0,60}\bliens?\b[^.!?]{0,60}\bnous [^.!?]{0,30}\bcommission\b[^.!?]{0,60}",
    r"este (?:artículo|artigo|post) (?:puede contener|contiene|pode conter|contém) (?:enlaces|links) de afiliad[oa]s?\b[^.!?]{0,120}",
    r"questo (?:articolo|post) (?:può contenere|contiene) link (?:di affiliazione|affiliati)\b[^.!?]{0,120}",
    r"dit (?:artikel|bericht) (?:kan |bevat )[^.!?]{0,20}affiliate-?\s?links?\b[^.!?]{0,120}",
    r"(?:本記事|この記事|当サイト|本ページ)[^。]{0,30}アフィリエイト[^。]{0,60}。?",
)
_OFFERED = (
    # The languages that it may be read in; the name of one begins with a capital, or has no case.
    r"this (?:article|post|blog post|story|page|piece|report|interview) is also available in .{2,80}",
    r"dies(?:er|en) (?:artikel|beitrag|text) (?:gibt es|ist) auch (?:in|auf) [^.!?]{2,30}(?:verfügbar|erschienen|zu lesen)?",
    r"cet article est (?:aussi|également) disponible en [^.!?]{2,50}",
    r"este artículo (?:también )?está (?:también )?disponible en [^.!?]{2,50}",
    # The app.
    r"(?:download|get|install) our (?:free |mobile |new |news )?apps?\b[^.!?]{0,120}",
    r"(?:laden sie|lade|holen sie sich) (?:jetzt )?unsere [^.!?]{0,20}app\b[^.!?]{0,100}",
    r"téléchargez notre application\b[^.!?]{0,100}",
    r"(?:descarga|descargue|baixe|scarica|scaricate) (?:nuestra|nosso|la nostra) app\b[^.!?]{0,100}",
    # Where readers may talk about it.
    (
        r"(?:comments?|discuss(?:ion)?)(?: (?:this|the) (?:article|post|story|piece))? (?:on|in|at|over at) (?:our |the )?"
        r"(?:hacker news|hn|lobste\.?rs|reddit|mastodon|bluesky|(?:[\w'’]+ )?forums?|discord)(?:(?:,|,? and|,? or|/) ?[\w.]+(?: [\w.]+)?){0,4}"
    ),
)
_ADDRESS = r"(?:https?://|www\.|apnews\.com/)\S+"
# What an agency has below its reports: where it has more of them, and the rules it works by.
_AGENCIES = (
    rf"(?:for |read |see )?more (?:of )?(?:ap|associated press)(?:['’]s)?\b[^.!?]{{0,80}}?:? (?:at |on |here:? )?{_ADDRESS}(?:,? (?:and|or) {_ADDRESS})?",
    rf"ap [\w'’ -]{{2,40}}: {_ADDRESS}(?:,? (?:and|or) {_ADDRESS})?",
    rf"(?:follow|find|read) (?:(?:more|all) (?:of )?)?(?:the )?ap(?:['’]s)? [^.!?]{{0,80}}? (?:at|on|here):? {_ADDRESS}",
    r"our standards:? (?:the )?thomson reuters trust principles",
)
_HOUSE = re.compile(rf"{_OPENING}(?:{'|'.join((*_COMMISSIONED, *_OFFERED, *_AGENCIES))}){_CLOSING}", re.IGNORECASE)
# A line on what is earned has one of these, any other begins with one of those: few lines are compared.
_EARNED = ("commission", "affilia", "afilia", "provision", "amazon", "fee", "アフィリエイト")
_OPENINGS = (
    "this", "dies", "cet", "este", "download", "get", "install", "laden", "lade", "holen", "télécharge", "descarg", "baixe",
    "scarica", "comment", "discuss",
    "more ap", "more of ap", "more associated", "for more ap", "read more ap", "see more ap", "ap ", "find ap", "find more", "read ap",
    "read all of ap", "read more of ap", "our standards",
    "follow ap", "follow the ap", "follow all",
)  # fmt: skip
# Someone else's words, and the reporter's on them.
_QUOTED = re.compile(r"[\"“”„«»「」]|\b(?:said|says|told)\b", re.IGNORECASE)


def is_house_line(text: str) -> bool:
    """Tell whether `text` alone is the site's word on its commissions, languages, app or forum, or an agency's on its reports."""
    if len(text) > _LONGEST:
        return False
    low = text.lower()
    if not low.lstrip("*[(_ ").startswith(_OPENINGS) and not any(word in low for word in _EARNED):
        return False
    return _QUOTED.search(text) is None and _HOUSE.fullmatch(text) is not None

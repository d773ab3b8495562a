"""Which names are not of persons: agencies, desks of newsrooms, companies."""

from __future__ import annotations

import re

__all__ = ["is_agency", "is_desk", "is_organisation"]

# Whole names, in lower case.
_AGENCIES = frozenset(
    name
    for line in (
        "associated press, the associated press, press association, agence france-presse",
        "reuters, bloomberg, afp, dpa, apa, ansa, efe, europa press, tass, sda, kna, epd, ap, pti, ani, ians, ntb, tt, ritzau, stt",
        "sid, xinhua, yonhap, kyodo, belga, anp, lusa, agência brasil, estadão conteúdo, folhapress, ctk, čtk, pap, mti, agerpres",
        "pr newswire, globenewswire, business wire, accesswire, newsfile, prnewswire, the conversation, project syndicate, ots",
        "upi, aap, jiji, antara, ttxvn, dha, aa, iha, απε-μπε, тасс, риа новости, интерфакс, укрінформ, уніан, бта",
        "رويترز, وكالات, أ ف ب, فرانس برس, पीटीआई, 로이터, 로이터통신, ロイター, 路透社, 法新社",
    )
    for name in line.split(", ")
)
_ORGANISATION = re.compile(
    r"\b(?:staff|team|desk|news|newsroom|editors?|editorial|redaktion|redaktionen|redazione|redacción|rédaction|redação|"
    r"redactie|redakcja|redakce|toimitus|agency|agencies|agence|agentur|agencia|agenzia|ajans[ıi]|press|presse|times|post|daily|"
    r"journal|gazette|tribune|herald|magazine|media|network|tv|radio|inc|llc|ltd|gmbh|corp|corporation|incorporated|technologies|company|group|institute|"
    r"university|foundation|association|society|council|department|ministry|bureau|wire|"
    r"online|digital|studio|studios|labs?|community|partners?|blog|content|support|admin(?:istrator)?|"
    r"webmaster|contributors|guest|anonymous|our)\b|新聞|通信|通讯|社$|ニュース|뉴스|일보|연합|편집부|編集部|编辑部|"
    r"\w\.(?:com|net|org|de|is|at|ch)\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:staff|team|desk|newsroom|editors|editorial|redaktion(?:en|steam)?|redaksjonen|redazione|redacci[oó]n|rédaction|redação|"
    r"redactie|redakcja|redakce|toimitus|szerkesztőség|redac[tț]ia|haber merkezi|συντακτική ομάδα|редакци[яи]|редакція|"
    r"هيئة التحرير|فريق التحرير|غرفة الأخبار|تحریریه|ban biên tập|(?:tim )?redaksi)\b|^מערכת\b|"
    r"डेस्क|デスク$|ডেস্ক|নিজস্ব প্রতিবেদক|กองบรรณาธิการ|ทีมข่าว|편집부|편집국|編集部|编辑部|編輯部",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Tell whether `name` is that of a news agency. The dot of "İHA" stays behind in lower case."""
    return name.lower().replace("\u0307", "") in _AGENCIES


def is_desk(name: str) -> bool:
    """Tell whether `name` is that of a part of a newsroom, which stands for whoever of it wrote."""
    return _DESK.search(name) is not None


def is_organisation(name: str) -> bool:
    """Tell whether `name` is an agency's, a desk's or a company's by its words."""
    return is_agency(name) or _ORGANISATION.search(name) is not None or is_desk(name)

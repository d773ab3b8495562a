"""What stands beside a name and says what its bearer is: a role, a rank, a degree, a membership."""

from __future__ import annotations

import re

__all__ = ["DEGREE", "RANK", "ROLE", "ROLE_ALONE", "is_role", "without_roles"]

ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|contributor|columnist|producer|reviewer|analyst|author|photographer|"
    r"director|manager|chief|senior|head|lead|founder|ceo|cto|phd|ph\.d|m\.?d|mba|rn|rd|cpa|esq|professor|"
    r"redakteurin?|reporterin|korrespondentin?|journalistin?|autorin|leiterin?|volontärin?|journaliste|rédacteur|rédactrice|"
    r"correspondant|periodista|redactora?|corresponsal|giornalista|redattore|redaktør|journalist|toimittaja|dziennikarz|"
    r"horticulturalist|educator|specialist|expert|consultant|strategist|marketer|attorney|coach|developer|engineer)s?\b",
    re.IGNORECASE,
)
# A role without a name.
ROLE_ALONE = re.compile(
    rf"(?:(?:senior|sr\.?|junior|staff|lead|chief|deputy|assistant|associate|managing|contributing|guest|former|expert|the)\s+)*{ROLE.pattern}",
    re.IGNORECASE,
)
# Words before a role that belong to it, such as "Senior Autos" in "Ada Byron Senior Autos Reporter".
RANK = re.compile(
    r"\s+(?:senior|sr\.?|junior|staff|lead|chief|deputy|assistant|associate|managing|contributing|guest|content|the)\b.*$",
    re.IGNORECASE,
)
# Degrees and memberships behind a name: short words in capitals.
DEGREE = re.compile(r"(?:[A-Z][a-z]?\.?){1,3}[A-Z]{0,4}\.?®?(?:[-/ ][A-Z0-9]{2,}®?)*|Ph\.?D\.?")
# Behind a comma only: some of these are surnames, too, and stand behind a rank or before the house.
_OFFICE = re.compile(
    r"(?:(?:special|exclusive) to|on behalf of|courtesy of)\b|"
    r"(?:(?:senior|executive|vice|deputy|associate|assistant|visiting|managing|general|founding|research|postdoctoral|limited|"
    r"equity|former|interim|acting|chief|group|co)[\s-]+){0,3}"
    r"(?:vp|svp|evp|avp|coo|cfo|cio|cmo|ciso|cpo|president|researcher|scientist|lecturer|advis[eo]r|"
    r"(?:partner|fellow|scholar|principal|intern|student|candidate|host|anchor|chair|member|resident)(?=\s(?:at|of|with|in|for)\b|$))\b|"
    r".{0,40}\b(?:\w{0,20}redakt(?:eur|eurin|or|orin|orka)|\w{0,20}leiter(?:in)?|kolumnistin?|herausgeber(?:in)?|geschäftsführer(?:in)?|"
    r"researcher|scientist|subdirectora?|jef[ea] de|columnista|enviad[oa] especial|enviada?|inviat[oa]|envoyée? spéciale?|"
    r"editorialista|caporedatt(?:ore|rice)|redattrice|vicedirett(?:ore|rice)|hoofdredact(?:eur|rice)|redact(?:eur|rice)|"
    r"verslaggever|verslaggeefster|publicyst(?:a|ka)|chronique(?:ur|use)|éditorialiste|directrice|directeur)\b",
    re.IGNORECASE,
)
# Who was sent somewhere, and where to.
_SENT = re.compile(
    r"\b(?:inviat[oa]|enviad[oa](?: especial)?|envoyée? spéciale?|corresponsal|correspondante?|korrespondentin?|correspondent)"
    r"\s(?:a|à|en|in|da|di|de|aus|from)\s[^\W\d_]+",
    re.IGNORECASE,
)


def without_roles(text: str) -> str:
    """Give a text without the roles in it."""
    return ROLE.sub(" ", _SENT.sub(" ", text))


def is_role(part: str) -> bool:
    """Tell whether what stands behind a name and a comma is an office, a role or a degree."""
    return ROLE.search(part) is not None or DEGREE.fullmatch(part) is not None or _OFFICE.match(part) is not None

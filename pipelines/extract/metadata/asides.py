"""What stands beside names in a byline and is none: how long the text is, where else it is told, a link to edit it."""

from __future__ import annotations

import re

__all__ = ["leads_to_source", "without_lengths"]

# An address is read up to here; that of a page to edit another may hold all of it.
_MAX_ADDRESS = 500
# Places of a file among its versions, and where it may be changed: a repository alone may be its author's.
_SOURCE = re.compile(
    r"/(?:edit|blob|tree|raw|blame|commits?|issues|wp-admin)(?:/|$)|[?&]action=edit(?:&|$)", re.IGNORECASE
)
_WORDS = (
    r"(?:words?|wörter|worte|mots|palabras|palavras|parole|paraules|woorden|ord|sanaa|słów|slov|szó|cuvinte|kelime|λέξεις|слов[ао]?|"
    r"слів|думи|كلمة|מילים|शब्द|từ|kata|字|文字|单词|자|단어)"
)
_MINUTES = r"(?:min(?:ut(?:e[ns]?|os?|i|er|a|y)?|s)?\.?|мин(?:ут[аы]?)?\.?|хв(?:илин[аи]?)?\.?|dk\.?|dakika|λεπτά|دقائق|分钟?|分鐘|분)"
_READING = (
    r"(?:[\s-]?read(?:ing)?(?:\stime)?|\s?(?:lesezeit|leestijd|lezen|lesetid|læsetid|läsning|lukuaika|czytania|čtení|okuma|чтения|читання)|"
    r"\sde (?:lecture|lectura|leitura)|\sdi lettura|で読めます)?"
)
# A number of words or minutes, and "reading time" before it.
_LENGTH = re.compile(
    r"(?:(?:reading time|lesezeit|(?:temps de )?lecture|tiempo de lectura|tempo d[ei] (?:leitura|lettura)|leestijd)\s?:?\s?)?"
    rf"(?<![\w.,])\d{{1,3}}(?:[.,\s]?\d{{3}})?\s?(?:{_WORDS}|{_MINUTES}{_READING})(?!\w)",
    re.IGNORECASE,
)
# From here on languages are named, and no persons.
_TRANSLATIONS = re.compile(
    r"(?<!\w)(?:translations?|übersetzung(?:en)?|traductions?|traduccion(?:es)?|traduções|traduzioni|vertalingen|переводы|翻译|翻訳)\s?[:：].*$",
    re.IGNORECASE | re.DOTALL,
)


def leads_to_source(address: str) -> bool:
    """Tell whether an address is where the text itself may be changed, or its file among its versions."""
    return _SOURCE.search(address[:_MAX_ADDRESS]) is not None


def without_lengths(text: str) -> str:
    """Give a byline without the number of its text's words or minutes, and without its translations."""
    return _LENGTH.sub(" ; ", _TRANSLATIONS.sub("", text))

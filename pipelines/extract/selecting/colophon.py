"""Lines that say whose a text is, who saw to it, and on which of its pages a reader is: no phrases, for they hold names and numbers."""

from __future__ import annotations

import re

__all__ = ["is_colophon"]

# Characters; a longer line says more. The patterns go over a line a few times at the most.
_LONGEST = 160
_OPENING, _CLOSING = r"[(（\[［【〔<〈＜]?\s*", r"\s*[)）\]］】〕>〉＞]?"
_RIGHTS = r"(?:(?:copyright|저작권자)\s*)?(?:[©ⓒ]|\(c\)|copyright|저작권자)"
_COLOPHON = re.compile(
    # The editor in charge, as Chinese pages name one below the text.
    rf"{_OPENING}(?:责任编辑|責任編輯|责编|責編)\s*[:：／/|｜丨]\s*[^。！？]{{1,30}}|"
    # Not to be copied.
    rf"{_OPENING}(?:{_RIGHTS}.{{0,80}})?무단\s?(?:전재|복제)[^。]{{0,30}}금지\.?{_CLOSING}|"
    rf"{_OPENING}저작권자\s*(?:[©ⓒ]|\(c\)).{{1,80}}|"
    rf"{_OPENING}(?:{_RIGHTS}.{{0,80}})?無断(?:転載|複製|転用)[^。]{{0,16}}(?:禁じます|禁止(?:します)?)。?{_CLOSING}|"
    r"©?\s*riproduzione riservata\s*[-–—|]?\s*(?:©|\(c\)|copyright).{0,60}|"
    r"(?:免责|免責|版权|版權)?(?:声明|聲明)\s*[:：][^。！？]{0,60}(?:版权|版權|转载|轉載)[^。！？]{0,60}。?|"
    # What to do about a mistake.
    r"(?:если вы |якщо ви )?(?:нашли|заметили|увидели|знайшли|помітили) (?:ошибку|опечатку|помилку)\b"
    r"[^.]{0,40}(?:выделите|виділіть).{0,90}|"
    # The number of an article in the archive of its site.
    r"کد خبر\s*[:：]?\s*[\d۰-۹]{3,12}|"
    # One of so many pages.
    r"\W{0,2}(?:page|seite|página|pagina|halaman|strona|sida|side)\s\d{1,2}\s(?:of|von|sur|de|di|dari|van|z|av|af)\s\d{1,2}\W{0,2}|"
    rf"{_OPENING}\d{{1,2}}\s?[/／]\s?\d{{1,2}}\s?ページ{_CLOSING}",
    re.IGNORECASE,
)


def is_colophon(text: str) -> bool:
    """Tell whether `text` alone names the editor in charge or the rights in an article, its number, or the page of it."""
    return len(text) <= _LONGEST and _COLOPHON.fullmatch(text) is not None

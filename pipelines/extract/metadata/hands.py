"""Who else had a hand in a text, named beside its author: who took the pictures, translated, edited, filmed."""

from __future__ import annotations

import re

__all__ = ["is_other_hand", "other_hands", "without_other_hands"]

# What they made; in scripts of words with spaces between.
_WORK = (
    r"(?:(?:fotos?|fotografi[ae]s?|fotografías?|photos?|photography|photographs|photographies|pictures|images|illustrations?|"
    r"ilustraci(?:ón|ones)|illustrazion[ei]|illustraties?|illustrationen|grafik(?:en)?|graphics?|graphiques?|infografías?|art|artwork|"
    r"video|vidéo|vídeo|videos|film|camera|audio|translation|traducci[oó]n|traduction|traduzione|tradução|vertaling|übersetzung|"
    r"tłumaczenie|zdjęcia|edici[oó]n|edição|edits|design|layout|beeld|bilder|foto og video|фото|видео|перевод|صور|تصوير)"
    r"(?:\s(?:and|und|et|y|e|en|i|og|och|&)\s\w{3,20})?)"
)
# Who did it.
_DOER = (
    r"(?:fotograf(?:in|o|a|ka)?|photographer|photographe|illustrat(?:or|orin|eur|rice)|ilustradora?|translator|traductora?|traduct(?:eur|rice)|"
    r"traduttore|übersetzer(?:in)?|tłumacz(?:ka)?|editor|redigering|фотограф|переводчик)"
)
_MADE = (
    r"(?:translated|illustrated|photographed|filmed|produced|narrated|curated|edited|traducido|traduit|tradotto|vertaald|übersetzt|"
    r"ilustrado|illustré|fotografiert|przetłumaczone)"
)
_BY = r"(?:by|von|par|por|di|da|door|av|af|przez)"
_LABELLED = rf"(?:(?:{_WORK}|{_DOER})\s?(?:[:：]|\s{_BY}\s)|{_MADE}\s(?:(?:from|aus|du|del|de|dal)\s\S+\s)?{_BY}\s)"
# Of East Asia, where a mark stands behind the label, or nothing in Korean.
_EASTERN = (
    r"(?:(?:责任编辑|責任編輯|责编|責編|编辑|編輯|編集|校对|校對|核校|审核|初审|复审|终审|監修|来源|來源|摄影|攝影|撮影|写真|图片?|圖片?|视频|視頻|译者|譯者|翻译|翻譯|翻訳|翻訳校正|校正|"
    r"聞き手|構成|図版|イラスト|制图|监制|排版|사진|영상|그래픽|일러스트|편집|번역)\s?[:：｜|=＝]|(?:사진|영상|그래픽|일러스트)\s(?=[가-힣]{2,4}))"
)
_FIRST = re.compile(rf"\W*(?:{_LABELLED}|{_EASTERN}|写真|撮影)\s*", re.IGNORECASE)
# Behind a name, up to the mark that parts names, or to the end.
_BEHIND = re.compile(
    rf"(?<=\w)(?<!\b(?:and|und))(?<!\b(?:et|og|en))(?<!\b[yei])(?:\s*[.,;|｜/·•、]\s*|\s+[-–—]?\s*)(?:{_LABELLED}[^;|｜·•]*|{_EASTERN}.*$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|｜/·•]|(?<=\w\w)\.(?:\s|$))\s*")


def without_other_hands(text: str) -> str:
    """Give the text of a byline without those who are named behind the author for another part of the work."""
    return _BEHIND.sub(" ", text)


def is_other_hand(name: str) -> bool:
    """Tell whether a name stands behind the label of another part of the work than the text."""
    return _FIRST.match(name) is not None


def other_hands(text: str) -> list[str]:
    """Give who is named in a text of nothing but other parts of the work, sentence by sentence; empty for any other text."""
    parts = [part for part in _BETWEEN.split(text) if part]
    return [_FIRST.sub("", part) for part in parts] if all(map(is_other_hand, parts)) else []

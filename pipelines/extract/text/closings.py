"""Lines that close an article of a paper, an agency or a blog: who else worked on it, where to write to, where it was filed and printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.text.stamps import is_stamp

if TYPE_CHECKING:
    from pipelines.extract.text.lines import Line

__all__ = ["SPOKEN", "is_closing"]

# Somebody's words, or a report on them.
SPOKEN = re.compile(r"[\"“”„«»「」]|\b(?:said|says|told)\b")
_CLOSING = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing|production) by .{2,250}\)|"
    r"(?:additional |further )?reporting by [^.!?]{2,120}[;,] (?:writing|editing) by [^.!?]{2,120}|"
    r"\(?\(?[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}(?:[;,] ?[+\d ()-]{0,30};?)?\)?\)?|"
    r"(?:das (?:gespräch|interview) führten?|propos recueillis par|entrevista realizada por|intervista di) .{2,60}|"
    r"(?:write to|contact|email|reach) [^.!?]{2,60}\bat \S{1,60}@\S{1,60}|"
    r"(?:have|got) (?:a|any) (?:tips?|story|stories|news|question|comment|feedback|thoughts)\b.{0,60}\?.{0,160}(?:@|\b(?:comments|e-?mail us|let us know|contact us)\b).{0,80}|"
    r"(?:this article |a version of this article )?(?:appeared|appears) in (?:the )?[^.!?]{0,80}\bprint(?:ed)? edition\b.{0,160}|"
    r"[^.!?]{3,80}\? (?:let us know|tell us|share your [a-z]{3,12}) in the comments\b.{0,40}|"
    r"our standards: .{2,80}|"
    r"(?:post(?:ed)?|tagged|filed|categori[sz]ed|archived) (?:in|under|as|with) [^.!?:]{2,120}|tagged [^.!?:]{2,120}|posted by:? \S{2,30}|"
    r"[^。！？]{0,30}(?:转载请注明|轉載請註明|未经许可不得转载)[^。！？]{0,40}。?",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"(?:first |last |originally )?(?:published|updated|modified|posted)\b|veröffentlicht|zuletzt|publié|publicado|опубликовано",
    re.IGNORECASE,
)
_CLOSING_WORDS = 30
_HASHTAGS = re.compile(r"(?:\S{1,12}[:：]?\s)?(?:#[^\s#,]{1,40}[\s,]{0,3}){2,30}")


def is_closing(line: Line) -> bool:
    """Tell whether a line at the end of a text only closes it."""
    if line.words > _CLOSING_WORDS or line.marker or SPOKEN.search(line.text):
        return False
    stamped = _STAMPED.match(line.text) is not None and is_stamp(line)
    return stamped or any(pattern.fullmatch(line.text) for pattern in (_CLOSING, _HASHTAGS))

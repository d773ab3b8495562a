"""The lines of a plain text and their shapes: without markup, shape is all that tells a teaser from prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pipelines.extract.dates.meta import is_meta
from pipelines.extract.dates.months import MONTHS
from pipelines.extract.parsing.characters import NONE
from pipelines.extract.phrases import is_label, is_promotion, is_teaser_heading, may_be_teaser_heading
from pipelines.extract.text.wrapping import CLOSERS, ENDS, QUOTE, unwrapped
from pipelines.extract.words import count

__all__ = ["Line", "Shape", "is_network", "read_lines", "sentences"]

# A headline of more words is prose; the longest of 8,000 real headlines had 27.
_TITLE_WORDS = 27
# Shorter lines are too short to tell a cut sentence from a phrase.
_CUT_WORDS = 10
# A row of networks has no more characters; the pattern takes quadratic time on a longer line of marks.
_SHARING_CHARACTERS = 80

# With a full stop a line is a sentence; with another mark it may be a headline.
_STOPS = (".", "。", "।", "։", "።")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟।։።])\s+|(?<=[。！？])(?=.)")
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_CONTROL = re.compile(f"[{NONE}\x1c-\x1f]")
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
# "14. Oktober" is a date and no item.
_MARKER = re.compile(rf"\s*(?:(?:[-*+•◦▪●■►▶»›→➤✓–—]|\d{{1,2}}\.(?!\s+(?i:{_MONTH})\b)|\d{{1,2}}\))\s+|[•・]\s*)(?=\S)")
_ASIDE = re.compile(r"\s*[–—]\s+[^\W\d_]")
# An item of a list announces nothing; an arrow before a line may well.
_LIST_MARKERS = frozenset("-*+•・◦▪●■–—✓") | {f"{n}{stop}" for n in range(100) for stop in ".)"}
# A whole line in bold, as Markdown has it: a heading in most texts.
_BOLD = re.compile(r"(\*\*)(?=[^\s*_])([^*_]{1,200})(?<=[^\s*_])\1")
_HASHES = re.compile(r"\s*#{1,6}\s+(?=\S)")
# Marks of which writers make a rule between two paragraphs, or the end of a text.
_RULE = re.compile(r"[-–—_*=~#•·+.…\s]+")
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.)+$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|vs|etc|No|St|Dr|Mr|Mrs)\.$")
_NETWORK = (
    r"(?:x|twitter|facebook|linkedin|whatsapp|telegram|reddit|bluesky|mastodon|threads|pinterest|pocket|flipboard|xing|messenger|"
    r"instagram|tumblr|e-?mail|mail|line|hatena|weibo|wechat|sms|print|copy link|link)"
)
_ONE_NETWORK = re.compile(_NETWORK, re.IGNORECASE)
# "Share this article: Facebook | X", with a colon or several networks: shares are dealt in, too.
_SHARING = re.compile(
    r"(?:share|teilen|artikel teilen|partage[rz]|compart(?:ir|e|ilhar|ilhe)|condividi|dele?n?|dela|udostępnij|поделит(?:ь|е)ся|シェア|共有|分享|공유)"
    rf"(?:\b[^:：|]{{0,40}}[:：]\s*{_NETWORK}|\W+{_NETWORK}\W+{_NETWORK})(?:\W+{_NETWORK}){{0,9}}\W*",
    re.IGNORECASE,
)


class Shape(StrEnum):
    """What a line looks like, or announces by its words."""

    HEADING = "heading"  # announces teasers
    WEAK_HEADING = "weak heading"  # may announce them
    PROMOTION = "promotion"
    LABEL = "label"
    META = "meta"  # a date or a reading time
    RULE = "rule"  # parts what is above from what is below, and says nothing
    NUMBER = "number"  # a rank, a telephone number: no word
    TITLE = "title"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank."""

    text: str
    """The line without its list marker and without white space around it."""
    marker: str
    """`-`, `1.`, `>` or `#` where the line had a marker, else empty."""
    shape: Shape
    words: float
    """Its length in words; scripts without spaces count three characters a word."""
    cut: bool
    """Whether it breaks off in the middle of a sentence."""


def read_lines(text: str) -> list[Line]:
    """Split `text` into its lines; lines wrapped at a fixed width are joined to paragraphs first."""
    clean = _CONTROL.sub(" ", _NEWLINE.sub("\n", text.lstrip("\ufeff")))
    return [_line(line) for line in unwrapped(_runs(clean.split("\n")))]


def _runs(lines: list[str]) -> list[list[str]]:
    """Part the lines where no wrap can have: at blank lines, items, quotations, headings; below one, wherever a line begins anew."""
    runs: list[list[str]] = [[]]
    below_heading = quoted = False
    for line in lines:
        quote = QUOTE.match(line)
        if not line[quote.end() if quote else 0 :].strip():
            runs.append([])
            below_heading = False
            continue
        if quoted != (quote is not None):
            runs.append([])
            quoted = not quoted
        # The last line of a paragraph may be "more." and no heading.
        anew = not runs[-1] or not line.lstrip()[0].islower()
        heading = anew and is_teaser_heading(line)
        item = _MARKER.match(line) is not None and not _is_aside(runs[-1], line)
        if heading or (anew and below_heading) or item or _HASHES.match(line):
            runs.append([])
        runs[-1].append(line)
        below_heading = below_heading or heading
    return [run for run in runs if run]


def _is_aside(run: list[str], line: str) -> bool:
    """Tell whether a dash at the beginning of a line goes on with the sentence above it, and marks no item."""
    if not run or _ASIDE.match(line) is None or _MARKER.match(run[0]):
        return False
    return not run[-1].rstrip(f"{CLOSERS} ").endswith((*ENDS, ":", "："))


def _line(raw: str) -> Line:
    match = _MARKER.match(raw) or _HASHES.match(raw) or QUOTE.match(raw)
    marker = match.group().strip()[:1] if match else ""
    if marker.isdigit() and match:
        marker = match.group().strip()
    text = " ".join(raw[match.end() if match else 0 :].split())
    if (bold := _BOLD.fullmatch(text)) is not None:
        text = bold[2]
    words = count(text)
    shape = _shape(text, words)
    if shape in (Shape.HEADING, Shape.WEAK_HEADING) and marker in _LIST_MARKERS:
        shape = Shape.TITLE
    return Line(text, marker, shape, words, _is_cut(text, words))


def _shape(text: str, words: float) -> Shape:
    for shape, matches in (  # the first that matches counts
        (Shape.HEADING, is_teaser_heading),
        (Shape.LABEL, is_label),
        (Shape.PROMOTION, _promotes),
        (Shape.WEAK_HEADING, may_be_teaser_heading),
    ):
        if matches(text):
            return shape
    if is_meta(text):
        return Shape.META
    if not any(map(str.isalpha, text)):
        if _RULE.fullmatch(text):
            return Shape.RULE
        if any(map(str.isdigit, text)):
            return Shape.NUMBER
    bare = text.rstrip(CLOSERS)
    stopped = bare.endswith((*_STOPS, ":", ";", ",", "：")) and not bare.endswith(("...", "..."))
    if words <= _TITLE_WORDS and (not stopped or _ABBREVIATION.search(bare)):
        return Shape.TITLE
    return Shape.PROSE


def sentences(text: str) -> list[str]:
    """Part a text at the marks that end sentences."""
    return _SENTENCE_END.split(text.strip())


def is_network(text: str) -> bool:
    """Tell whether `text` alone is the name of a network, or another way to share."""
    return _ONE_NETWORK.fullmatch(text) is not None


def _promotes(text: str) -> bool:
    return is_promotion(text) or (len(text) <= _SHARING_CHARACTERS and _SHARING.fullmatch(text) is not None)


def _is_cut(text: str, words: float) -> bool:
    bare = text.rstrip(CLOSERS + " ")
    if text.rstrip(" ]").endswith(("...", "…")):
        return True
    return words >= _CUT_WORDS and not bare.endswith((*ENDS, ":", ";", "："))

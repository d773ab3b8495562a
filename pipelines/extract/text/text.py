"""Extract from plain text without markup: bodies of feeds, texts from elsewhere, with the teasers they were collected with."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode, urlsafe_b64encode
from typing import TYPE_CHECKING

from pipelines.errors import Quarantine, Reject
from pipelines.extract.parsing.parse import decode
from pipelines.extract.text.comments import without_comments
from pipelines.extract.text.frame import unframed
from pipelines.extract.text.head import Head, part_head
from pipelines.extract.text.lines import Line, Shape, read_lines, sentences
from pipelines.extract.text.marks import markdown, plain
from pipelines.extract.text.teasers import Split, split
from pipelines.extract.text.wrapping import CLOSERS, ENDS
from pipelines.records import Article, Decision, Extraction, Kind, Place, Teaser, TeaserKind
from pipelines.urls import article_id, canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXTRACTOR", "decoded", "extract_text"]

EXTRACTOR = "text-5"
# Longer texts are books or attacks; the longest article of 2,000 real ones has 180,000 characters.
_MAX_CHARACTERS = 5_000_000
# Blank ones among them: a line takes up to 25 µs.
_MAX_LINES = 100_000
# Characters that no writer types make up less of a text, and near a tenth and more of anything else.
_MOST_STRANGE = 0.01
# Enough to tell the two apart.
_LOOKED_AT = 100_000
# A headline made from a first paragraph is cut at the word before this many characters.
_MAX_TITLE = 120
# Fewer words under the headline are no article.
_LEAST_WORDS = 20
# So many headlines, of so many words each, are a list of articles.
_LISTED, _HEADLINE_WORDS = 3, 4
# Marks with which someone begins to speak: a dash would do in Spanish or Polish.
_SPEECH = ('"', "“", "„", "«", "»", "‘", "‚", "「", "『")
# With which it ends; a headline goes on behind a quotation, without a stop.
_SAID = (*ENDS, *CLOSERS, "…", ",")
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
# What a page begins with, and no text; and blocks of a page, that a text may quote.
_PAGE = re.compile(
    r"(?:[\s\ufeff]|<!--.{0,5000}?-->|<\?.{0,500}?>)*+<(?:!doctype\s+html|html|head|body|meta|title|script|link)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(
    r"</?(?:article|aside|blockquote|div|figure|footer|h[1-6]|header|li|main|nav|ol|p|section|table|ul)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)


def decoded(content: bytes) -> str:
    """Decode a plain text, in whatever charset it is; raises Reject for bytes that are none."""
    charset, text = decode(content, None)
    strange = _strange(text[:_LOOKED_AT])
    if not charset.startswith("utf-16"):
        # Charsets of East Asia have a character for nearly every pair of bytes, but none of them holds a control.
        seen = content[:_LOOKED_AT]
        strange = max(strange, (len(seen) - len(seen.translate(None, _CONTROLS))) / max(len(seen), 1))
    if strange > _MOST_STRANGE:
        raise Reject(
            f"the file is no plain text: {strange:.0%} of it are control characters or none at all; "
            "give a text, or a page without --text"
        )
    if _is_markup(text[:_LOOKED_AT]):
        raise Reject("the file is no plain text: it looks like HTML; leave out --text")
    return text


def _is_markup(text: str) -> bool:
    """Tell whether a text is a page, or part of one: begun by a block, and most of its lines with one."""
    if _PAGE.match(text):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not _BLOCK.match(lines[0].lstrip("\ufeff \t")):
        return False
    return 2 * sum(_BLOCK.search(line) is not None for line in lines) > len(lines)


def _strange(text: str) -> float:
    """Give the share of characters that stand for nothing: controls, those unassigned or private, those that were not decoded."""
    categories = ((one, unicodedata.category(one)) for one in text if not one.isascii() or not one.isprintable())
    return sum(
        one == "\ufffd" or (kind in ("Cc", "Cn", "Co", "Cs") and not one.isspace()) for one, kind in categories
    ) / max(len(text), 1)


def extract_text(text: str, *, url: str | None = None, source: str = "text") -> Extraction:
    """Cut the article in `text` free from the teasers around it.

    The first line is the headline; where it is a paragraph or speech, its first sentence stands in and the paragraph stays.
    Without `url` the text is named by its hash (RFC 6920, `ni:`). Teasers have the URL beside their
    title, if there is one; those of the site itself, such as newsletter lines, are of kind `promotion`. `article` is null where
    hardly any prose is left.
    Raises Quarantine for a text of more than `_MAX_CHARACTERS` or `_MAX_LINES`.
    """
    if len(text) > _MAX_CHARACTERS:
        raise Quarantine(f"text of {len(text):,} characters, over the limit of {_MAX_CHARACTERS:,}")
    if (number := len(text.splitlines())) > _MAX_LINES:
        raise Quarantine(f"text of {number:,} lines, over the limit of {_MAX_LINES:,}")
    lines = read_lines(text)
    if not lines:
        return _refused(Kind.EMPTY, "no text")
    title, rest = _headline(unframed(lines))
    head, rest = part_head(rest)
    rest = without_comments(rest)
    parts = split(rest, head.authors)
    body = [rest[at] for at in parts.body]
    words = int(sum(line.words for line in body))
    if not any(line.shape is Shape.PROSE for line in body) or words < _LEAST_WORDS:
        listed = max(len(parts.teasers), sum(map(_is_headline, lines)))
        kind = Kind.INDEX if listed >= _LISTED else Kind.EMPTY
        return _refused(kind, f"{_prose_words(body)} words of prose beside {listed} headlines")
    article = _article(title, head, body, text=text, url=url, source=source)
    article = article.model_copy(update={"confidence": 0.8 if parts.guessed else 0.95})
    teasers = tuple(_teasers(parts, article.id))
    reason = f"{words} words of prose, {len(teasers)} teasers"
    return Extraction(
        decision=Decision(article=True, kind=Kind.ARTICLE, score=article.confidence, reason=reason),
        article=article,
        teasers=teasers,
    )


def _is_headline(line: Line) -> bool:
    return line.shape is Shape.TITLE and line.words >= _HEADLINE_WORDS and len(sentences(line.text)) == 1


def _prose_words(body: Sequence[Line]) -> int:
    return int(sum(line.words for line in body if line.shape is Shape.PROSE))


def _refused(kind: Kind, reason: str) -> Extraction:
    return Extraction(decision=Decision(article=False, kind=kind, score=0.9, reason=reason))


def _headline(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    first, rest = lines[0], list(lines[1:])
    speech = _speaks(first) and first.text.endswith(_SAID) and bool(rest) and _speaks(rest[0])
    if first.shape is not Shape.PROSE and not speech:
        return first.text, [line for line in rest[:1] if line.text != first.text] + rest[1:]
    sentence = sentences(first.text)[0]
    if sentence == first.text and not _speaks(first) and rest and first.words <= 2 * _LEAST_WORDS:
        return first.text, rest
    if len(sentence) > _MAX_TITLE:
        sentence = sentence[:_MAX_TITLE].rsplit(" ", 1)[0] + "…"
    return sentence, list(lines)


def _speaks(line: Line) -> bool:
    return line.text.startswith(_SPEECH) or line.marker in ("–", "—")


def _article(title: str, head: Head, body: Sequence[Line], *, text: str, url: str | None, source: str) -> Article:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    moment = head.published
    named = url or f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"
    return Article(
        id=article_id(url) if url else b32encode(digest[:10]).decode().lower(),
        url=named,
        canonical_url=canonical(url, None) if url else named,
        source=source,
        title=title,
        authors=head.authors,
        published=moment.time if moment else None,
        published_precision=moment.precision if moment else None,
        published_rule=moment.rule if moment else None,
        body="\n\n".join(map(plain, body)),
        markdown=markdown(body),
        word_count=int(sum(line.words for line in body)),
        extractor=EXTRACTOR,
    )


def _teasers(parts: Split, article: str) -> list[Teaser]:
    last = parts.body[-1]
    return [
        Teaser(
            article=article,
            url=found.url,
            title=found.title,
            blurb=found.blurb,
            heading=found.heading,
            place=Place.INSIDE if found.line < last else Place.AFTER,
            position=position,
            kind=TeaserKind.PROMOTION if found.promotion else TeaserKind.EDITORIAL,
        )
        for position, found in enumerate(parts.teasers)
    ]

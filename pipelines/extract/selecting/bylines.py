"""The blocks that are bylines, and what they say of author and time where the page's own claims are silent."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pipelines.extract.cutting.blocks import HEADINGS
from pipelines.extract.dates.clock import clock_around, is_zone
from pipelines.extract.dates.dates import Moment, is_month, parse_moment, plausible, speaks_of_change
from pipelines.extract.markdown.nesting import Nesting
from pipelines.extract.metadata.asides import leads_to_source
from pipelines.extract.metadata.hands import other_hands
from pipelines.extract.metadata.leads import LEAD, is_signature, is_signed
from pipelines.extract.metadata.names import is_full_name, names_in, without_addresses
from pipelines.extract.metadata.newsrooms import is_desk, is_organisation
from pipelines.extract.metadata.roles import without_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from pipelines.extract.cutting.blocks import Block, Outline
    from pipelines.extract.metadata.metadata import Metadata
    from pipelines.extract.selecting.body import Selection

__all__ = ["completed", "is_byline", "is_person", "says_nothing", "without_bylines"]

# A byline stands before the body or right behind its first paragraph; longer ones are texts about the author, unless they begin
# as bylines do and go on with times.
REACH = 3
MAX_BYLINE, MAX_SIGNED = 100, 160
MAX_NAME_WORDS = 4
# A longer block before which bylines are looked for is prose; and so many blocks of the body are looked at.
PROSE, MOST_LINES = 80, 4
# The longest live blogs have some hundred entries.
MOST_ENTRIES = 2_000

BRACKETED = re.compile(r"[(（\[［【][^()（）]+[)）\]］】]")
WORD = re.compile(r"[^\W\d_]+")
# What stands around names, days and times in a byline and says nothing else: words of writing and time, days of the week.
AROUND = frozenset(
    word
    for line in (
        "by and with from on at the of for written posted published updated last first date min mins minute minutes read",
        "von und mit vom am um der uhr stand veröffentlicht aktualisiert zuletzt lesezeit minuten",
        "par et avec le la à publié mis mise jour écrit il por y e con el a las de del em às publicado actualizado atualizado",
        "di da il alle ore pubblicato aggiornato door en op om gepubliceerd bijgewerkt av af og och den kl publisert oppdatert",
        "temps lecture tiempo lectura tempo lettura leitura leestijd lesedauer chef adjoint adjointe stellvertretender stellvertretende",
        "dnia godz klo st nd rd th am pm p m hrs h",
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "年 月 日 時 分 时 時分 년 월 일 시 분 午前 午後 上午 下午 오전 오후 更新 公開 配信 입력 기사입력 文 記者 记者 기자",
    )
    for word in line.split()
)


def without_bylines(selection: Selection, outline: Outline, metadata: Metadata, *, live: bool = False) -> Selection:
    """Take out of the body what is nothing but authors, days and times: before its first prose, or above any entry of a `live` blog."""
    known = (*metadata.authors, *metadata.organisations)
    found = set(above_entries(selection, outline, known) if live else above_prose(selection, outline, known))
    found.update(at_end(selection, outline, known))
    if not found:
        return selection
    roles = tuple("byline" if index in found else role for index, role in enumerate(selection.roles))
    return replace(selection, kept=tuple(index for index in selection.kept if index not in found), roles=roles)


def above_prose(selection: Selection, outline: Outline, known: Sequence[str]) -> Iterator[int]:
    """Give the bylines before the first prose.

    A name that stands alone once more is no byline: those who speak in an interview are named before what they say.
    """
    texts = [outline.blocks[index].text for index in selection.kept]
    opening = next((at for at, text in enumerate(texts) if len(text) > PROSE and not is_byline(text, known)), 0)
    for index, text in zip(selection.kept[: min(opening, MOST_LINES)], texts, strict=False):
        if is_byline(text, known, heading=is_heading(outline, index)) and texts.count(text) == 1:
            yield index


def at_end(selection: Selection, outline: Outline, known: Sequence[str]) -> Iterator[int]:
    """Give the last block of a body where that signs it."""
    for index in selection.kept[1:][-1:]:
        if signs(without_addresses(outline.blocks[index].text), known):
            yield index


def signs(text: str, known: Sequence[str]) -> bool:
    """Tell whether a text is how reporters of East Asia sign, holds `known` names in brackets, or says who translated or edited."""
    if len(text) > MAX_BYLINE:
        return False
    hands = other_hands(text)
    if hands:
        return all(map(is_person, hands))
    signed = is_signature(text) or (BRACKETED.fullmatch(text) is not None and without(text, known) != text)
    return signed and is_byline(text, known)


def above_entries(selection: Selection, outline: Outline, known: Sequence[str]) -> Iterator[int]:
    """Give the lines of time and name of a live blog, wherever they stand; cells of a table are its own."""
    nesting = Nesting(outline)
    short = (index for index in selection.kept if len(outline.blocks[index].text) <= MAX_BYLINE)
    for index in islice(short, MOST_ENTRIES):
        block, heading = outline.blocks[index], is_heading(outline, index)
        told = is_byline(block.text, known, heading=heading) or (not heading and is_time(block.text))
        if told and nesting.of(block.container).cell is None:
            yield index


def is_heading(outline: Outline, index: int) -> bool:
    """Tell whether a block is a heading."""
    return outline.blocks[index].container.tag in HEADINGS


def is_byline(text: str, known: Iterable[str], *, heading: bool = False) -> bool:
    """Tell whether a text holds names that are `known` or follow a "by", a day and a time, or both, and nothing else.

    A day alone may be a `heading` of the text.
    """
    if len(text) > MAX_BYLINE and not (len(text) <= MAX_SIGNED and LEAD.match(text)):
        return False
    rest = without(text, known)
    if rest == text and is_signed(text):
        named = names_in(text)
        rest = without(text, named) if all(map(is_person, named)) else text
    if rest == text and (heading or parse_moment(text, "") is None):
        return False
    return says_nothing(without_roles(LEAD.sub("", rest)))


def is_time(text: str) -> bool:
    """Tell whether a short text holds a time of day and nothing else."""
    return clock_around(text, 0, 0) is not None and says_nothing(text)


def says_nothing(text: str) -> bool:
    """Tell whether the words of a text only stand around names, days and times."""
    return all(word.lower() in AROUND or is_month(word) or is_zone(word) for word in WORD.findall(text))


def without(text: str, names: Iterable[str]) -> str:
    """Give `text` without the names in it, whatever their case."""
    for name in names:
        whole = rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
        text = re.sub(whole, " ", text, flags=re.IGNORECASE)
    return text


def completed(metadata: Metadata, outline: Outline, selection: Selection, fetched: datetime | None) -> Metadata:
    """Fill in the authors and the time of publication that only the text around the headline tells.

    A name is believed only behind a "by" or in a byline with a date in it or beside it: alone, what looks like a byline may
    be a button. A person stands beside the desk that the page claims.
    """
    told = metadata.authors or not all(map(is_desk, metadata.organisations))
    if metadata.published is not None and told:
        return metadata
    last = (selection.kept[0] if selection.kept else 0) + REACH
    near = [index for index, role in enumerate(selection.roles[: last + 1]) if role == "byline"]
    texts = {index: text for index in near if len(text := said(outline.blocks[index])) <= MAX_SIGNED}
    moments = ((index, time_in(text, fetched, metadata.language)) for index, text in texts.items())
    times = {index: moment for index, moment in moments if moment is not None}
    if metadata.published is None and times:
        first = next(iter(times.values()))
        metadata = replace(
            metadata, published=first.time, published_precision=first.precision, published_rule=first.rule
        )
    if told:
        return metadata
    sure = [text for index, text in texts.items() if is_signed(text) or times.keys() & {index - 1, index, index + 1}]
    return replace(metadata, authors=names(sure) or names(signatures(outline, selection)))


def signatures(outline: Outline, selection: Selection) -> list[str]:
    """Give what reporters of East Asia sign their texts with right behind them."""
    last = selection.kept[-1] + 1 if selection.kept else 0
    behind = range(last, min(last + REACH, len(selection.roles)))
    texts = (without_addresses(outline.blocks[index].text) for index in behind if selection.roles[index] == "byline")
    return list(filter(is_signature, texts))


def said(block: Block) -> str:
    """Give the text of a byline without that of links to where the article may be edited."""
    own = [
        piece.text for piece in block.pieces if piece.link is None or not leads_to_source(piece.link.get("href") or "")
    ]
    return block.text if len(own) == len(block.pieces) else " ".join("".join(own).split())


def time_in(text: str, fetched: datetime | None, language: str | None) -> Moment | None:
    """Give the time in a byline that does not speak of a later change."""
    moment = None if speaks_of_change(text) else parse_moment(text, "byline", language=language)
    return moment if moment is not None and plausible(moment.time, fetched) else None


def names(texts: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the first byline that holds nothing but names of persons."""
    for text in texts:
        found = names_in(text)
        if found and all(map(is_person, found)):
            return tuple(found)
    return ()


def is_person(name: str) -> bool:
    """Tell whether a text that only its place marks as a name looks like one, and not like a topic or the label of a time."""
    words = name.split()
    if any(character.isdigit() or character in ":#" for character in name) or name in AROUND or is_organisation(name):
        return False
    capital = all(word[0].isupper() or not word[0].isalpha() or not word.isascii() for word in words)
    return is_full_name(name) and len(words) <= MAX_NAME_WORDS and capital

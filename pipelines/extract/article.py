"""A page's parts put together: blocks, body, metadata, decision and teasers as one extraction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines import urls
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.cutting.blocks import Block, Outline, outline
from pipelines.extract.deciding.page_type import decide, is_live
from pipelines.extract.deciding.several import cards, digest, several
from pipelines.extract.fallback.fallback import LEAST_WORDS, fallback
from pipelines.extract.fallback.state_claims import standfirst, with_claims
from pipelines.extract.judging.model import BlockModel, load
from pipelines.extract.markdown.markdown import markdown, plain, told
from pipelines.extract.metadata.access import access
from pipelines.extract.metadata.metadata import Metadata, from_evidence
from pipelines.extract.parsing.parse import Document, parse
from pipelines.extract.pictures import leading, pictures
from pipelines.extract.selecting import rules
from pipelines.extract.selecting.announced import announced
from pipelines.extract.selecting.body import Selection, select
from pipelines.extract.selecting.bylines import completed, without_bylines
from pipelines.extract.selecting.credited import without_credited
from pipelines.extract.selecting.emptied import without_emptied
from pipelines.extract.selecting.flat_standfirsts import with_standfirst
from pipelines.extract.selecting.lone_standfirsts import with_lone_standfirst
from pipelines.extract.selecting.rules import Ruled
from pipelines.extract.selecting.signups import without_signups
from pipelines.extract.teasers.roles import teaser_roles
from pipelines.extract.teasers.teasers import teasers
from pipelines.extract.words import count
from pipelines.records import Access, Article, Decision, Extraction, Kind, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipelines.extract.claims.json_ld import Node
    from pipelines.extract.deciding.several import Several
    from pipelines.records import Rule

__all__ = ["Examined", "examine", "extract"]

# Version of the code around the model; raised whenever the same page may give another result.
CODE = "12"
# Blocks from the last of the body on that tell whether it is cut there.
BEHIND = 3
# How sure a body by other means is.
FALLBACK_CONFIDENCE = 0.4
# What an article takes from its metadata as it stands there.
CLAIMS = (
    "syndicated_from", "site_name", "authors", "organisations", "published", "published_precision", "published_rule",
    "modified", "language", "section", "tags", "lead_image",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was found out about a page, for those who explain it."""

    document: Document
    outline: Outline
    selection: Selection
    roles: Sequence[str]
    """Role of every block, by which the teasers were taken: the selection's, corrected by `teaser_roles`."""
    metadata: Metadata
    extraction: Extraction
    ruled: Ruled
    """What the source's rule did."""
    text: Text


class Text(NamedTuple):
    """The body of a page."""

    body: str
    """Plain text."""
    markdown: str
    words: int
    confidence: float
    """How sure its cut is, from 0 to 1."""
    reader: str | None = None
    """Who found it, where the blocks yield next to nothing; null for a body of blocks."""
    nodes: tuple[Node, ...] = ()
    """Objects of the scripts' state that hold it, where it was read there."""


def extract(
    html: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    fetched: datetime | None = None,
) -> Extraction:
    """Extract the page fetched from `url`.

    Pure: the same bytes give the same result. `content_type` is the HTTP header as received; `source` brings its rules,
    of which the one in force at `fetched` is used. Raises Quarantine for a page over a bound, Reject for a `url` that is
    no http(s) URL, Misconfigured for a rule whose selector cannot be parsed, nothing else.
    """
    return examine(html, url, content_type=content_type, source=source, fetched=fetched).extraction


def examine(
    html: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    fetched: datetime | None = None,
    model: BlockModel | None = None,
) -> Examined:
    """Extract as `extract`, and keep what led to it; another `model` than the shipped one serves measurement."""
    urls.normalise(url)  # every reader of the page may then take its address apart
    model = model or load()
    document = parse(html, content_type)
    found = outline(document.tree)
    ruled = judged(found, document, url, model, rules.in_force(source, fetched))
    selection, headline = select(found, ruled.verdicts, model), ruled.headline
    evidence = Evidence(document, url)
    live = is_live(evidence, url)
    # The entries of a live blog are one article.
    parts = None if live else several(found, selection, url, evidence.base)
    if parts is not None:
        selection, headline = parts.selection, headline or parts.title
    claimed = from_evidence(evidence, fetched=fetched)
    selection = without_credited(without_bylines(selection, found, claimed, live=live), found)
    selection = with_standfirst(without_emptied(selection, found, url), found)
    if not ruled.has_body and is_brief(evidence, claimed):
        selection = with_lone_standfirst(selection, found)
    metadata = completed(claimed, found, selection, fetched)
    text = text_of(found, selection, document, evidence, metadata, ruled=ruled)
    metadata = with_claims(metadata, text.nodes, evidence, fetched)
    taken = decide(document, url, metadata, text.body, evidence=evidence, found=found, words=text.words)
    decision = decided(taken, found, selection, parts, evidence, text=text)
    canonical = (parts.url if parts is not None else None) or metadata.canonical_url
    roles = teaser_roles(found, selection.roles, selection.kept, url, evidence.base)
    article = None
    if decision.article:
        images = pictures(found, selection.kept, roles, evidence.base, authors=metadata.authors)
        metadata = replace(metadata, lead_image=leading(metadata.lead_image, images))
        article = Article(
            id=urls.article_id(canonical),
            url=url,
            canonical_url=canonical,
            source=source.id if source else "",
            title=headline or metadata.title or title_of(found, selection, text.body),
            images=images,
            access=access(evidence, text.body, metadata.access, ending(found, selection)),
            extractor=f"{CODE}-{model.version}",
            fetched=fetched,
            live=decision.kind is Kind.LIVE,
            **written(found, selection, text),
            **claims(metadata),
        )
    cards = teasers(found, roles, selection.kept, url, urls.article_id(canonical), base=evidence.base)
    extraction = Extraction(decision=decision, article=article, teasers=cards, missed=ruled.missed)
    return Examined(document, found, selection, roles, metadata, extraction, ruled, text)


def is_brief(evidence: Evidence, claimed: Metadata) -> bool:
    """Tell whether a page may be an article of one paragraph: it says that it is one, free to read, and no film's."""
    return bool(evidence.article) and claimed.access is Access.FREE and "VideoObject" not in evidence.types


def judged(found: Outline, document: Document, url: str, model: BlockModel, rule: Rule | None) -> Ruled:
    """Give what becomes of each block, by the model and what overrules it."""
    verdicts = without_signups(found, announced(found, model.judge(found, document, url), model, url), model)
    return Ruled(verdicts) if rule is None else rules.apply(rule, found, document.tree, verdicts, model)


def decided(
    decision: Decision, found: Outline, selection: Selection, parts: Several | None, evidence: Evidence, *, text: Text
) -> Decision:
    """Amend the decision on a page that would be an article, by what its blocks say."""
    if not decision.article:
        return decision
    if parts is not None:
        reason = f"the first of {parts.count} articles on the page; {decision.reason}"
        return Decision(article=True, kind=Kind.SEVERAL, score=decision.score, reason=reason)
    if openings := digest(found, selection, evidence.url, evidence.base):
        reason = f"{openings} headlines of other pages, each with its opening"
        return Decision(article=False, kind=Kind.INDEX, score=decision.score, reason=reason)
    # Where the blocks yield next to no body, what others take for one may be the teasers; below a declared brief they are its own.
    others = text.reader is not None and not evidence.article
    if others and (linked := cards(found, selection, text.body, evidence.url, evidence.base)):
        reason = f"a text of nothing but links to {linked} other pages, or what their cards say"
        return Decision(article=False, kind=Kind.INDEX, score=decision.score, reason=reason)
    return decision


def written(found: Outline, selection: Selection, text: Text) -> dict[str, Any]:
    """Give the fields of an article that are its text."""
    leading = (found.blocks[at].without_marks() for at in selection.standfirst or selection.summary)
    return {
        "standfirst": " ".join(block.text for block in leading) or standfirst(text.nodes, text.body),
        "body": text.body,
        "markdown": text.markdown,
        "word_count": text.words,
        "confidence": round(text.confidence, 4),
    }


def claims(metadata: Metadata) -> dict[str, Any]:
    """Give the fields of an article that are as the page's head and byline state them; of its language, no region."""
    spoken = metadata.language
    # As classification names the language: the region tells how to read days, and not in what words a text is.
    return {name: getattr(metadata, name) for name in CLAIMS} | {"language": spoken and spoken.partition("-")[0]}


def ending(found: Outline, selection: Selection) -> list[Block]:
    """Give the last block of the body and the few behind it."""
    return found.blocks[(last := max(selection.kept)) : last + BEHIND] if selection.kept else []


def text_of(
    found: Outline, selection: Selection, document: Document, evidence: Evidence, metadata: Metadata, *, ruled: Ruled
) -> Text:
    """Give the body; by other means where the blocks yield next to nothing and no rule says that this is all."""
    known = told(found, selection.kept)
    body = plain(found, selection.kept, known=known)
    words = round(count(body))
    if words < LEAST_WORDS and not ruled.has_body:
        other = fallback(document, found, evidence, metadata, words, removed=ruled.removed)
        if other is not None:
            return Text(
                other.body, other.markdown, round(count(other.body)), FALLBACK_CONFIDENCE, other.reader, other.nodes
            )
    marked = markdown(found, selection.kept, evidence.base, known=known)
    return Text(body, marked, words, selection.confidence)


def title_of(found: Outline, selection: Selection, body: str) -> str:
    """Give the block judged as headline, else the first sentence, where the head names no title."""
    titles = (block.text for block, role in zip(found.blocks, selection.roles, strict=True) if role == "title")
    return next(titles, None) or re.split(r"(?<=[.!?。])\s", body, maxsplit=1)[0][:120]

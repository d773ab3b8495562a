"""Put copies into pages with a site's furniture around them, and give back what our extraction reads there.

    python -m tests.benchmarks.near_duplicates_pages DOCS.jsonl OUT.jsonl [--seed N] [--least N]

DOCS.jsonl is a file of `syndicate.py` or of `edits`. Each copy becomes an HTML page on its host: masthead, menu, a promo
between the paragraphs, newsletter box, teasers, footer, all in words of the host's own. OUT.jsonl holds the originals as
they are and the copies with the bodies that `pipelines.extract` gives; `near_duplicates` finds the pairs. A page of which
no article comes keeps an empty body: it counts as a copy that was missed. --least leaves out shorter copies.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.extract import extract
from tests.benchmarks.edits import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {name}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{published}"></head>
<body class="{name}-page">
<header class="masthead"><a href="/">{name}</a><nav><ul>{menu}</ul></nav></header>
<main><article class="{name}-story"><h1>{title}</h1>
<p class="byline">By <a rel="author" href="/authors/desk">{name} staff</a> <time datetime="{published}">{published}</time></p>
<div class="story-body">{body}</div>
<div class="newsletter"><h4>{promo}</h4><form><input type="email"><button>Subscribe</button></form></div>
<section class="related"><h3>Explore more</h3><ul>{teasers}</ul></section></article></main>
<aside class="most-read"><h3>Most read</h3><ol>{teasers}</ol></aside>
<footer><p>{notice}</p><ul>{menu}</ul></footer></body></html>"""


class Sites:
    """The hosts and the words of each one's furniture."""

    def __init__(self, documents: list[Document], seed: int) -> None:
        self._seed = seed
        self._words = [w for d in documents[:300] for w in re.findall(r"[a-z]{4,}", d["body"])]

    def page(self, document: Document) -> str:
        """Give the page of a document."""
        own = random.Random(f"{self._seed} {document['host']}")
        here = random.Random(f"{self._seed} {document['id']}")
        menu = "".join(f'<li><a href="/{n}">{self._line(own, 2)}</a></li>' for n in range(20))
        promos = [self._line(own, 12) for _ in range(6)]
        teasers = [(self._line(own, 9), self._line(own, 22)) for _ in range(30)]
        shown = "".join(
            f'<li><a href="/2026/{slug}"><h5>{title}</h5></a><p>{blurb}.</p></li>'
            for title, blurb in here.sample(teasers, 4)
            for slug in [title.lower().replace(" ", "-")]
        )
        return PAGE.format(
            title=html.escape(document["title"] or "Untitled"),
            name=document["host"].partition(".")[0],
            published=document["published"],
            menu=menu,
            promo=promos[0],
            notice=self._line(own, 30),
            teasers=shown,
            body=_body(document["body"], here, f'<aside class="promo"><p>{here.choice(promos)}</p></aside>'),
        )

    def _line(self, rng: random.Random, words: int) -> str:
        return " ".join(rng.choices(self._words, k=words)).capitalize()


def _body(text: str, rng: random.Random, promo: str) -> str:
    """Set a text in paragraphs, its own or some sentences each, with a promo between two."""
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) < 3:
        every = sentences(text)
        parts = [" ".join(every[n : n + 3]) for n in range(0, len(every), 3)]
    lines = [f"<p>{html.escape(part)}</p>" for part in parts]
    lines.insert(rng.randint(1, max(1, len(lines) - 1)), promo)
    return "\n".join(lines)


def read(documents: list[Document], seed: int, least: int, lost: Counter[str]) -> Iterator[Document]:
    """Give the documents, copies as extraction reads them from their pages; counts in `lost` what gave no article."""
    sites = Sites([d for d in documents if "copy_of" not in d], seed)
    for document in documents:
        if "copy_of" not in document:
            yield document
        elif len(document["body"]) >= least:
            slug = re.sub(r"\W+", "-", document["id"]).strip("-").lower()
            url = f"https://{document['host']}/2026/02/{slug}"
            article = extract(sites.page(document).encode(), url).article
            lost[document["edit"]] += article is None
            yield document | {"body": article.body if article else ""}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int, default=0, metavar="CHARACTERS")
    arguments = parser.parse_args()
    with arguments.documents.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    lost: Counter[str] = Counter()
    with arguments.out.open("w", encoding="utf-8") as out:
        for document in read(documents, arguments.seed, arguments.least, lost):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
    print(f"pages of which no article came, by edit: {dict(+lost) or 'none'} -> {arguments.out}")


if __name__ == "__main__":
    main()

"""Write our predictions for a set of pages: `python -m tests.benchmarks.extract SET.jsonl PAGES_DIR OUT.jsonl`.

A row of the set names its page by `id`, or by `page` as `SET/ID`; the page is read from PAGES_DIR/ID.html.gz or
PAGES_DIR/SET/ID.html.gz. With --folds DIR (written by `pipelines.extract.training.train`) each page is judged by the
model that saw no page of its publisher: the cross-validated figures. Without, by the shipped model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import Quarantine
from pipelines.extract.article import examine
from pipelines.extract.model import SHIPPED, load

if TYPE_CHECKING:
    from pipelines.records import Extraction


def page_bytes(folder: Path, name: str) -> bytes:
    """Read a page of the set, whichever way the folder is laid out."""
    bare = name.rsplit("/", 1)[-1]
    places = [folder / f"{name}.html.gz", folder / f"{bare}.html.gz", *sorted(folder.glob(f"*/{bare}.html.gz"))]
    for place in places:
        if place.exists():
            return gzip.decompress(place.read_bytes())
    raise SystemExit(f"no page {name} below {folder}")


def prediction(name: str, extraction: Extraction, seconds: float) -> dict[str, Any]:
    """Give one row in the scorer's format; the sets count a visible standfirst to the body, and agencies to the authors."""
    article = extraction.article
    row: dict[str, Any] = {
        "id": name,
        "body": "",
        "teasers": [{"url": teaser.url, "title": teaser.title} for teaser in extraction.teasers],
        "article": extraction.decision.article,
        "kind": extraction.decision.kind,
        "seconds": seconds,
    }
    if article is not None:
        row |= {
            "body": "\n\n".join(part for part in (article.standfirst, article.body) if part),
            "title": article.title,
            "authors": [*article.authors, *article.organisations],
            "date": article.published.isoformat() if article.published else None,
            "lang": article.language,
            "topics": list(article.tags),
        }
    return row


def predict(rows: list[dict[str, Any]], folder: Path, folds: Path | None) -> list[dict[str, Any]]:
    """Extract every page of the set, timed by the process' CPU clock."""
    from pipelines.extract.training.folds import fold_of, publisher

    predictions = []
    load(SHIPPED) if folds is None else None
    for row in rows:
        name = row.get("page") or row["id"]
        # Some rows of the public sets lack the address of their page.
        url = row["url"] or f"https://unknown.example/{name}"
        content = page_bytes(folder, name)
        path = SHIPPED if folds is None else folds / f"fold-{fold_of(publisher(row['url']))}.onnx"
        model = load(path)
        started = time.process_time()
        try:
            extraction = examine(content, url, model=model).extraction
        except Quarantine as error:
            print(f"{name}: {error}")
            predictions.append({"id": name, "body": ""})
            continue
        predictions.append(prediction(name, extraction, time.process_time() - started))
    return predictions


def main() -> None:
    """Read the set, write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path, help="rows with id (or page) and url, one JSON object a line")
    parser.add_argument("pages", type=Path, help="folder of ID.html.gz")
    parser.add_argument("out", type=Path, help="where the predictions go")
    parser.add_argument("--folds", type=Path, help="folder of fold-0.onnx ...: cross-validated")
    arguments = parser.parse_args()
    with arguments.set.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    predictions = predict(rows, arguments.pages, arguments.folds)
    with arguments.out.open("w", encoding="utf-8") as out:
        for row in predictions:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    seconds = sum(row.get("seconds", 0) for row in predictions)
    print(f"{len(predictions)} pages, {len(predictions) / seconds:.1f} a CPU second")


if __name__ == "__main__":
    main()

"""Makes the model that is shipped: `python -m pipelines.classify.training.shipped --shared FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines import settings
from pipelines.classify import taxonomy
from pipelines.classify.model import Model, dumps
from pipelines.classify.topics import MODEL
from pipelines.classify.training.items import judged, labelled, unlike
from pipelines.classify.training.learn import learn

__all__ = ["build"]


def build(folder: Path) -> Model:
    """Learn from the labelled items of `folder` and from those that we judged ourselves."""
    headings = taxonomy.load(settings.load().config / "topics.yaml")
    items = labelled(folder / "labelled-dev.jsonl")
    return learn(items, unlike(judged(folder), items), headings.ids, headings.terms)


def main() -> None:
    """Build and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    model = build(given.shared / "data" / "topics")
    given.out.write_bytes(dumps(model))


if __name__ == "__main__":
    main()

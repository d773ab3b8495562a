"""Write our predictions for a set of pages: `python tests/benchmarks/extract.py SET.jsonl PAGES_DIR OUT.jsonl`.

A row of the set names its page by `id`, or by `page` as `SET/ID`; the page is read from PAGES_DIR/ID.html.gz or
PAGES_DIR/SET/ID.html.gz (or .html). Of the row, only its `url` is looked at besides. With --folds DIR (written by
`pipelines.extract.training.train`) each page is judged by the model that saw no page of its publisher: the
cross-validated figures. Without, by the shipped model. A page that breaks us or a limit has an empty body.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if not __package__:
    # As a plain script, Python looks for modules in this folder only; `tests` is no installed package.
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from pipelines.extract.sandbox import Sandbox
from tests.benchmarks.page_sets import name_of, page_path, rows_of, url_of
from tests.benchmarks.readers import Job, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PEER_SECONDS", "guarded", "jobs_of", "predicted"]

# The line's own bounds on a page (config/limits.yaml); peers get the same memory and more time, on machines that do other work too.
SECONDS = 10
PEER_SECONDS = 120
MEGABYTES = 1024


def jobs_of(rows: Iterable[dict[str, Any]], folder: Path, reader: str = "ours", folds: Path | None = None) -> list[Job]:
    """Find every page of the set; raises SystemExit that names those that are missing."""
    found = [(row, page_path(folder, name_of(row))) for row in rows]
    missing = [name_of(row) for row, path in found if path is None]
    if missing:
        shown = ", ".join(missing[:5])
        raise SystemExit(f"{len(missing)} pages of the set are not below {folder}, such as {shown} (.html.gz or .html)")
    return [Job(reader, name_of(row), url_of(row), path, folds) for row, path in found if path is not None]


def predicted(jobs: list[Job]) -> Iterator[dict[str, Any]]:
    """Read each page in a guarded process of its own: one that hangs or crashes costs its own row only."""
    seconds = SECONDS if all(job.reader == "ours" for job in jobs) else PEER_SECONDS
    with guarded(seconds) as sandbox:
        for job, result in zip(jobs, sandbox.map(read, jobs), strict=True):
            if result.value is None:
                print(f"{job.reader}: {job.name}: {result.error}", file=sys.stderr)
            yield result.value or {"id": job.name, "body": "", "article": False, "kind": "quarantined"}


def guarded(seconds: float) -> Sandbox:
    """Make a process that reads one page after the other, each within so many seconds."""
    return Sandbox(workers=1, seconds=seconds, megabytes=MEGABYTES, preload=["tests.benchmarks.readers"])


def main() -> None:
    """Read the set, write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path, help="rows with id (or page) and url, one JSON object a line")
    parser.add_argument("pages", type=Path, help="folder of ID.html.gz")
    parser.add_argument("out", type=Path, help="where the predictions go")
    parser.add_argument("--folds", type=Path, help="folder of fold-0.onnx ...: cross-validated")
    arguments = parser.parse_args()
    jobs = jobs_of(rows_of(arguments.set), arguments.pages, folds=arguments.folds)
    seconds = []
    with arguments.out.open("w", encoding="utf-8") as out:
        for row in predicted(jobs):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            seconds.append(row.get("seconds", 0.0))
    speed = len(seconds) / sum(seconds) if sum(seconds) else 0.0
    print(f"{len(seconds)} pages, {speed:.1f} a CPU second")


if __name__ == "__main__":
    main()

"""Print extraction's figures, ours beside the peers', in one run on the same pages: `python -m tests.benchmarks.extract_table`.

Ours stands twice: cross-validated (each page judged by a model that saw no page of its publisher: the figures that
count) and shipped (the model has seen these pages: what training pages look like). Fold models come from --folds, or are
trained first, which takes minutes. Every page is read again by every reader, in a process that may die alone; nothing is
kept between runs. Speed is pages a second of CPU time, in a pass of its own: each reader in a process of its own, some
pages in turn with the others, for a shared machine is faster in one minute than in another. Ours is timed once, with the
shipped model: nobody runs five fold models in turn.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from tests.benchmarks.extract import PEER_SECONDS, guarded, jobs_of, predicted
from tests.benchmarks.page_sets import name_of, rows_of
from tests.benchmarks.readers import PEERS, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["main"]

SHARED = Path(os.environ.get("COPYDESK_SHARED") or Path(__file__).parents[2].parent / "shared")
ARTICLES = ("aeb", "wcxb-dev", "fundus-a")
OTHERS = "other-dev"
BLOCKS = "teasers-dev"
BASE = "trafilatura"
# The set whose pages are read against the clock.
TIMED = "aeb"
# So many pages a reader in turn: as in use, what it needs stays in the processor's caches from page to page.
TURN = 20
CROSS_VALIDATED, SHIPPED = "ours, cross-validated", "ours, shipped"
# Readers that hand over a body or nothing have no opinion on what a page is.
DECIDES = (CROSS_VALIDATED, SHIPPED)
DECISIONS = frozenset(("accepted", "rejected"))


class Goal(NamedTuple):
    """One line of the table."""

    set: str
    figure: str
    at_least: float | None = None
    at_most: float | None = None

    def reached(self, value: float) -> bool:
        """Tell whether a value is as good as asked for."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        """Give the goal as the table shows it, empty where there is none."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}" if self.at_most is not None else ""


GOALS = (
    Goal("aeb", "shingle_f1", 0.972),
    Goal("aeb", "exact", 0.45),
    Goal("aeb", "f1"),
    Goal("wcxb-dev", "f1", 0.960),
    Goal("wcxb-dev", "leak_pages", at_most=0.05),
    Goal("wcxb-dev", "kept", 0.95),
    Goal("wcxb-dev", "title"),
    Goal("wcxb-dev", "date"),
    Goal("wcxb-dev", "authors"),
    Goal("fundus-a", "f1", 0.967),
    Goal("fundus-a", "title", 0.95),
    Goal("fundus-a", "date", 0.985),
    Goal("fundus-a", "authors", 0.90),
    Goal(BLOCKS, "leak_pages", at_most=0.12),
    Goal(BLOCKS, "kept", 0.975),
    Goal(BLOCKS, "teaser_recall", 0.92),
    Goal(BLOCKS, "teaser_precision", 0.92),
    Goal("aeb", "accepted", 0.99),
    Goal("fundus-a", "accepted", 0.99),
    Goal("wcxb-dev", "accepted", 0.99),
    Goal(OTHERS, "rejected", 0.92),
    Goal(TIMED, "pages_per_second"),
    Goal(TIMED, "speed beside trafilatura", 1.0),
)

Figures = dict[tuple[str, str], float]
Predictions = dict[str, dict[str, Any]]


def scorer(shared: Path) -> Any:
    """Import the scoring program from the development data."""
    path = shared / "tools" / "score_pages.py"
    spec = importlib.util.spec_from_file_location("score_pages", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"no scorer at {path}: set COPYDESK_SHARED to the folder of the development data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures_of(reader: str, sets: Sequence[str], asked: argparse.Namespace, score: Any) -> Figures:
    """Read all pages of the sets with one reader and score them."""
    folder = asked.shared / "data" / "pages"
    found: Figures = {}
    every: Predictions = {}
    for name in sets:
        rows = rows_of(folder / f"{name}.jsonl")[:: asked.every]
        folds = asked.folds if reader == CROSS_VALIDATED else None
        jobs = jobs_of(rows, folder / name, "ours" if reader in DECIDES else reader, folds)
        predictions = {row["id"]: row for row in predicted(jobs)}
        every |= {f"{name}/{key}": row for key, row in predictions.items()}
        found |= {(name, figure): value for figure, value in scored(name, rows, predictions, score)}
    labelled = [row for row in rows_of(folder / f"{BLOCKS}.jsonl") if name_of(row) in every]
    if labelled:
        out, _ = score.score_teasers(labelled, every)
        found |= {(BLOCKS, figure): value for figure, value in out.items()}
    if asked.keep:
        lines = [json.dumps({**row, "id": key}, ensure_ascii=False) for key, row in every.items()]
        (asked.keep / f"{reader}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return found


def scored(
    name: str, rows: Sequence[dict[str, Any]], predictions: Predictions, score: Any
) -> Iterator[tuple[str, float]]:
    """Give the figures of one set."""
    accepted = [bool(row.get("article", row["body"])) for row in predictions.values()]
    if name == OTHERS:
        yield "rejected", 1 - sum(accepted) / len(accepted)
        return
    yield "accepted", sum(accepted) / len(accepted)
    yield from score.score_bodies(rows, predictions)[0].items()


def speeds(readers: Sequence[str], asked: argparse.Namespace) -> dict[str, float]:
    """Give the pages a CPU second of each reader, of those that it reads at all."""
    folder = asked.shared / "data" / "pages"
    rows = rows_of(folder / f"{TIMED}.jsonl")[:: asked.every]
    names = list(dict.fromkeys("ours" if reader in DECIDES else reader for reader in readers))
    taken: dict[str, list[float]] = {name: [] for name in names}
    with ExitStack() as stack:
        started = {name: stack.enter_context(guarded(PEER_SECONDS)) for name in names}
        for turn in range(0, len(rows), TURN):
            for name, sandbox in started.items():
                results = sandbox.map(read, jobs_of(rows[turn : turn + TURN], folder / TIMED, name))
                taken[name] += [result.value["seconds"] for result in results if result.value is not None]
    found = {name: len(seconds) / sum(seconds) if seconds else float("nan") for name, seconds in taken.items()}
    return {reader: found["ours" if reader in DECIDES else reader] for reader in readers}


def table(figures: Mapping[str, Figures]) -> Table:
    """Lay the figures out, a column a reader; what reaches its goal is marked."""
    for found in figures.values():
        base = figures.get(BASE, {}).get((TIMED, "pages_per_second"), float("nan"))
        found[TIMED, "speed beside trafilatura"] = found.get((TIMED, "pages_per_second"), float("nan")) / base
    shown = Table("figure", "set", "to reach", *figures, box=MARKDOWN)
    for goal in GOALS:
        cells = [cell(goal, reader, found.get((goal.set, goal.figure))) for reader, found in figures.items()]
        shown.add_row(goal.figure.replace("_", " "), goal.set, str(goal), *cells)
    return shown


def cell(goal: Goal, reader: str, value: float | None) -> str:
    """Show one figure; a dash stands for what a reader does not give."""
    silent = value == 0 and goal.figure in {"title", "date", "authors"}
    if value is None or math.isnan(value) or silent or (goal.figure in DECISIONS and reader not in DECIDES):
        return "-"
    text = f"{value:.1f}" if goal.figure == "pages_per_second" else f"{value:.3f}"
    if reader == CROSS_VALIDATED and goal.figure in DECISIONS:
        return f"{text} *"
    if reader == CROSS_VALIDATED and str(goal):
        text += " ✓" if goal.reached(value) else " ✗"
    return text


def train_folds(shared: Path, folder: Path) -> None:
    """Train the fold models; the model of all pages that comes with them is not used."""
    command = [sys.executable, "-m", "pipelines.extract.training.train", "--shared", str(shared)]
    print("training the fold models ...", file=sys.stderr, flush=True)
    subprocess.run([*command, "--folds", str(folder), "--out", str(folder / "all.onnx")], check=True)


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the development data")
    parser.add_argument("--folds", type=Path, help="folder of fold-0.onnx ...; trained first where not given")
    parser.add_argument("--readers", nargs="*", default=[*DECIDES, *PEERS], help="columns of the table")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="read every N-th page only")
    parser.add_argument("--keep", type=Path, help="folder for the predictions")
    return parser.parse_args()


def main() -> None:
    """Read, score, print."""
    asked = parsed()
    score = scorer(asked.shared)
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="folds-") as made:
        if asked.folds is None and CROSS_VALIDATED in asked.readers:
            asked.folds = Path(made)
            train_folds(asked.shared, asked.folds)
        figures: dict[str, Figures] = {}
        for reader in asked.readers:
            print(f"{reader} ...", file=sys.stderr, flush=True)
            sets = (*ARTICLES, OTHERS) if reader in DECIDES else ARTICLES
            figures[reader] = figures_of(reader, sets, asked, score)
        print("speed ...", file=sys.stderr, flush=True)
        for reader, speed in speeds(asked.readers, asked).items():
            figures[reader][TIMED, "pages_per_second"] = speed
    console = Console(width=260)
    console.print(table(figures))
    console.print(
        "✓ and ✗: whether the cross-validated figure reaches its goal. Shipped: the model has seen these pages."
    )


if __name__ == "__main__":
    main()

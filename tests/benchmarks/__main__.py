"""`make bench STAGE=name`: run one stage's benchmark with the arguments that make its table; without a name, list them.

Further arguments go to the benchmark (`make bench STAGE=extract ARGS="--help"`). Development data is found through
COPYDESK_SHARED, else in the folder `shared` beside the checkout.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

SHARED = Path(os.environ.get("COPYDESK_SHARED") or Path(__file__).parents[2].parent / "shared")


class Stage(NamedTuple):
    """A benchmark and how it is called."""

    module: str
    """Module under `tests.benchmarks`."""
    tells: str
    arguments: tuple[str, ...] = ()
    """`{shared}` stands for the development data's folder, `{copies}` for a file of articles and made-up copies."""
    needs: str | None = None
    """What of the development data it reads; null for a benchmark that makes its own."""


STAGES = {
    "extract": Stage("extract_table", "body, leaks, teasers, fields, beside the peers", needs="data/pages"),
    "near_duplicates": Stage(
        "near_duplicates_table", "copies found, beside the peers", ("{copies}",), needs="tools/syndicate.py"
    ),
    "window": Stage("near_duplicates_window", "seconds for 1,000 articles as the window grows"),
    "stories": Stage("stories", "events found, beside TF-IDF and MiniLM", needs="data/stories"),
    "topics": Stage("topics", "topics beside the peers", needs="data/topics"),
    "crawl": Stage("crawl", "pages a second beside a bare spider"),
    "discover": Stage("discover", "article links of a page, beside the peers", needs="data/pages"),
    "replay": Stage("replay", "the whole line over stored pages", ("--shared", "{shared}"), needs="data/pages"),
    "speed": Stage("speed", "pages a CPU second of the whole extraction", needs="data/pages"),
}


def known(stage: Stage) -> bool:
    """Tell whether this checkout has the benchmark."""
    return importlib.util.find_spec(f"tests.benchmarks.{stage.module}") is not None


def listing() -> str:
    """One line a stage."""
    width = max(map(len, STAGES))
    lines = [f"  {name:{width}}  {stage.tells}" for name, stage in STAGES.items() if known(stage)]
    return "\n".join(["make bench STAGE=...", *lines])


def made_copies(folder: Path) -> Path:
    """Make a file of articles and syndicated copies of them; their texts are development data and never kept."""
    documents = folder / "copies.jsonl"
    tool = [sys.executable, str(SHARED / "tools" / "syndicate.py"), str(documents), "--seed", "4"]
    subprocess.run(tool, check=True, stdout=subprocess.DEVNULL)
    return documents


def run(stage: Stage, extra: list[str]) -> int:
    """Run a stage's benchmark; gives its exit code."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        values = {"shared": str(SHARED)}
        if "{copies}" in stage.arguments:
            values["copies"] = str(made_copies(Path(folder)))
        arguments = [argument.format_map(values) for argument in stage.arguments]
        command = [sys.executable, "-m", f"tests.benchmarks.{stage.module}", *arguments, *extra]
        environment = {**os.environ, "COPYDESK_SHARED": str(SHARED)}
        return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """List the stages, or run the one that is named; 2 where it cannot run here."""
    if not arguments:
        print(listing())
        return 0
    stage = STAGES.get(arguments[0])
    if stage is None or not known(stage):
        print(f"bench: no stage {arguments[0]!r}\n{listing()}", file=sys.stderr)
        return 2
    if stage.needs and not (SHARED / stage.needs).exists():
        where = f"{SHARED / stage.needs} is not there: set COPYDESK_SHARED to the folder of the development data"
        print(f"bench: {arguments[0]} needs development data; {where}", file=sys.stderr)
        return 2
    return run(stage, arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

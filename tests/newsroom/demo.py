"""The demo: the newsroom on loopback, and the real DAGs run once over it. `make run` is this.

Its bucket and state lie under `.state/demo`, so that a second run finds what the first one stored.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dags import leash
from tests.newsroom.publishers import publishers
from tests.newsroom.server import Newsroom
from tests.newsroom.sources import write_sources

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Serve the newsroom while the DAGs run; gives their exit code."""
    state = Path(os.environ.get("COPYDESK_STATE", ROOT / ".state")) / "demo"
    folder = state / "sources"
    for stale in set(folder.glob("*.yaml")) - set(write_sources(folder)):
        stale.unlink()
    with Newsroom() as room:
        print(f"The demo newsroom serves {len(publishers())} publishers on 127.0.0.1:{room.port}.", flush=True)
        environment = {
            **os.environ,
            "COPYDESK_BUCKET": str(state / "bucket"),
            "COPYDESK_STATE": str(state),
            "COPYDESK_SOURCES": str(folder),
            "COPYDESK_RESOLVE": json.dumps(dict(room.resolve)),
        }
        command = [sys.executable, "-m", "dags.once", "--revisit", "always"]
        return leash.run(command, environment)


if __name__ == "__main__":
    sys.exit(main())

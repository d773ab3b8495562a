"""`python -m tests.newsroom` serves the newsroom until it is told to end (TERM or Ctrl-C)."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from tests.newsroom.server import Newsroom
from tests.newsroom.sources import write_sources


def main() -> None:
    """Serve, print the hosts, wait."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--edition", type=int, default=1, choices=(1, 2), help="2 shows the edited articles")
    parser.add_argument("--sources", type=Path, help="write the publishers' declarations into this folder first")
    asked = parser.parse_args()
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    if asked.sources:
        write_sources(asked.sources)
    with Newsroom(port=asked.port, edition=asked.edition) as room:
        for host, address in room.resolve.items():
            print(f"{host}={address}", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()

"""A leash: runs a command that ends with whoever started it, however that ends: `python -m dags.leash MODULE ARG ...`.

The command gets a process group of its own. Ctrl-C and SIGTERM end the whole group; the command ends it by itself when
its standard input closes, which a SIGKILL of the starter does too. So nothing goes on crawling unseen.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

__all__ = ["held", "run"]

_HELD = "COPYDESK_HELD"
# A crawl closes its WARC file and uploads it: seconds; then it is killed, and the next crawl does it.
_PATIENCE_SECONDS = 8.0


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command in a group of its own; gives its exit code, 128 + N where signal N told us to stop."""
    environment = {**(os.environ if env is None else env), _HELD: "1"}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True) as child:
        with _stopping(child.pid) as stopped:
            code = child.wait()
        _end(child.pid)
    return 128 + stopped[0] if stopped else code


def held() -> None:
    """End this process's group when its starter is gone. Does nothing where no leash holds it."""
    if os.environ.pop(_HELD, None):
        threading.Thread(target=_wait, name="leash", daemon=True).start()


def _wait() -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.killpg(0, signal.SIGTERM)


@contextmanager
def _stopping(group: int) -> Iterator[list[int]]:
    """Pass a signal that tells us to stop on to the group: SIGTERM the first time, SIGKILL for the impatient."""
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL if stopped else signal.SIGTERM)
        if not stopped:
            sys.stderr.write("\nstopping; the next run goes on from here\n")
        stopped.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(group: int) -> None:
    """Wait for what the command left behind, then kill it."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.1)
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(run([sys.executable, "-m", *sys.argv[1:]]))

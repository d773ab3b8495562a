"""Child processes: run one, pass on what it says, end it when its parent is told to stop."""

from __future__ import annotations

import json
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Child", "Completed", "uninterrupted"]

# How long a child may take to close its files after SIGTERM; Airflow kills a task's group after five.
_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Completed:
    """How a child ended."""

    code: int
    """Exit code; negative for the signal that ended it."""
    summary: dict[str, Any]
    """The JSON object on its last line of output; empty where there was none."""


@dataclass(slots=True)
class Child:
    """A command whose standard error is told line by line and whose last line of output is a JSON object."""

    command: Sequence[str]
    tell: Callable[[str], None]
    env: dict[str, str] | None = None
    given: bytes = b""
    """What it reads from standard input."""
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _stopped: bool = field(default=False, init=False)

    def run(self) -> Completed:
        """Run the command to its end. It is ended first where this call is left by an exception."""
        # A file, which unlike a pipe can be full or broken for neither side.
        with tempfile.TemporaryFile() as given:
            given.write(self.given)
            given.seek(0)
            with uninterrupted():
                process = self._process = subprocess.Popen(
                    self.command,
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    errors="replace",
                    env=self.env,
                )
        listener = Thread(target=self._listen, args=(process,), daemon=True)
        with process:
            listener.start()
            try:
                last = ""
                for line in process.stdout or ():
                    last = line.strip() or last
                code = process.wait()
            finally:
                self.stop()
                listener.join()
        if self._stopped:
            raise InterruptedError(f"{' '.join(self.command[:4])} was told to stop")
        return Completed(code, _json(last))

    def stop(self) -> None:
        """End the command if it still runs: SIGTERM, then SIGKILL. Safe to call from a signal handler."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        self._stopped = True
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stderr or ():
            self.tell(line.rstrip())


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let processes that are started in here hear no Ctrl-C: a terminal sends it to all, and who started them ends them.

    Python would answer one that comes while its modules load with a traceback. Here it is heard at the end of the block: a
    process that was half started would belong to nobody.
    """
    heard: list[int] = []
    in_main = current_thread() is main_thread()
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number)) if in_main else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
    if heard:
        signal.raise_signal(signal.SIGINT)


def _json(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

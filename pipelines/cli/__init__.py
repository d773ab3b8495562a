"""The `copydesk` command line."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["main"]

# What shells give for a program that Ctrl-C ended.
_INTERRUPTED = 128 + signal.SIGINT
_TOLD = "stopped\n"


def main() -> None:
    """Load the commands and run them. Ctrl-C ends either with one line and 130."""
    before = signal.signal(signal.SIGINT, _leave)
    from pipelines.cli import app  # noqa: PLC0415  it takes a second, in which nobody else would catch Ctrl-C

    signal.signal(signal.SIGINT, before)
    try:
        app.main()
    except KeyboardInterrupt:
        code: object = _INTERRUPTED
    except SystemExit as error:
        code = error.code
    else:
        return
    if code == _INTERRUPTED:
        sys.stderr.write(_TOLD)
    sys.exit(code)  # type: ignore[arg-type]  # whatever the command said


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End at once: an exception would surface in the middle of an import, as whatever that makes of it."""
    os.write(2, _TOLD.encode())
    os._exit(_INTERRUPTED)

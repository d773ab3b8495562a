"""What the system and the libraries below refuse, told in one line: what, where, what to do about it."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import NamedTuple

from deltalake.exceptions import DeltaError
from polars.exceptions import PolarsError
from pyarrow import ArrowException

from pipelines import settings
from pipelines.errors import CopydeskError

__all__ = ["FOREIGN", "Failure", "failure"]

FOREIGN = (OSError, DeltaError, PolarsError, ArrowException)
"""Errors of others that a command ends with; any other one is a bug of ours, and its trace is shown."""

_RIGHTS = "Give the user who runs this the right to read and write there"
_REMEDIES = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOTDIR: "Name a folder",
    errno.EISDIR: "Name a file",
    errno.EEXIST: "Name a folder: a file stands in its place",
    errno.ENOSPC: "Make room there",
    errno.EDQUOT: "Make room there",
}
_PRINTERS = {"click", "rich", "typer", "pipelines.cli.output"}
_OPERATORS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}


class Failure(NamedTuple):
    """How a command that failed ends."""

    text: str
    """One line."""
    code: int
    """Its exit code: 2 where the operator has to mend it, 1 where it may pass."""


def failure(error: Exception) -> Failure:
    """Tell an error of the system or of a library."""
    if isinstance(error, OSError) and error.errno is not None:
        where = "standard output" if _of_output(error) else error.filename or _bucket()
        remedy = _REMEDIES.get(error.errno, "Try again")
        return Failure(f"{where}: {error.strerror}. {remedy}", 2 if error.errno in _OPERATORS else 1)
    told = " ".join(str(error).split())
    return Failure(
        f"{_bucket()}: {type(error).__name__}: {told:.300}. Try again; if it stays, look at what it names", 1
    )


def _of_output(error: OSError) -> bool:
    """Tell whether it is standard output that takes nothing: that error names no file, and is met by those who print."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    module = frame.f_globals.get("__name__", "")
    if error.filename is not None or not {module, module.partition(".")[0]} & _PRINTERS:
        return False
    try:
        sys.stdout.flush()
    except OSError:
        # What waits for it is dropped: Python would try it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


def _bucket() -> str:
    try:
        return settings.load().bucket
    except CopydeskError:
        return "COPYDESK_BUCKET"

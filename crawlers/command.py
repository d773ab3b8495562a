"""The shell of the commands in this folder: an error that is raised on purpose ends as one line and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from pipelines.errors import CopydeskError, Misconfigured

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["run"]


def run(app: Callable[[], object]) -> None:
    """Run a command: 0 done, 1 the world was not ready or the input is not wanted, 2 misconfigured."""
    try:
        app()
    except CopydeskError as error:
        typer.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, Misconfigured) else 1)

"""Processes of their own, which find a test's settings in their environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.settings import Settings

__all__ = ["at_once", "environment"]


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """Give this process's environment with the settings and more in it."""
    given = {f"COPYDESK_{name.upper()}": value for name, value in settings if value is not None}
    return {**os.environ, **{name: written(value) for name, value in given.items()}, **more}


def written(value: object) -> str:
    """Give a setting as its variable has it."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return json.dumps(value) if isinstance(value, dict) else str(value)


def at_once(script: str, settings: Settings, names: Iterable[object]) -> list[subprocess.Popen[bytes]]:
    """Start a script once for each name, which is its argument."""
    known = environment(settings)
    return [subprocess.Popen([sys.executable, "-c", script, str(name)], env=known) for name in names]

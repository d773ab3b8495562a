"""The version of the code, as it stands on every row it makes."""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["CODE"]

CODE = version("copydesk")
"""Version of the installed project."""

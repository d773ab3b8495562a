"""Errors named by what to do about them.

    CopydeskError
    ├── RetryLater       the world was not ready (timeout, 503, lost race): the same call may work later
    ├── Reject           the input is understood and not wanted (no article, opt-out): record the fate, go on
    ├── Quarantine       the input is hostile or breaks us (bomb, crash, over a limit): set it aside, look at it
    └── Misconfigured    an operator wrote something wrong: stop, say file, line, key, value and what to do

Airflow tasks retry `RetryLater` and fail at once on `Misconfigured`; `Reject` and `Quarantine` never fail a batch,
they end as a fate of their URL.
"""

from __future__ import annotations

__all__ = ["CopydeskError", "Misconfigured", "Quarantine", "Reject", "RetryLater"]


class CopydeskError(Exception):
    """Base of every error this project raises on purpose; its text is a sentence an operator can act on."""


class RetryLater(CopydeskError):
    """The world was not ready; the same call may work later.

    `after` is the number of seconds to wait where the other side named one, else None.
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Reject(CopydeskError):
    """The input is understood and not wanted. The text is the reason that its fate records."""


class Quarantine(CopydeskError):
    """The input breaks us or a limit; it is set aside with this reason and its batch goes on."""


class Misconfigured(CopydeskError):
    """A setting or a file under config/ is wrong. `where` is `file:line` or the setting's name."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}. {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy

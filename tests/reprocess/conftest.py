"""One small archive for all tests of reprocessing, read once by each rule; each test has a copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.bucket import Directory
from pipelines.reprocess import steps
from tests.reprocess import desk
from tests.reprocess.desk import archive, declare, processed, settle

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose tables hold what it read without a rule, and that has read the archive by the rule since."""
    folder: Path = tmp_path_factory.mktemp("reprocess")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder, patch)
        declare(folder, desk.CHANGED)
        keys = archive(Directory(folder / "bucket"))
        for key in keys:
            desk.extracted(key)
        declare(folder)
        processed(keys)
        assert steps.compare(keys, (), print).same == len(keys) + 2
    return folder


@pytest.fixture
def bucket(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """A copy of the installation, and the environment that leads to it."""
    desk.copied(base, tmp_path)
    settle(tmp_path, monkeypatch)
    return Directory(tmp_path / "bucket")

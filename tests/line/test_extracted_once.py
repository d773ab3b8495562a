"""What was extracted once is not extracted again, unless other code or rules would make something else of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines import layout, settings, sources, stages
from pipelines.bucket import Directory
from pipelines.classify.in_use import SHIPPED, Taught
from pipelines.edition import edition
from pipelines.errors import RetryLater
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KEY = layout.warc("harbour", date(2026, 1, 2), "r", 0)
DECLARED = "name: Harbour\nhome: http://harbour.test/\n"
RULE = "rules:\n  - since: 2026-01-01\n    body: .story\n    why: a test\n"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """A bucket with a WARC file that holds no exchange: it ends as one fate."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "harbour.yaml").write_text(DECLARED)
    for name, value in (("BUCKET", "bucket"), ("STATE", "state"), ("SOURCES", "sources")):
        monkeypatch.setenv(f"COPYDESK_{name}", str(tmp_path / value))
    desk = Directory(tmp_path / "bucket")
    desk.create(KEY, b"")
    return desk


def test_a_file_is_read_no_second_time(bucket: Directory) -> None:
    assert stages.extract(KEY) == {"urls": 1, "articles": 0}
    bucket.delete(KEY)
    # Nothing is left to read but what was made of it.
    assert stages.extract(KEY) == {"urls": 1, "articles": 0}
    assert stages.commit([KEY]) == {"quarantined": 1}


def test_what_other_rules_made_is_not_committed_and_made_again(bucket: Directory, tmp_path: Path) -> None:
    other = layout.warc("other", date(2026, 1, 2), "r", 0)
    bucket.create(other, b"")
    for key in (KEY, other):
        stages.extract(key)
    (tmp_path / "sources" / "harbour.yaml").write_text(DECLARED + RULE)
    with pytest.raises(RetryLater, match=r"1 files were extracted by other code or rules .* 1 were committed"):
        stages.commit([KEY, other])
    assert stages.uncovered() == [KEY]
    stages.extract(KEY)
    assert stages.commit([KEY, other]) == {"quarantined": 1}
    assert len(list(bucket.list("work/extracted/"))) == 3


def test_an_edition_is_named_alike_in_every_process_and_by_all_that_it_depends_on(tmp_path: Path) -> None:
    given = settings.load()
    (tmp_path / "harbour.yaml").write_text(DECLARED)
    source = sources.load_one(tmp_path / "harbour.yaml")
    (tmp_path / "harbour.yaml").write_text(DECLARED + RULE)
    ruled = sources.load_one(tmp_path / "harbour.yaml")
    limits = given.limits
    slower = limits.model_copy(update={"extract": limits.extract.model_copy(update={"seconds": 11})})
    batches = limits.model_copy(update={"process": limits.process.model_copy(update={"files": 1})})
    names = [
        edition(source, limits, SHIPPED),
        edition(ruled, limits, SHIPPED),
        edition(None, limits, SHIPPED),
        edition(source, slower, SHIPPED),
        edition(source, limits, Taught(model=tmp_path / "a.npz")),
        edition(source, limits, Taught(names=tmp_path / "a.yaml")),
    ]
    assert len(set(names)) == len(names)
    # How many files a batch has decides nothing of what is made of each.
    assert edition(source, batches, SHIPPED) == names[0]
    code = (
        "from pipelines.classify.in_use import SHIPPED; from pipelines.edition import edition; from pipelines import "
        "settings; print(edition(None, settings.load().limits, SHIPPED))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == names[2]

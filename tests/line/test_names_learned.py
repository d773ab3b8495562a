"""What the archive teaches of names: learned by a command, kept in the bucket, known to the next batch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pipelines import stages
from pipelines.bucket import open_bucket
from pipelines.classify import in_use
from pipelines.classify.entities import find
from pipelines.errors import Misconfigured
from pipelines.read import read_page
from pipelines.settings import load
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket

BODY = "Ternworks, a robotics startup, showed an arm for kitchens on Monday."
LATE = "We saw Ternworks there, between two stalls that sold tea, and nobody could say what the machine was for. "


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The bucket, in a directory, of an installation whose sources all wrote of one unknown company."""
    monkeypatch.setenv("COPYDESK_BUCKET", str(tmp_path / "bucket"))
    monkeypatch.setenv("COPYDESK_STATE", str(tmp_path / "state"))
    bucket = open_bucket(load())
    names = find("", BODY, "en")
    addresses = [f"https://www.site{number % 2}.example/{number}" for number in range(6)]
    commit(
        bucket, *(met(url, f"Part {at}", f"{BODY} {at}", hour=at, entities=names) for at, url in enumerate(addresses))
    )
    return bucket


def learn(*options: str) -> dict[str, Any]:
    """Run the command as an operator does."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "names", "learn", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def known_on_a_page() -> list[str | None]:
    """Ids of the names of a page that says nothing of who they are, read as a batch reads it."""
    taught = in_use.fetch(open_bucket(load()), load().state)
    page = f"<!doctype html><title>A fair</title><article><h1>A fair</h1>{f'<p>{LATE * 2}</p>' * 5}</article>"
    read = read_page(
        page.encode(),
        "https://www.site0.example/2026/11/a-fair",
        content_type="text/html; charset=utf-8",
        source=None,
        page=None,
        taught=taught,
    )
    assert read.article is not None
    return [entity.id for entity in read.article.entities]


def test_a_name_that_the_archive_taught_is_known_to_the_next_batch(bucket: Bucket) -> None:
    assert learn("--dry-run") == {
        "kept_as": None,
        "names": [{"name": "Ternworks", "kind": "company", "new": True}],
    }
    assert known_on_a_page() == []
    assert learn()["kept_as"] == "models/names.yaml"
    assert known_on_a_page() == ["copydesk:company/ternworks"]
    # Again, now that it is known.
    assert learn()["names"] == [{"name": "Ternworks", "kind": "company", "new": False}]
    assert bucket.get("models/names.yaml") == b"company:\n  Ternworks: {}\n"


def test_an_empty_archive_teaches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_BUCKET", str(tmp_path / "empty"))
    monkeypatch.setenv("COPYDESK_STATE", str(tmp_path / "state"))
    assert stages.learn_names() == {"kept_as": None, "names": []}


@pytest.mark.parametrize("text", ["company: [Ternworks]", "firm: {Ternworks: {}}", "company: {Ternworks: {", "word"])
def test_a_list_of_names_that_is_none_stops_the_batch_and_says_so(bucket: Bucket, text: str) -> None:
    bucket.replace("models/names.yaml", text.encode())
    with pytest.raises(Misconfigured, match=r"names\.yaml"):
        in_use.fetch(bucket, load().state)

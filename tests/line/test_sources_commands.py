"""`copydesk sources`: alone, and what it starts as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.newsroom import Newsroom
from tests.newsroom.sources import write_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom() as served:
        yield served


def copydesk(room: Newsroom, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"COPYDESK_SOURCES": str(folder), "COPYDESK_RESOLVE": json.dumps(dict(room.resolve))}
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "sources", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_sources_alone_and_list_say_the_same(room: Newsroom, tmp_path: Path) -> None:
    write_sources(tmp_path)
    alone, listed = copydesk(room, tmp_path, "--json"), copydesk(room, tmp_path, "list", "--json")
    assert (alone.returncode, listed.returncode) == (0, 0), listed.stderr
    assert json.loads(alone.stdout) == json.loads(listed.stdout)
    assert "demo-saltmarsh" in alone.stdout


def test_check_tells_how_each_place_is_and_ends_with_one_where_a_source_is_lost(room: Newsroom, tmp_path: Path) -> None:
    write_sources(tmp_path)
    well = copydesk(room, tmp_path, "check", "demo-saltmarsh", "--json")
    assert well.returncode == 0, well.stderr
    assert any(place["articles"] for place in json.loads(well.stdout))
    host = next(iter(room.resolve))
    (tmp_path / "lost.yaml").write_text(f"name: Lost\nhome: http://lost.test/\nfeeds: [http://{host}/no-feed-here]\n")
    lost = copydesk(room, tmp_path, "check", "lost")
    assert lost.returncode in {1, 2}, lost.stderr
    assert "lost" in lost.stderr
    assert copydesk(room, tmp_path, "check", "nobody").returncode == 2


def test_add_proposes_a_declaration_that_loads(room: Newsroom, tmp_path: Path) -> None:
    home = next(url for url in room.truth).split("/")[2]
    done = copydesk(room, tmp_path, "add", f"http://{home}/", "--id", "found", "--write")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "found.yaml").is_file()
    assert "found" in copydesk(room, tmp_path, "list", "--json").stdout

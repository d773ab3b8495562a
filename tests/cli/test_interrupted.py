"""Ctrl-C ends a command with one line and 130, whatever it and the processes that it started are at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = "<!doctype html><title>A story</title><article><h1>A story</h1><p>Some words of it.</p></article>"


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let Ctrl-C be heard, which a shell turns off for what it runs in the background, tests and all their children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(folder: Path, *arguments: str, when: Callable[[int], bool]) -> tuple[int, str]:
    """Run a command as a terminal does, in a process group, and interrupt the group; give exit code and stderr."""
    environment = {
        **os.environ,
        "COPYDESK_BUCKET": str(folder / "bucket"),
        "COPYDESK_STATE": str(folder / "state"),
        "COPYDESK_SOURCES": str(folder / "sources"),
        "COPYDESK_RESOLVE": '{"wire.test": "127.0.0.1:9"}',
        "PYTHONPATH": f"{folder / 'modules'}",
    }
    (folder / "sources").mkdir()
    (folder / "sources" / "wire.yaml").write_text("name: Wire\nhome: http://wire.test/\n")
    command = [str(Path(sys.executable).with_name("copydesk")), *arguments]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not when(process.pid):
            assert time.monotonic() < deadline
            assert process.poll() is None, process.stderr
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    return process.returncode, err


def started(part: str) -> Callable[[int], bool]:
    """Tell whether the command has started a process whose command line holds `part`, a moment ago."""

    def has_started(group: int) -> bool:
        for path in Path("/proc").glob("[0-9]*"):
            try:
                same = os.getpgid(int(path.name)) == group
                if same and part in (path / "cmdline").read_text().replace("\0", " "):
                    time.sleep(0.2)  # into its imports
                    return True
            except OSError:
                continue
        return False

    return has_started


def test_while_the_modules_load(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    # Stands before the real one, and is as slow as a cold disk.
    (tmp_path / "modules" / "polars.py").write_text(
        f"import pathlib, time\npathlib.Path({str(tmp_path / 'loading')!r}).touch()\ntime.sleep(60)\n"
    )
    ended = interrupted(tmp_path, "articles", when=lambda _: (tmp_path / "loading").exists())
    assert ended == (130, "stopped\n")


def test_while_the_workers_of_the_sandbox_load(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    code, err = interrupted(tmp_path, "extract", str(tmp_path / "page.html"), when=started("forkserver"))
    assert (code, err.strip()) == (130, "stopped")


@pytest.mark.parametrize(
    ("arguments", "part"), [(("crawl", "wire", "-v"), "crawlers.run"), (("sources", "check"), "crawlers.survey")]
)
def test_while_a_process_that_talks_to_sites_loads(tmp_path: Path, arguments: tuple[str, ...], part: str) -> None:
    code, err = interrupted(tmp_path, *arguments, when=started(part))
    assert (code, err.splitlines()[-1]) == (130, "stopped")
    assert "Traceback" not in err

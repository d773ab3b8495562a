from __future__ import annotations

import itertools
import multiprocessing
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import Quarantine, Reject, RetryLater
from pipelines.extract.sandbox import Sandbox
from tests.extract.hostile import behave, in_daemon

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(workers=2, seconds=3, megabytes=300) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("hang", "took longer than 3 s"),
        ("crash", "SIGSEGV"),
        ("killed", "SIGKILL"),
        ("leave:3", "exit code 3"),
        ("fill:400", "needed more than 300 MB"),
        ("grow", "needed more than 300 MB"),
        ("quarantine:odd bytes", "odd bytes"),
        ("fail:what", "ValueError at hostile.py"),
        ("recurse", "RecursionError"),
    ],
)
def test_a_page_that_breaks_its_worker_is_set_aside_and_its_neighbours_are_not(
    box: Sandbox, deed: str, reason: str
) -> None:
    before, broken, after = box.map(behave, ["echo:before", deed, "echo:after"])
    assert isinstance(broken.error, Quarantine)
    assert reason in str(broken.error)
    assert (before.value, after.value) == ("before", "after")
    assert before.error is after.error is None


def test_a_page_is_held_to_its_own_time_not_to_the_machines() -> None:
    with Sandbox(workers=1, seconds=0.25) as sandbox:
        patient, stuck = sandbox.map(behave, ["slow:0.5", "slow:9"])
    assert patient.value == "0.5"
    assert str(stuck.error) == "took longer than 3 s on the clock"


def test_a_rejection_comes_back_as_itself(box: Sandbox) -> None:
    (result,) = box.map(behave, ["reject:opted out"])
    assert isinstance(result.error, Reject)
    assert str(result.error) == "opted out"


def test_memory_within_the_limit_is_granted_page_after_page(box: Sandbox) -> None:
    results = list(box.map(behave, ["fill:200"] * 6))
    assert [result.error for result in results] == [None] * 6


def test_results_come_in_the_order_of_the_items(box: Sandbox) -> None:
    results = box.map(behave, ["slow:0.3", "echo:1", "slow:0.1", "echo:2"])
    assert [result.value for result in results] == ["0.3", "1", "0.1", "2"]


def test_many_deaths_in_a_row_lose_no_other_page(box: Sandbox) -> None:
    deeds = [f"echo:{n}" if n % 3 else "killed" for n in range(30)]
    results = list(box.map(behave, deeds))
    assert [result.value for result in results] == [str(n) if n % 3 else None for n in range(30)]


def test_items_are_taken_only_as_fast_as_they_are_worked_off(box: Sandbox) -> None:
    taken = itertools.count()
    results = box.map(behave, (f"echo:{next(taken)}" for _ in itertools.repeat(None)))
    for _ in range(5):
        next(results)
    assert next(taken) <= 5 + 2 * 2


def test_a_worker_does_not_import_the_program_that_started_it(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "print('imported', flush=True)\n"
        "from pipelines.extract.sandbox import Sandbox\n"
        "from tests.extract.hostile import behave\n"
        "with Sandbox(workers=1) as box:\n"
        "    print(*(result.value for result in box.map(behave, ['echo:a', 'killed', 'echo:b'])))\n"
    )
    root = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, program], env={"PYTHONPATH": root}, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.splitlines() == ["imported", "a None b"]


def test_a_daemonic_process_may_have_a_sandbox() -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=in_daemon, args=(queue,), daemon=True)
    process.start()
    values = queue.get(timeout=60)
    process.join(20)
    assert values == ["a", None, "b"]
    assert process.exitcode == 0


def test_a_thread_may_have_a_sandbox() -> None:
    values: list[str | None] = []

    def work() -> None:
        with Sandbox(workers=1, seconds=5) as sandbox:
            values.extend(result.value for result in sandbox.map(behave, ["echo:a", "killed", "echo:b"]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert values == ["a", None, "b"]


def test_a_sandbox_whose_workers_cannot_start_says_so() -> None:
    with pytest.raises(RetryLater, match="no_such_module"), Sandbox(workers=1, preload=["no_such_module"]):
        pass


def test_a_sandbox_works_only_inside_its_with_block() -> None:
    with pytest.raises(RuntimeError, match="with block"):
        list(Sandbox().map(behave, ["echo:a"]))

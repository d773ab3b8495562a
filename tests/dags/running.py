"""Real runs of the DAGs, one after the other in a process of their own: Airflow takes its settings at its import."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Ran", "airflow", "batches_of", "events", "run"]

_BEGIN = """
import json, os, sys
from dags.environment import airflow_environment, migrate
from pipelines.settings import load
given = load()
environment = airflow_environment(given)
migrate(given, environment)
os.environ.update(environment)
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(environment["AIRFLOW__CORE__DAGS_FOLDER"])
"""
_RUN = """
told = []
for name, conf, retries in json.loads(sys.argv[1]):
    dag = bag.dags[name]
    for task in dag.tasks:
        if retries is not None:
            if task.is_mapped:
                task.partial_kwargs["retries"] = retries
            else:
                task.retries = retries
    ran = dag.test(run_conf=conf)
    tasks = {}
    for one in ran.get_task_instances():
        tasks.setdefault(one.task_id, []).append([str(one.state), one.try_number])
    told.append([str(ran.state), {name: sorted(ends) for name, ends in tasks.items()}])
print(json.dumps(told))
"""


class Ran(NamedTuple):
    """How a run of a DAG ended."""

    state: str
    tasks: dict[str, list[tuple[str, int]]]
    """State and number of tries of each task's instances."""

    def states(self, task: str) -> list[str]:
        """Give the states of a task's instances."""
        return [state for state, _ in self.tasks[task]]


def airflow(state: Path, code: str, *arguments: str, **environment: str) -> Any:  # what the code tells
    """Run code that finds the DAGs as `bag`; gives what its last line of output tells as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + code, *arguments],
        env={**os.environ, "COPYDESK_STATE": str(state), "COPYDESK_BUCKET": str(state / "bucket"), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def run(
    state: Path,
    *dags: tuple[str, Mapping[str, object]],
    retries: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Sequence[Ran]:
    """Run DAGs with their parameters. `retries` stands for the DAGs' own, whose pauses take minutes."""
    told = airflow(state, _RUN, json.dumps([(*dag, retries) for dag in dags]), **(environment or {}))
    return [Ran(end, {name: [(s, n) for s, n in ends] for name, ends in tasks.items()}) for end, tasks in told]


def events(state: Path, asset: str) -> list[dict[str, Any]]:
    """Give what each event of an asset carries, in order."""
    with closing(sqlite3.connect(state / "airflow" / "airflow.db")) as database:
        rows = database.execute(
            "select e.extra from asset_event e join asset a on a.id = e.asset_id where a.name = ? order by e.id",
            (asset,),
        )
        return [json.loads(extra) for (extra,) in rows]


def batches_of(files: int, state: Path) -> dict[str, str]:
    """Give the environment of an installation whose batches are that small."""
    shutil.copytree(ROOT / "config", state / "config")
    limits = state / "config" / "limits.yaml"
    lines = limits.read_text().splitlines(keepends=True)
    limits.write_text("".join(f"  files: {files}\n" if line.startswith("  files:") else line for line in lines))
    return {"COPYDESK_CONFIG": str(state / "config")}

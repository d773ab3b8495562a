"""The command that keeps the bucket in order, as the DAG `maintain` does."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines import stages
from pipelines.cli.buckets import to_read
from pipelines.cli.output import AsJson, print_json, product
from pipelines.store.tables import TABLES

__all__ = ["maintain"]


def maintain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Compact the tables and remove what nobody needs any more.

    Superseded rows can be read for `upkeep.retention_days` (config/limits.yaml), by time travel; then their files go, and what
    extraction and the journal left of batches that all tables hold. No row changes. It may run beside anything.
    """
    to_read()
    tables = {name: stages.tidy_table(name, dry_run=dry_run) for name in TABLES}
    work = stages.tidy_work(dry_run=dry_run)
    if as_json:
        print_json({"dry_run": dry_run, "tables": tables, "work": work})
        return
    for name, told in tables.items():
        what = f"{told['compacted']} small files" + ("" if dry_run else f" into {told['into']}")
        product.print(f"{name:12} {what}, {told['removed']} superseded files removed", highlight=False)
    removed = f"{work['extracted']} intermediates and {work['journal']} rows of the journal removed"
    product.print(f"{'work':12} {removed}", highlight=False)
    if dry_run:
        product.print("A dry run: nothing was done.")

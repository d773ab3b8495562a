"""`copydesk topics` and `copydesk names`: what the line may learn from this archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines import stages
from pipelines.cli.buckets import to_read
from pipelines.cli.output import AsJson, console, print_json
from pipelines.visible import visible

__all__ = ["names", "topics"]

topics = typer.Typer(no_args_is_help=True, help="The topic model, and what it may learn from this archive.")

names = typer.Typer(no_args_is_help=True, help="The names of companies, products and persons that this archive taught.")


@names.callback()
@topics.callback()
def _group() -> None:
    """Keep the one command a command of its own: a group of one command would swallow its name."""


@topics.command("train")
def train(
    labels: Annotated[
        str | None, typer.Option(help="Corrected labels: lines of an article's id or URL, a tab, and its topics.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare only, replace nothing.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Teach the model what this archive tells, and take it into use where it is better on articles held back."""
    to_read()
    done = stages.train_topics(Path(labels) if labels else None, replace=not dry_run)
    if as_json:
        print_json(done)
        return
    for name in ("before", "after"):
        told = ", ".join(f"{what} {share:.3f}" for what, share in done[name].items() if share is not None)
        typer.echo(f"{name}: {told} ({done['versions'][name]})")
    typer.echo(f"{done['learned']} articles learned from, {done['held_back']} held back: {done['decision']}")


@names.command("learn")
def learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell only, keep nothing.")] = False,
    as_json: Annotated[bool, AsJson] = False,
) -> None:
    """Learn names that several sources use in the same sense; from the next batch on they are known without evidence."""
    to_read()
    done = stages.learn_names(replace=not dry_run)
    if as_json:
        print_json(done)
        return
    for name in done["names"]:
        typer.echo(visible(f"{name['kind']:<13} {name['name']}{'' if name['new'] else '  (known before)'}"))
    kept = f"kept as {done['kept_as']}" if done["kept_as"] else "nothing kept"
    console.print(f"{len(done['names'])} names: {kept}", highlight=False, soft_wrap=True)

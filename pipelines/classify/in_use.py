"""What the archive taught, where it is in use: the topic model and the names in the bucket, else those that are shipped."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipelines import layout
from pipelines.classify import gazetteer as names
from pipelines.classify import learned, model, topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pipelines.bucket import Bucket

__all__ = ["SHIPPED", "Taught", "fetch", "gazetteer", "put", "put_names", "read"]


class Taught(NamedTuple):
    """Files below the state folder, where worker processes read them."""

    model: Path | None = None
    """The topic model; null for the shipped one."""
    names: Path | None = None
    """Names beside the curated ones; null for none."""


SHIPPED = Taught()


def fetch(bucket: Bucket, state: Path) -> Taught:
    """Copy what the bucket holds under `state`. Raises `Misconfigured` for what is no model, or no list of names."""
    return Taught(
        _copied(bucket, layout.topic_model(), state, model.loads),
        _copied(bucket, layout.learned_names(), state, lambda data, where: names.parse(data.decode(), where)),
    )


def _copied(bucket: Bucket, key: str, state: Path, check: Callable[[bytes, str], object]) -> Path | None:
    try:
        data = bucket.get(key)
    except KeyError:
        return None
    path = state / "models" / f"{hashlib.sha256(data).hexdigest()[:16]}.{key.rpartition('.')[2]}"
    if not path.exists():
        check(data, bucket.uri(key))
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(data)
        half.replace(path)
    return path


@lru_cache(maxsize=2)
def read(path: Path | None) -> model.Model:
    """Read the model at `path`, once a process; the shipped one for null."""
    return topics.shipped() if path is None else model.load(path)


def put(bucket: Bucket, made: model.Model) -> str:
    """Take a model into use from the next batch on; gives the key under which it stays when it is replaced itself."""
    data = model.dumps(made)
    kept = layout.topic_model(made.version)
    bucket.create(kept, data)
    bucket.replace(layout.topic_model(), data)
    return kept


@lru_cache(maxsize=2)
def gazetteer(path: Path | None) -> names.Gazetteer:
    """Give the curated names with those of the file at `path`, once a process; a curated name comes before a learned one."""
    if path is None:
        return names.known()
    curated = {entry.name for entry in names.curated()}
    return names.Gazetteer((*names.curated(), *(entry for entry in names.read(path) if entry.name not in curated)))


def put_names(bucket: Bucket, entries: Iterable[names.Entry]) -> str:
    """Let names be known from the next batch on; gives the key where they are."""
    bucket.replace(layout.learned_names(), learned.as_yaml(entries).encode())
    return layout.learned_names()

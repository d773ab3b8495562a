"""The topic model in use: the one that `copydesk topics train` left in the bucket, else the one that is shipped."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines import layout
from pipelines.classify import model, topics

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.bucket import Bucket

__all__ = ["fetch", "put", "read"]


def fetch(bucket: Bucket, state: Path) -> Path | None:
    """Copy the bucket's model under `state`, where worker processes read it; null where the bucket holds none.

    Raises `Misconfigured` for what is no model.
    """
    try:
        data = bucket.get(layout.topic_model())
    except KeyError:
        return None
    path = state / "models" / f"{hashlib.sha256(data).hexdigest()[:16]}.npz"
    if not path.exists():
        model.loads(data, bucket.uri(layout.topic_model()))
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

"""The index beside a WARC file in the bucket, as a crawl reads it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawlers import cdxj, salvage

if TYPE_CHECKING:
    from pipelines.bucket import Bucket

__all__ = ["read"]


def read(bucket: Bucket, key: str) -> list[dict[str, Any]]:
    """Read the index `key`; one that is torn is made again from its WARC file, which holds all that it told.

    Earlier versions tore lines that held U+0085, U+2028 or U+2029: of an ETag, of a feed's language.
    """
    try:
        return cdxj.read(bucket.get(key).decode())
    except ValueError:
        return cdxj.read("".join(_made_again(bucket, key.removesuffix(".cdxj") + ".warc.gz")))


def _made_again(bucket: Bucket, warc: str) -> list[str]:
    name = warc.rpartition("/")[2]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with bucket.open(warc) as stream, path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        return salvage.cut(path, name)

"""Object storage: one small interface, over a directory (the embedded default) and over S3 (`pipelines/s3.py`)."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from pipelines.settings import Settings

__all__ = ["Bucket", "Directory", "open_bucket"]

_RIGHTS = "Give the user who runs this the right to read and write there, or name another bucket"
_FOLDER = "Name a folder: a file stands in its place"
# What an operator has to mend, by errno; what is not here (a full disk, a broken one) may pass.
_REMEDIES = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOTDIR: _FOLDER,
    errno.EEXIST: _FOLDER,
}


class Bucket(Protocol):
    """What the project asks of object storage. Keys use `/`; a missing key raises `KeyError`."""

    def create(self, key: str, body: bytes | Path) -> bool:
        """Write an object unless the key exists; tell whether it was written. Never half-visible."""

    def replace(self, key: str, body: bytes | Path) -> None:
        """Write an object whether the key exists or not. Never half-visible."""

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        """Read an object, or `length` bytes of it from `offset`."""

    def open(self, key: str) -> AbstractContextManager[IO[bytes]]:
        """Open an object as a stream that is read once, from its beginning."""

    def list(self, prefix: str) -> Iterator[str]:
        """Yield the keys that begin with `prefix`, in order."""

    def delete(self, key: str) -> None:
        """Remove an object; a missing one is no error."""

    def uri(self, key: str) -> str:
        """Address of a key for delta-rs and for people."""

    def made(self) -> bool:
        """Make the bucket where there is none yet; tell whether it was made. Raises `Misconfigured` where it cannot be."""

    def require(self) -> None:
        """Raise `Misconfigured` where there is no such bucket."""

    @property
    def delta_options(self) -> dict[str, str]:
        """Storage options for delta-rs."""


class Directory:
    """A bucket in a local directory. What its folders' permissions forbid raises `Misconfigured`, as on S3."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root):
            raise ValueError(f"key {key!r} leads out of the bucket")
        return path

    def _written(self, key: str, body: bytes | Path) -> tuple[Path, Path]:
        """Write to a temporary file beside the target: a name that no listing yields."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                _fill(file, body)
        except OSError:
            temporary.unlink()  # a full disk needs it least
            raise
        temporary.chmod(0o644)
        return path, temporary

    def create(self, key: str, body: bytes | Path) -> bool:
        """Write an object unless the key exists: a hard link is atomic and refuses an existing name."""
        with self._told(key):
            path, temporary = self._written(key, body)
            try:
                os.link(temporary, path)
            except FileExistsError:
                return False
            finally:
                temporary.unlink()
        return True

    def replace(self, key: str, body: bytes | Path) -> None:
        """Write an object whether the key exists or not."""
        with self._told(key):
            path, temporary = self._written(key, body)
            temporary.replace(path)

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        """Read an object, or a range of it."""
        try:
            with self._told(key), self._path(key).open("rb") as file:
                file.seek(offset)
                return file.read(-1 if length is None else length)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise KeyError(key) from error

    @contextmanager
    def open(self, key: str) -> Iterator[IO[bytes]]:
        """Open an object as a stream."""
        try:
            with self._told(key):
                file = self._path(key).open("rb")
        except FileNotFoundError as error:
            raise KeyError(key) from error
        with file:
            yield file

    def list(self, prefix: str) -> Iterator[str]:
        """Yield the keys that begin with `prefix`, in order."""
        folder = self._path(prefix.rpartition("/")[0])
        with self._told(prefix):
            keys = [
                (Path(where) / name).relative_to(self.root).as_posix()
                for where, _, names in os.walk(folder, onerror=_unless_gone)
                for name in names
                if not name.startswith(".part-")
            ]
        yield from sorted(key for key in keys if key.startswith(prefix))

    def delete(self, key: str) -> None:
        """Remove an object; a missing one is no error."""
        with self._told(key), suppress(FileNotFoundError):
            self._path(key).unlink()

    def uri(self, key: str) -> str:
        """Path of a key."""
        return str(self._path(key))

    def made(self) -> bool:
        """Make the directory where there is none yet; tell whether it was made."""
        with self._told(""):
            missing = not self.root.exists()
            self.root.mkdir(parents=True, exist_ok=True)
        return missing

    def require(self) -> None:
        """Raise `Misconfigured` where the directory is not there."""
        with self._told(""):
            if not self.root.exists():
                raise Misconfigured(
                    "COPYDESK_BUCKET", f"there is no bucket at {self.root}", "Correct the path, or crawl into it first"
                )
            if not self.root.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.root))

    @contextmanager
    def _told(self, key: str) -> Iterator[None]:
        """Name a path that is no folder, or that this user may not read or write, as the operator's to mend."""
        try:
            yield
        except OSError as error:
            remedy = _REMEDIES.get(error.errno or 0)
            if remedy is None:
                raise
            where = error.filename or self.root / key
            raise Misconfigured("COPYDESK_BUCKET", f"{where}: {error.strerror}", remedy) from error

    @property
    def delta_options(self) -> dict[str, str]:
        """A directory needs none."""
        return {}


def _unless_gone(error: OSError) -> None:
    """Let a walk go on only where a folder is not there: what cannot be read must not look empty."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _fill(file: IO[bytes], body: bytes | Path) -> None:
    if isinstance(body, Path):
        with body.open("rb") as source:
            shutil.copyfileobj(source, file, 1 << 20)
    else:
        file.write(body)
    file.flush()
    os.fsync(file.fileno())


def open_bucket(settings: Settings) -> Bucket:
    """Open the bucket that the settings name; raises `Misconfigured` for an address that can be none."""
    address = settings.bucket.strip()
    if not address:
        raise Misconfigured("COPYDESK_BUCKET", "it is empty", "Name a directory or s3://name/prefix, or unset it")
    if address.startswith("s3://"):
        name, _, prefix = address.removeprefix("s3://").partition("/")
        if not name:
            raise Misconfigured(
                "COPYDESK_BUCKET", f"no bucket name in {address!r}", "Write s3://name or s3://name/prefix"
            )
        from pipelines.s3 import S3  # noqa: PLC0415  boto3 takes half a second to import, and a directory needs none

        return S3(name, prefix, settings)
    if "://" in address:
        raise Misconfigured("COPYDESK_BUCKET", f"unknown scheme in {address!r}", "Use a directory or s3://")
    try:
        return Directory(Path(address).expanduser())
    except RuntimeError as error:
        raise Misconfigured("COPYDESK_BUCKET", f"{address!r}: {error}", "Write the whole path") from error

"""A bucket on S3, or on a server that speaks it, through boto3."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)

from pipelines.errors import Misconfigured, RetryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_s3 import S3Client

    from pipelines.settings import Settings

__all__ = ["S3"]

_DENIED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "403"}
_MISNAMED = (NoCredentialsError, PartialCredentialsError, ParamValidationError)


class S3:
    """A bucket, or a prefix of one, on S3 or a server that speaks it."""

    def __init__(self, name: str, prefix: str, settings: Settings) -> None:
        _check(settings)
        self.name = name
        self.prefix = prefix.strip("/") + "/" if prefix.strip("/") else ""
        self._settings = settings

    @cached_property
    def _client(self) -> S3Client:
        secret = self._settings.s3_secret
        return boto3.client(
            "s3",
            endpoint_url=self._settings.s3_endpoint or None,
            region_name=self._settings.s3_region,
            aws_access_key_id=self._settings.s3_key or None,
            aws_secret_access_key=secret.get_secret_value() if secret else None,
            config=Config(retries={"mode": "standard", "max_attempts": 5}),
        )

    def create(self, key: str, body: bytes | Path) -> bool:
        """Write an object unless the key exists (`If-None-Match: *`, answered 412 where it does)."""
        try:
            self._put(key, body, IfNoneMatch="*")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 412:
                return False
            raise self._told(key, error) from error
        return True

    def replace(self, key: str, body: bytes | Path) -> None:
        """Write an object whether the key exists or not."""
        try:
            self._put(key, body)
        except ClientError as error:
            raise self._told(key, error) from error

    def _put(self, key: str, body: bytes | Path, **condition: str) -> None:
        arguments: dict[str, Any] = {"Bucket": self.name, "Key": self.prefix + key, **condition}
        try:
            if isinstance(body, Path):
                with body.open("rb") as file:
                    self._client.put_object(Body=file, **arguments)
            else:
                self._client.put_object(Body=body, **arguments)
        except BotoCoreError as error:
            raise self._told(key, error) from error

    def get(self, key: str, offset: int = 0, length: int | None = None) -> bytes:
        """Read an object, or a range of it."""
        if length == 0:
            return b""
        end = "" if length is None else str(offset + length - 1)
        try:
            answer = self._client.get_object(Bucket=self.name, Key=self.prefix + key, Range=f"bytes={offset}-{end}")
            return answer["Body"].read()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in {"NoSuchKey", "404"}:
                raise KeyError(key) from error
            if code == "InvalidRange":
                return b""
            raise self._told(key, error) from error
        except BotoCoreError as error:
            raise self._told(key, error) from error

    @contextmanager
    def open(self, key: str) -> Iterator[IO[bytes]]:
        """Open an object as a stream, through a temporary file: a slow reader would let the connection time out."""
        with tempfile.TemporaryFile() as file:
            try:
                self._client.download_fileobj(self.name, self.prefix + key, file)
            except ClientError as error:
                if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                    raise KeyError(key) from error
                raise self._told(key, error) from error
            except BotoCoreError as error:
                raise self._told(key, error) from error
            file.seek(0)
            yield file

    def list(self, prefix: str) -> Iterator[str]:
        """Yield the keys that begin with `prefix`, in order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix + prefix)
        try:
            for page in pages:
                for item in page.get("Contents", []):
                    yield item["Key"].removeprefix(self.prefix)
        except (ClientError, BotoCoreError) as error:
            raise self._told(prefix, error) from error

    def delete(self, key: str) -> None:
        """Remove an object; a missing one is no error."""
        try:
            self._client.delete_object(Bucket=self.name, Key=self.prefix + key)
        except (ClientError, BotoCoreError) as error:
            raise self._told(key, error) from error

    def uri(self, key: str) -> str:
        """`s3://` address of a key."""
        return f"s3://{self.name}/{self.prefix}{key}"

    def made(self) -> bool:
        """Make none: where and for whom a bucket is made is its owner's to say. Raises `Misconfigured` without one."""
        self.require()
        return False

    def require(self) -> None:
        """Raise `Misconfigured` where there is no such bucket, `RetryLater` where its server does not answer."""
        try:
            self._client.list_objects_v2(Bucket=self.name, Prefix=self.prefix, MaxKeys=1)
        except (ClientError, BotoCoreError) as error:
            raise self._told("", error) from error

    @property
    def delta_options(self) -> dict[str, str]:
        """Endpoint, credentials and the conditional PUT that keeps two writers apart."""
        settings = self._settings
        options = {"AWS_REGION": settings.s3_region, "aws_conditional_put": "etag"}
        if settings.s3_endpoint:
            options["AWS_ENDPOINT_URL"] = settings.s3_endpoint
            options["AWS_ALLOW_HTTP"] = str(settings.s3_endpoint.startswith("http://")).lower()
        if settings.s3_key and settings.s3_secret:
            options["AWS_ACCESS_KEY_ID"] = settings.s3_key
            options["AWS_SECRET_ACCESS_KEY"] = settings.s3_secret.get_secret_value()
        return options

    def _told(self, key: str, error: Exception) -> Exception:
        """Name the error by what to do: denied or missing buckets are the operator's, all else passes."""
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
        if code == "NoSuchBucket":
            where = self._settings.s3_endpoint or f"Amazon's {self._settings.s3_region}"
            return Misconfigured(
                "COPYDESK_BUCKET", f"there is no bucket s3://{self.name} at {where}", "Create it, or correct the name"
            )
        if code in _DENIED or isinstance(error, _MISNAMED):
            return Misconfigured(
                "COPYDESK_BUCKET", f"{self.uri(key)}: {_line(error)}", "Check the bucket's name and its keys"
            )
        return RetryLater(f"{self.uri(key)}: {_line(error)}")


def _line(error: Exception) -> str:
    """Give what boto says on one line."""
    return " ".join(str(error).split())


def _check(settings: Settings) -> None:
    """Raise `Misconfigured` for an endpoint that is no URL, and for half a pair of keys.

    With one of them alone boto3 and delta-rs would ask the instance's own metadata server for others.
    """
    endpoint = settings.s3_endpoint
    if endpoint and not (endpoint.startswith(("http://", "https://")) and urlsplit(endpoint).netloc):
        raise Misconfigured("COPYDESK_S3_ENDPOINT", f"{endpoint!r} is no URL", "Write http://host:port or https://host")
    key, secret = bool(settings.s3_key), bool(settings.s3_secret and settings.s3_secret.get_secret_value())
    if key != secret:
        given, lacking = ("S3_KEY", "S3_SECRET") if key else ("S3_SECRET", "S3_KEY")
        raise Misconfigured(
            f"COPYDESK_{lacking}",
            f"it is not set, and COPYDESK_{given} is",
            "Set both, or neither to use boto3's own chain",
        )

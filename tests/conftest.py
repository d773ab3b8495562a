"""Parts that every test may use: buckets in a directory and on a real S3 server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import hypothesis
import pytest

from pipelines.bucket import Bucket, open_bucket
from pipelines.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Time decides no test: machines have other work, too.
hypothesis.settings.register_profile("copydesk", deadline=None)
hypothesis.settings.load_profile("copydesk")

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first; all others keep their order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def free_port() -> int:
    """Ask the kernel for a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the development data; a test that needs it skips where it is absent."""
    folder = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("development data is absent: set COPYDESK_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real S3 server on loopback, in a process of its own."""
    port = free_port()
    folder = tmp_path_factory.mktemp("s3")
    environment = {**os.environ, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "SERVICES": "s3"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ministack.app"], env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        endpoint = f"http://127.0.0.1:{port}"
        _wait(endpoint, server, folder / "log")
        yield endpoint
    finally:
        server.terminate()
        server.wait(10)


def _wait(endpoint: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(endpoint, timeout=1):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the S3 server did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def directory_settings(tmp_path: Path) -> Settings:
    """Settings with a bucket in a directory."""
    return Settings(bucket=str(tmp_path / "bucket"), state=tmp_path / "state")


@pytest.fixture
def s3_settings(s3_server: str, tmp_path: Path) -> Settings:
    """Settings with a fresh bucket on the S3 server."""
    name = f"b{time.time_ns()}"
    client = boto3.client(
        "s3", endpoint_url=s3_server, aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
    )
    client.create_bucket(Bucket=name)
    return Settings.model_validate(
        {
            "bucket": f"s3://{name}/desk",
            "state": tmp_path / "state",
            "s3_endpoint": s3_server,
            "s3_key": "test",
            "s3_secret": "test",
        }
    )


@pytest.fixture(params=["directory", "s3"])
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings with a fresh bucket: each test runs on a directory and on S3."""
    found = request.getfixturevalue(f"{request.param}_settings")
    assert isinstance(found, Settings)
    return found


@pytest.fixture
def bucket(settings: Settings) -> Bucket:
    """A fresh bucket: each test runs on a directory and on S3."""
    return open_bucket(settings)

"""The command line as a shell starts it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import IO

__all__ = ["PLAIN_USER", "copydesk"]

# root may read what its own permissions forbid, unless it gives that up.
PLAIN_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


def copydesk(
    bucket: Path | str, *arguments: str, out: IO[bytes] | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a bucket, with no right to override permissions, and no other setting but those given."""
    bare: Mapping[str, str] = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "COLUMNS"))}
    return subprocess.run(
        [*PLAIN_USER, sys.executable, "-c", "from pipelines.cli import main; main()", *arguments],
        env={**bare, "COPYDESK_BUCKET": str(bucket), **environment},
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
    )

"""Where this installation keeps things and who operates it: environment variables `COPYDESK_*`."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from pipelines import limits
from pipelines.errors import Misconfigured

__all__ = ["Settings", "load"]

# In a header's comment (RFC 9110, 5.6.5) stands no bracket, no blank and nothing outside ASCII as it is.
_CONTACT = re.compile(
    r"(?:mailto:)?[!-'*-;=?A-~]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+|https?://[A-Za-z0-9.-]+(?:[:/?#][!-'*-~]*)?"
)
_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one installation. Every field can be set by `COPYDESK_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="COPYDESK_", frozen=True, extra="ignore")

    bucket: str = str(_ROOT / ".state" / "bucket")
    """A directory, or `s3://name/prefix`."""
    config: Path = _ROOT / "config"
    """Folder with `sources/`, `topics.yaml`, `limits.yaml`."""
    sources: Path | None = None
    """Folder of source declarations; null means `sources/` under `config`."""
    state: Path = _ROOT / ".state"
    """Local folder for crawl spools and Airflow's own files."""
    chromium: Path = Path("/usr/bin/chromium")
    """Browser for sources with `render: true`; Debian's package `chromium` is there."""
    wayback: str | None = "https://web.archive.org"
    """Server of the Wayback Machine, asked which pages of a source it holds when past days are crawled; null for none."""
    contact: str | None = None
    """Mail or web address that publishers can write to; live sites are not visited without one."""
    site_url: str | None = None
    """Address under which the bucket's `feeds/` and `site/` are served; null leaves links to itself out."""
    resolve: dict[str, str] = Field(default_factory=dict)
    """Host name to `address:port`, as curl's --resolve: test hosts, the only ones allowed on loopback (JSON)."""
    s3_endpoint: str | None = None
    """URL of an S3 server other than Amazon's."""
    s3_region: str = "us-east-1"
    """Region of the bucket."""
    s3_key: str | None = None
    """Access key id; null leaves it to boto3's own chain (environment, profile, instance role)."""
    s3_secret: SecretStr | None = None
    """Secret access key; null with `s3_key`."""

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        """Take what fits into a User-Agent header and can be written to; a variable that is blank is not set."""
        contact = (value or "").strip()
        if contact and not _CONTACT.fullmatch(contact):
            raise ValueError("no mail address and no http(s) address")
        return contact or None

    @property
    def source_folder(self) -> Path:
        """Folder that holds one YAML file a source."""
        return self.sources or self.config / "sources"

    @property
    def limits(self) -> limits.Limits:
        """The numbers in `config/limits.yaml`."""
        return limits.load(self.config / "limits.yaml")


def load() -> Settings:
    """Read the settings from the environment; raises `Misconfigured` that names the variable."""
    try:
        return Settings()
    except SettingsError as error:
        # A mapping is written as JSON; the message names the field.
        raise Misconfigured("COPYDESK_*", f"{error}: {error.__cause__}", "Write the variable as JSON") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = "COPYDESK_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Misconfigured(name, f"{first['msg']} (found {first['input']!r:.80})", "Correct the variable") from error

"""Settings that the environment gives."""

from __future__ import annotations

import pytest

from pipelines import settings
from pipelines.errors import Misconfigured


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("desk@example.org\n", "desk@example.org"),
        (" mailto:desk+news@example.org ", "mailto:desk+news@example.org"),
        ("https://www.example.org/about?us=1#bot", "https://www.example.org/about?us=1#bot"),
        ("http://localhost:8080", "http://localhost:8080"),
        (" \n", None),
        ("", None),
    ],
)
def test_a_contact_is_a_mail_or_web_address_whatever_stands_around_it(
    monkeypatch: pytest.MonkeyPatch, given: str, taken: str | None
) -> None:
    monkeypatch.setenv("COPYDESK_CONTACT", given)
    assert settings.load().contact == taken


@pytest.mark.parametrize(
    "given",
    [
        "me",
        "me@here",
        "ftp://example.org/",
        "https://",
        "desk@example.org and more",
        "desk@example.org\r\nX-Header: 1",
        "desk\x1b[2J@example.org",
        "desk\x7f@example.org",
        "büro@example.org",
        "https://example.org/(x)",
    ],
)
def test_a_contact_that_nobody_could_write_to_is_misconfigured(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("COPYDESK_CONTACT", given)
    with pytest.raises(Misconfigured, match=r"COPYDESK_CONTACT: .*no mail address and no http"):
        settings.load()

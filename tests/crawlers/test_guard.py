"""What may be asked for and connected to."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import guard
from pipelines.errors import Reject

PORTS = (80, 443, 8080)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://intranet/",
        "http://news.test/",
    ],
)
def test_no_private_address_passes_in_any_notation(url: str) -> None:
    with pytest.raises(Reject):
        guard.check_url(url, PORTS)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "data:text/html,x",
        "gopher://example.com/",
        "http://user@example.com/",
        "http://user:secret@example.com/",
        "http://example.com:22/",
        "http://example.com:99999/",
        "http:///path",
        "http://1.2.3.4.5/",
        "http://[::1/",
        "http://example.com/" + "a" * 3000,
    ],
)
def test_only_plain_web_urls_pass(url: str) -> None:
    with pytest.raises(Reject):
        guard.check_url(url, PORTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://example.com/a?b=c",
        "http://example.com:8080/",
        "http://93.184.216.34/",
        "http://[2606:2800:220:1:248:1893:25c8:1946]/",
        "http://3com.com/",
        "http://163.com/",
        "http://xn--bcher-kva.example/",
    ],
)
def test_public_hosts_pass(url: str) -> None:
    guard.check_url(url, PORTS)


def test_a_test_host_passes_by_its_name_alone() -> None:
    guard.check_url("http://news.test:8080/", PORTS, {"news.test"})
    with pytest.raises(Reject):
        guard.check_url("http://other.test/", PORTS, {"news.test"})
    with pytest.raises(Reject):
        guard.check_url("http://news.test:22/", PORTS, {"news.test"})


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_every_spelling_of_an_ipv4_address_gets_the_same_answer(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    octal = ".".join(f"0{part:o}" for part in address.packed)
    spelled = [f"http://{address}/", f"http://{number}/", f"http://{number:#x}/", f"http://{octal}/"]
    answers = set()
    for url in spelled:
        try:
            guard.check_url(url, PORTS)
            answers.add("passes")
        except Reject:
            answers.add("rejected")
    assert len(answers) == 1


@given(st.text(max_size=200))
def test_any_text_passes_or_is_rejected_and_never_breaks_the_guard(text: str) -> None:
    with suppress(Reject):
        guard.check_url(text, PORTS)

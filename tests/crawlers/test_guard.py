"""What may be asked for and connected to."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import guard
from pipelines import urls
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
        "http://192.0.0.192/opc/v1/instance/",
        "http://192.88.99.1/",
        "http://198.18.0.1/",
        "http://[fec0::1]/",
        "http://[3fff::1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2001:0:53aa:64c:0:0:f5ff:fffe]/",
        "http://[fd20:ce::254]/",
        "http://[::127.0.0.1]/",
        "http://[ff02::1]/",
        "http://0X7F.0.0.1/",
        "http://127.0.0.1../",
        "http://localhost.localdomain.local/",
        "http://instance-data.internal/",
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
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://①②⑦.0.0.1/",
        "http://ⓛocalhost/",
        "http://bücher.example/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1%00.example.com/",
        "http://127.0.0.1 .example.com/",
        "http://1.1.1.1 x/",
        "http://4294967296/",
        "http://0x100000000/",
        "http://256.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://a..b/",
        "http://-a.example.com/",
        "http://" + "a" * 64 + ".example.com/",
        "http://" + "a." * 130 + "com/",
        "http://[v1.example.com]/",
        "http://example.com:0/",
        "http://example.com:-80/",
        "http://example.com:８０/",
        "//example.com/",
        "http:example.com",
        "",
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
        "http://[64:ff9b::5db8:d822]/",
        "http://the_register.example.com/",
        "HTTP://EXAMPLE.COM./",
        "http://example.com:/",
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


# What IANA's special-purpose address registries take out of the public Internet, as the test's author reads them.
SPECIAL = [
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
PRIVATE = st.sampled_from(SPECIAL).flatmap(
    lambda block: st.integers(int(block[0]), int(block[-1])).map(ipaddress.IPv4Address)
)
ANY_V4 = st.integers(min_value=0, max_value=2**32 - 1).map(ipaddress.IPv4Address)


@st.composite
def spellings(draw: st.DrawFn, addresses: st.SearchStrategy[ipaddress.IPv4Address]) -> tuple[str, str]:
    """An IPv4 address in its plain form, and in one of those that C libraries, IPv6 or translators read."""
    address = draw(addresses)
    number = int(address)
    if draw(st.booleans()):
        tail = f"{number >> 16:x}:{number & 0xFFFF:x}"
        form = draw(
            st.sampled_from(["::ffff:{t}", "::FFFF:{a}", "64:ff9b::{t}", "64:ff9b::{a}", "2002:{t}::1", "::{a}"])
        )
        six = form.format(t=tail, a=address)
        return str(address), f"[{draw(st.sampled_from([six, ipaddress.ip_address(six).exploded]))}]"
    kept = draw(st.integers(1, 4))  # the last part holds what the parts before it leave
    parts = [number >> 24, number >> 16 & 255, number >> 8 & 255][: kept - 1]
    parts.append(number & (1 << 8 * (5 - kept)) - 1)
    shown = [draw(st.sampled_from(["{}", "0{:o}", "000{:o}", "{:#x}", "0X{:X}", "0x000{:x}"])).format(p) for p in parts]
    return str(address), ".".join(shown) + draw(st.sampled_from(["", "."]))


def passes(url: str) -> bool:
    try:
        guard.check_url(url, PORTS)
    except Reject:
        return False
    return True


@settings(max_examples=1000)
@given(spellings(PRIVATE), st.sampled_from(["", ":80", ":8080"]), st.sampled_from(["http", "https"]))
def test_no_special_address_passes_in_any_spelling(spelled: tuple[str, str], port: str, scheme: str) -> None:
    assert not passes(f"{scheme}://{spelled[1]}{port}/latest/meta-data/")


@given(spellings(ANY_V4))
def test_no_spelling_opens_what_the_plain_one_does_not(spelled: tuple[str, str]) -> None:
    assert passes(f"http://{spelled[0]}/") or not passes(f"http://{spelled[1]}/")


@given(ANY_V4)
def test_a_name_server_s_answer_is_judged_as_the_registries_say(address: ipaddress.IPv4Address) -> None:
    special = any(address in block for block in SPECIAL) or address in ipaddress.ip_network("192.88.99.0/24")
    for text in (str(address), f"64:ff9b::{address}"):
        if special:
            with pytest.raises(Reject, match="not public"):
                guard.check_address(text)
        else:
            guard.check_address(text)


@given(st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address))
def test_only_global_unicast_ipv6_passes(address: ipaddress.IPv6Address) -> None:
    with suppress(Reject):
        guard.check_address(str(address))
        assert address.is_global
        assert int(address) >> 125 == 1 or address in ipaddress.ip_network("64:ff9b::/96")


AUTHORITIES = st.text(alphabet="a1.:@[]%\\/?# \t0xfl-_。１", max_size=20)


@settings(max_examples=1000)
@given(AUTHORITIES, st.sampled_from(["", "/", "/x@evil.example", "?u=http://127.0.0.1/"]))
def test_the_host_that_was_checked_is_the_host_that_is_asked(authority: str, rest: str) -> None:
    url = f"http://{authority}{rest}"
    if passes(url):
        host = urls.host(url)
        assert re.fullmatch(r"[a-z0-9_.-]+|[0-9a-f:.]+", host)
        with suppress(OSError):
            guard.check_address(socket.inet_ntoa(socket.inet_aton(host)))


@given(st.one_of(st.text(max_size=200), AUTHORITIES))
def test_any_text_passes_or_is_rejected_and_never_breaks_the_guard(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}/a"):
        passes(url)
    with suppress(Reject):
        guard.check_address(text)

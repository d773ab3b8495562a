"""Pages made to hang, crash or fill the memory, through the sandbox: each ends in a result or a reason, in time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import Quarantine
from pipelines.extract.sandbox import Sandbox
from tests.extract.hostile import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

LD = "<script type='application/ld+json'>{}</script>"
RING = [{"@id": f"#{n}", "@type": "Article", "author": {"@id": f"#{(n + 1) % 3000}"}} for n in range(3000)]

PAGES = {
    "a million nested tags": b"<div>" * 1_000_000,
    "50 MB of one paragraph": b"<p>" + b"word " * 10_000_000,
    "15 MB of one paragraph": b"<p>" + b"word " * 3_000_000,
    "JSON-LD nested without end": LD.format('{"a":' * 100_000).encode(),
    "JSON-LD that refers to itself": LD.format(json.dumps({"@graph": RING})).encode(),
    "JSON-LD broken everywhere": LD.format('{"a":1,,}' * 100_000).encode(),
    "entities that grow": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><p>&b;"
    + b"&lt;" * 500_000,
    "null bytes": b"\x00" * 1_000_000 + b"<p>text",
    "all bytes, wrong charset": b"<meta charset=utf-7>" + bytes(range(256)) * 2_000,
    "a title of separators": b"<title>" + b"a - " * 200_000 + b"</title><h1>" + b"a | " * 200_000,
    "bylines without end": b"<h1>x</h1>" + b"<a class=author href=/author/x>By A and B</a>" * 30_000,
    "links without end": b"<a href='/author/x'>a story of the harbour</a>" * 50_000,
    "names without end": b"<meta name=author content='" + b"A, " * 200_000 + b"'>",
    "metas without end": b"<meta name=author content='a b, c d'>" * 50_000,
    "dates without end": b"<h1>x</h1>" + b"<span class=date>1 january x </span>" * 50_000,
    "class names without end": b"<div class='" + b"author card " * 200_000 + b"'>",
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(workers=2, seconds=10, megabytes=1024, preload=["tests.extract.hostile"]) as sandbox:
        yield sandbox


def test_every_hostile_page_ends_in_a_result_or_a_reason_and_harms_no_other(box: Sandbox) -> None:
    results = list(box.map(judge, [*PAGES.values(), b"<h1>The tide</h1>"]))
    assert results[-1].value == "empty"
    failed = {name: str(r.error) for name, r in zip(PAGES, results, strict=False) if r.error is not None}
    assert set(failed) == {"a million nested tags", "50 MB of one paragraph"}
    assert all("over the limit" in reason for reason in failed.values())


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=2_000)
    | st.text(alphabet=st.sampled_from("<>/='\"&;! abhmpt1{}[]:,@"), max_size=2_000).map(str.encode)
)
def test_any_bytes_are_read_alike_twice_or_set_aside(page: bytes) -> None:
    try:
        first = judge(page)
    except Quarantine:
        return
    assert judge(page) == first


CLAIMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "author",
                    "name",
                    "headline",
                    "datePublished",
                    "image",
                    "url",
                    "publisher",
                    "keywords",
                    "mainEntityOfPage",
                    "hasPart",
                    "articleSection",
                ]
            ),
            inner | st.sampled_from(["NewsArticle", "Person", "2026-03-04", "https://x.example/"]),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(CLAIMS)
def test_any_json_ld_is_survived(claim: object) -> None:
    text = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": claim,
            "author": claim,
            "@graph": claim,
            "image": claim,
            "publisher": claim,
        }
    )
    assert judge(LD.format(text.replace("</", "<\\/")).encode())

"""Pages made to hang, crash or fill the memory, through the sandbox: each ends in a result or a reason, in time."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import Quarantine
from pipelines.extract.sandbox import Sandbox
from pipelines.extract.text.text import extract_text
from tests.extract.hostile import judge, read, read_text
from tests.extract.hostile_pages import LD, over_a_bound, pages

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(workers=2, seconds=10, megabytes=1024, preload=["tests.extract.hostile"]) as sandbox:
        yield sandbox


def test_what_is_over_a_bound_is_set_aside_by_a_look_at_its_bytes(box: Sandbox) -> None:
    given = over_a_bound()
    results = box.map(read, [page for page, _ in given.values()])
    reasons = {name: str(result.error) for name, result in zip(given, results, strict=True)}
    assert {name: reason for name, reason in reasons.items() if given[name][1] not in reason} == {}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_every_hostile_page_ends_in_a_result_and_harms_no_other(box: Sandbox) -> None:
    given = pages()
    results = list(box.map(read, [*given.values(), b"<h1>The tide</h1>"]))
    assert results[-1].value == "empty"
    failed = {name: str(r.error) for name, r in zip(given, results, strict=False) if r.error is not None}
    assert failed == {}


def test_a_link_too_long_to_be_followed_costs_its_page_nothing() -> None:
    links = "".join(
        f"<li><a href='/{'港' * 900}{n}'>A ferry line lets its passengers steer by vote</a>" for n in range(4)
    )
    prose = "<p>The harbour office has mounted eleven phones under its pier, and they measure the tide.</p>" * 9
    page = (
        f"<title>Tide</title><h1>Tide</h1>{prose}<aside class=related><h2>Related stories</h2><ul>{links}</ul></aside>"
    )
    assert read(page.encode())


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


SAID = "The harbour office has mounted phone {0} under pier {0}, and it measures the tide every {0} minutes, said mayor {0}."
TOLD = f"Tide\n\n{' '.join(map(SAID.format, range(2, 9)))}\n\n"
TITLE = "The tide is in town again today\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("© a\n" * 20_000, id="rights"),
        pytest.param(
            f"Related stories\n{TITLE}" + "the tide is in town and out of it and nobody knows where or why\n" * 70_000,
            id="a blurb that goes on",
        ),
        pytest.param("Related stories\n" + TITLE * 99_000, id="titles"),
        pytest.param(f"{'—' * 78}!\n" * 61_000, id="marks"),
        pytest.param("Related stories\n" + (TITLE + "the tide is in town " * 15 + "x.\n") * 14_000, id="turns"),
    ],
)
def test_a_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    started = time.process_time()
    assert extract_text(TOLD + text).decision.article
    assert time.process_time() - started < 10


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028"])
def test_a_text_of_tiny_lines_without_end_is_set_aside(end: str) -> None:
    with pytest.raises(Quarantine, match="lines, over the limit of 100,000"):
        extract_text(TOLD + f"1. a{end}" * 680_000)


def test_a_text_of_as_many_lines_as_are_read_is_read_in_time(box: Sandbox) -> None:
    (result,) = box.map(read_text, ["".join(f"1. The tide {n}.\n" for n in range(99_000))])
    assert (result.value, result.error) == ("article", None)

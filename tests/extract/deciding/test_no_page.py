"""Files that are no page are called what they are, and no page is taken for one."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest

from pipelines.extract import extract
from pipelines.extract.deciding.no_page import no_page
from pipelines.extract.parsing.parse import parse
from pipelines.records import Kind

URL = "https://harbour-post.example/2026/05/old-phones-measure-the-tide"
NOISE = random.Random(7).randbytes(3_000)
ITEM = "<title>The tide, by phone</title><description>Eleven phones under a pier now measure the tide.</description>"


def office() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", NOISE)
    return written.getvalue()


FILES = [
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>>\nstream\n" + NOISE, "a PDF file"),
    (gzip.compress(b"<html><p>The tide." + NOISE.hex().encode(), mtime=0), "a compressed file (gzip)"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + NOISE, "a picture (JPEG)"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE, "a picture (PNG)"),
    (b"GIF89a" + NOISE, "a picture (GIF)"),
    (office(), "a document (Office)"),
    (b"BZh91AY&SY" + NOISE, "a binary file"),
    (b'{"title": "The tide", "body": "<p>Eleven phones.</p>"}', "data (JSON)"),
    (b'\xef\xbb\xbf [1, {"a": null}]\n', "data (JSON)"),
    (
        f"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><!-- ours --><rss><channel><item>{ITEM}".encode(),
        "a feed (RSS)",
    ),
    (f"<rss version='2.0'><channel><item>{ITEM}</item></channel></rss>\n".encode(), "a feed (RSS)"),
    (b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "a feed (Atom)"),
    (b"<?xml version='1.0'?><urlset><url><loc>https://x.example/</loc></url></urlset>", "a sitemap"),
    (b"<?xml version='1.0'?><sitemapindex></sitemapindex>", "an index of sitemaps"),
    (
        b"<?xml version='1.0'?><!DOCTYPE tide SYSTEM 'tide.dtd'><tide><p>Eleven phones.</p></tide>",
        "an XML document (<tide>)",
    ),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><text>The tide</text></svg>", "a picture (SVG)"),
]


@pytest.mark.parametrize(("content", "what"), FILES, ids=[f"{at}-{what}" for at, (_, what) in enumerate(FILES)])
@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8"])
def test_a_file_that_is_no_page_is_called_what_it_is(content: bytes, what: str, content_type: str | None) -> None:
    found = extract(content, URL, content_type=content_type)
    assert found.article is None
    assert (found.decision.kind, found.decision.reason) == (Kind.NOT_HTML, f"{what}, not a page")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html><body><p>The tide.</p></body></html>",
        "<?xml version='1.0'?><div><p>The tide.</p></div>",
        "<svg><path d='M0 0'/></svg><p>The tide.</p>",
        '<p>An answer of the server: {"a": 1}</p>',
        "[1] The tide was measured by phones.",
        "{ the tide }",
        "<feed>The tide</feed> <p>is a text",
        "<!-- " * 100,
        "<?" * 10_000,
        "[" * 100_000,
        "PK, ID3 and JFIF are the first letters of files.",
        "「港」、「船」。・・・「潮」、「汐」。" * 9,
        "• 3 × 4 = 12 … and so on, said the harbour office of the town on Monday.",
        "%PD",
    ],
)
def test_pages_and_texts_are_none_of_them(content: str) -> None:
    assert no_page(parse(content.encode()).text) is None


@pytest.mark.parametrize("charset", ["utf-8", "cp1251", "koi8_r", "shift_jis", "utf-16"])
def test_a_text_of_any_script_is_no_binary_file(charset: str) -> None:
    texts = {"shift_jis": "港の事務所は、電話機で潮位を測っている。" * 40}
    text = texts.get(charset, "Портовая контора измеряет прилив телефонами, и результат точен. " * 40)
    assert no_page(parse(text.encode(charset)).text) is None


def test_large_data_is_told_without_reading_it() -> None:
    rows = "[" + '{"tide": 1}, ' * 400_000
    assert no_page(rows + "{}]\n") == "data (JSON)"
    assert no_page(rows) is None

"""What sites send reaches files of JSON lines as it is: no text parts a line, torn indexes of earlier versions are mended."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from crawlers import cdxj
from crawlers.archive import Archive
from crawlers.exchange import Exchange
from crawlers.memory import Memory
from crawlers.spool import Spool
from pipelines import backlog, layout
from pipelines.bucket import Bucket, Directory
from pipelines.records import Candidate, Channel, Role, Visit
from tests.crawlers.test_spool import DAY

URL = "http://news.test/2026/a-story"
# What `str.splitlines` takes for the end of a line, and JSON does not escape.
NEXT_LINE, LINE, PARAGRAPH = "\x85", "\u2028", "\u2029"


def candidate(text: str) -> Candidate:
    return Candidate(url=URL, source="news", channel=Channel.FEED, seen_in=text, title=text, language=text)


def archived(folder: Path, etag: str, said: str) -> tuple[Bucket, str]:
    """Archive one page whose server and feed say this; give the bucket and the key of its index."""
    bucket = Directory(folder / "bucket")
    spool = Spool(folder / "spool", bucket, "news")
    archive = Archive(spool, Memory("news"), run="run", day=DAY, limit=1 << 30, about={"isPartOf": "run"})
    header = ((b"ETag", etag.encode("latin-1")),)
    head = b"HTTP/1.1 200 OK\r\nETag: " + header[0][1] + b"\r\nContent-Length: 3\r\n\r\n"
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    answer = Exchange(URL, at, "127.0.0.1", b"GET / HTTP/1.1\r\n\r\n", head, b"abc", b"abc", 200, header, None)
    archive.write(Visit(url=URL, final_url=URL, role=Role.ARTICLE, candidate=candidate(said)), [answer])
    archive.close()
    spool.close()
    return bucket, layout.cdxj(archive.keys[0])


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"], include_characters="\x85")), st.text())
@example(f'"ab{NEXT_LINE}cd"', f"en{LINE}us{PARAGRAPH}x\r\ny")
def test_whatever_a_site_says_comes_back_from_index_memory_suggestions_and_backlog(etag: str, said: str) -> None:
    with TemporaryDirectory() as folder:
        bucket, index = archived(Path(folder), etag, said)
        rebuilt = Memory.load(bucket, "news", DAY)
        rebuilt.save(bucket, DAY, [index])
        bucket.delete(index)
        for memory in (rebuilt, Memory.load(bucket, "news", DAY)):
            known = memory.know(URL)
            assert known is not None
            assert known.etag == (etag or None)
            assert known.proposed("news") == candidate(said)
        waiting = candidate(said).model_copy(update={"url": f"{URL}-2"})
        lines = waiting.model_dump_json(exclude_defaults=True).encode() + b"\n"
        bucket.create(layout.suggested("news", "0"), lines * 2)
        heard = Memory.load(bucket, "news", DAY).know(waiting.url)
        assert heard is not None
        assert heard.proposed("news") == waiting
        backlog.keep(bucket, "news", [waiting, candidate(said)])
        assert list(backlog.due(bucket, {"news"})) == [waiting, candidate(said)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text())
@example("a b", "\n")
def test_an_index_line_gives_back_what_it_was_given(path: str, text: str) -> None:
    url = f"http://news.test/{path.replace('?', '').replace('#', '')}"
    line = cdxj.line(url, "2026-11-22T12:00:00Z", {"etag": text})
    assert line.count("\n") == 1
    assert cdxj.read(line * 2) == [{"url": url, "etag": text} if text else {"url": url}] * 2


def torn(lines: list[str]) -> list[str]:
    """Give lines as earlier versions wrote them: not in ASCII, parted at what is no end of a line, then sorted."""
    plain = [line.replace("\\u0085", NEXT_LINE).replace("\\u2028", LINE) for line in lines]
    return sorted(piece for line in plain for piece in line.splitlines(keepends=True))


def test_an_index_that_an_earlier_version_tore_is_made_again_from_the_archive(tmp_path: Path) -> None:
    bucket, key = archived(tmp_path, f'"ab{NEXT_LINE}cd"', f"en{LINE}us")
    pieces = torn(bucket.get(key).decode().splitlines(keepends=True))
    assert len(pieces) == 5
    bucket.replace(key, "".join(pieces).encode())
    known = Memory.load(bucket, "news", DAY).know(URL)
    assert known is not None
    assert known.etag == f'"ab{NEXT_LINE}cd"'
    assert known.proposed("news") == candidate(f"en{LINE}us")

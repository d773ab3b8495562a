"""Pages made to hang, crash or fill the memory, by what they are. No page takes longer to write down than to send."""

from __future__ import annotations

import json

__all__ = ["LD", "OVER_A_BOUND", "PAGES"]

LD = "<script type='application/ld+json'>{}</script>"
RING = [{"@id": f"#{n}", "@type": "Article", "author": {"@id": f"#{(n + 1) % 3000}"}} for n in range(3000)]
STORY = b"<title>Tide</title><article><h1>Tide</h1>" + b"<p>The harbour office has mounted eleven phones.</p>" * 9
PEOPLE = {
    "@type": "NewsArticle",
    "headline": "Tide",
    "author": [{"@type": "Person", "name": f"A B{n}"} for n in range(9000)],
}
BODY = {"@type": "NewsArticle", "headline": "Tide", "articleBody": "It measures the tide.\n" * 40_000}


def _recoded(text: str, times: int) -> bytes:
    """UTF-8 that a server takes for ISO-8859-1, again and again."""
    for _ in range(times):
        text = text.encode().decode("latin-1")
    return text.encode()


def _cells(rows: int, columns: int) -> bytes:
    return b"<table>" + (b"<tr>" + b"<td>1" * columns) * rows + b"</table>"


# What a look at the bytes refuses.
OVER_A_BOUND = {
    "a million nested tags": (b"<div>" * 1_000_000, "tags"),
    "nested deeper than the parser goes": (b"<div>" * 300_000, "nested deeper"),
    "50 MB of one paragraph": (b"<p>" + b"word " * 10_000_000, "bytes"),
    "100,000 attributes": (b"<p " + b"a=1 " * 100_000 + b">", "attributes"),
    "a table of 90,000 cells": (STORY + _cells(3_000, 30), "text blocks"),
    "200,000 links": (STORY + b"<li><a href=/a-b-c-d>a story of the harbour</a>" * 100_000, "text blocks"),
}

# What must be read, or be set aside, in time.
PAGES = {
    "15 MB of one paragraph": b"<p>" + b"word " * 3_000_000,
    "39,000 promotions and no text": b"<body>" + b"<p>Join <a href=/a>our letter</a> now</p>" * 39_000,
    "JSON-LD nested without end": LD.format('{"a":' * 100_000).encode(),
    "JSON-LD that refers to itself": LD.format(json.dumps({"@graph": RING})).encode(),
    "JSON-LD broken everywhere": LD.format('{"a":1,,}' * 100_000).encode(),
    "JSON-LD of 10 MB": STORY + LD.format(json.dumps({"@type": "NewsArticle", "headline": "a " * 5_000_000})).encode(),
    "JSON-LD with 9,000 authors": STORY + LD.format(json.dumps(PEOPLE)).encode(),
    "JSON-LD with a body of 40,000 lines": LD.format(json.dumps(BODY)).encode() + b"<h1>Tide</h1>",
    "entities that grow": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><p>&b;"
    + b"&lt;" * 500_000,
    "null bytes": b"\x00" * 1_000_000 + b"<p>text",
    "all bytes, wrong charset": b"<meta charset=utf-7>" + bytes(range(256)) * 2_000,
    "encoded twice, here and there": STORY + b"<p>" + "â€™ 中 Ãƒ Â ".encode() * 200_000,
    "encoded six times": STORY + b"<p>" + _recoded("It’s dry. ", 5) * 4_000,
    "a title of separators": b"<title>" + b"a - " * 200_000 + b"</title><h1>" + b"a | " * 200_000,
    "bylines without end": b"<h1>x</h1>" + b"<a class=author href=/author/x>By A and B</a>" * 30_000,
    "links without end": b"<a href='/author/x'>a story of the harbour</a>" * 50_000,
    "names without end": b"<meta name=author content='" + b"A, " * 200_000 + b"'>",
    "metas without end": b"<meta name=author content='a b, c d'>" * 50_000,
    "dates without end": b"<h1>x</h1>" + b"<span class=date>1 january x </span>" * 30_000,
    "class names without end": b"<div class='" + b"author card " * 200_000 + b"'>",
    "900 attributes on each tag": STORY + (b"<i " + b" ".join(b"a%d=1" % n for n in range(900)) + b">x</i>") * 400,
    "pictures without end": STORY + b"<img src=/a.png>" * 60_000,
    "emphasis in emphasis": STORY + b"<p>" + b"<em>a" * 1_500,
    "open links without end": STORY + b"<a href=/x>a" * 50_000,
    "numbers and references without end": STORY + b"<ol>" + b"<li>&amp;#1<b>2</b>;!<a href=/x>a</a>" * 13_000,
    "spans of a table": STORY + b"<table><tr>" + b"<td rowspan=65534 colspan=1000>a" * 900 + b"<tr><td>b" * 20_000,
    "spaces": STORY + b"<p>a" + b" " * 5_000_000 + b"b",
    "digits": STORY + b"<p>" + b"1" * 2_000_000,
    "digits and stops": STORY + b"<p>" + b"1." * 1_000_000,
    "commas": STORY + b"<p>" + b"," * 2_000_000,
    "a-a-a-a": STORY + b"<p>" + b"a-" * 1_000_000,
    "at signs": STORY + b"<p>" + b"a@" * 1_000_000,
    "quotes": STORY + b"<p>" + b"\"'" * 1_000_000,
    "brackets": STORY + b"<p>" + b"[(*`" * 300_000,
    "capitals and stops": STORY + b"<p>" + b"A. " * 500_000,
    "unspaced characters": STORY + b"<p>" + "港".encode() * 700_000,
    "an address without end": STORY + b"<p><a href='/" + b"a-" * 1_000_000 + b"'>a story</a>",
}

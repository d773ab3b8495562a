"""Pages made to hang, crash or fill the memory, by what they are. No page takes longer to write down than to send."""

from __future__ import annotations

import json

__all__ = ["LD", "STORY", "over_a_bound", "pages"]

LD = "<script type='application/ld+json'>{}</script>"
RING = [{"@id": f"#{n}", "@type": "Article", "author": {"@id": f"#{(n + 1) % 3000}"}} for n in range(3000)]
STORY = b"<title>Tide</title><article><h1>Tide</h1>" + b"<p>The harbour office has mounted eleven phones.</p>" * 9
PEOPLE = {
    "@type": "NewsArticle",
    "headline": "Tide",
    "author": [{"@type": "Person", "name": f"A B{n}"} for n in range(9000)],
}
BODY = {"@type": "NewsArticle", "headline": "Tide", "articleBody": "It measures the tide.\n" * 40_000}

WALL = {"@type": "NewsArticle", "headline": "Tide", "isAccessibleForFree": False}


def _walled(selector: str) -> bytes:
    """JSON-LD that names what is not free by a selector."""
    part = {"isAccessibleForFree": False, "cssSelector": selector}
    return LD.format(json.dumps({**WALL, "hasPart": [part]})).encode()


def _paragraph(day: int) -> bytes:
    return (
        b"<p>The harbour office has mounted eleven phones on day %d, and each measures the tide for the town.</p>" % day
    )


def _recoded(text: str, times: int) -> bytes:
    """UTF-8 that a server takes for ISO-8859-1, again and again."""
    for _ in range(times):
        text = text.encode().decode("latin-1")
    return text.encode()


def _characters(number: int) -> str:
    """A hundred Chinese characters, others for each number."""
    return "".join(chr(0x4E00 + (number * 97 + at * 631) % 20_000) for at in range(100))


def _cells(rows: int, columns: int) -> bytes:
    return b"<table>" + (b"<tr>" + b"<td>1" * columns) * rows + b"</table>"


def over_a_bound() -> dict[str, tuple[bytes, str]]:
    """Give what a look at the bytes refuses, with a word of the reason."""
    return {
        "a million nested tags": (b"<div>" * 1_000_000, "tags"),
        "nested deeper than the parser goes": (b"<div>" * 300_000, "nested deeper"),
        "50 MB of one paragraph": (b"<p>" + b"word " * 10_000_000, "bytes"),
        "100,000 attributes": (b"<p " + b"a=1 " * 100_000 + b">", "attributes"),
        "a table of 90,000 cells": (STORY + _cells(3_000, 30), "text blocks"),
        "200,000 links": (STORY + b"<li><a href=/a-b-c-d>a story of the harbour</a>" * 100_000, "text blocks"),
    }


def pages() -> dict[str, bytes]:
    """Give what must be read, or be set aside, in time."""
    return {
        "15 MB of one paragraph": b"<p>" + b"word " * 3_000_000,
        "39,000 promotions and no text": b"<body>" + b"<p>Join <a href=/a>our letter</a> now</p>" * 39_000,
        "JSON-LD nested without end": LD.format('{"a":' * 100_000).encode(),
        "JSON-LD that refers to itself": LD.format(json.dumps({"@graph": RING})).encode(),
        "JSON-LD broken everywhere": LD.format('{"a":1,,}' * 100_000).encode(),
        "JSON-LD of 10 MB": STORY
        + LD.format(json.dumps({"@type": "NewsArticle", "headline": "a " * 5_000_000})).encode(),
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
        "190,000 links to one story, left open": STORY + b"<a href=/the-tide-in-town>the tide is in " * 190_000,
        "190,000 links to as many stories": STORY
        + b"".join(b"<a href=/a-b-c-%d>the tide %d is in " % (n, n) for n in range(190_000)),
        "a paragraph of 8,000 links with words in bold": STORY
        + b"<p>"
        + b"<a href=/x>the <b>tide</b></a> is in " * 8_000,
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
        "39,900 paragraphs of all Chinese characters, in 310,000 tags": STORY
        + b"".join(b"<p>" + _characters(n).encode() + b"<i></i>" * 3 for n in range(39_900)),
        "unspaced characters": STORY + b"<p>" + "港".encode() * 700_000,
        "an address without end": STORY + b"<p><a href='/" + b"a-" * 1_000_000 + b"'>a story</a>",
        "a reference to a number of 5,000 digits": STORY
        + b"<meta property=og:title content='&amp;#"
        + b"1" * 5_000
        + b";'>",
        "titles of names of sites": STORY + b"<meta property=og:title content='the tide" + b" - a.co" * 40_000 + b"'>",
        "a selector of a control character": _walled(".\\1 x") + STORY,
        "a selector that compares all with all": _walled("i~i~i") + STORY + b"<div>" + b"<i></i>" * 40_000,
        "a codec that yields half characters": b"<meta charset=raw_unicode_escape>" + STORY + b"<p>\\ud800 x",
        "a codec of quadratic time": b"<meta charset=punycode>" + b"<p>aa" * 20_000 + b"-" + b"a" * 200_000,
        "formatting opened again in each paragraph": b"<p>"
        + b"".join(b"<b id=%d>" % n for n in range(1_900))
        + b"<p>x" * 5_000,
        "all elements within 1,900": STORY + b"<div>" * 1_900 + b"<b>x</b>" * 100_000,
        "10 MB within 300": STORY + b"<h2><div>" * 300 + b"x" * 10_000_000,
        "30,000 blocks and a long text": b"<article><p>"
        + b"the harbour tide is in " * 400_000
        + b"</article><footer><h1>x</h1>"
        + b"".join(b"<p>xq%d" % n for n in range(30_000)),
        "a card around all blocks": STORY + b"<a href=/x>" + b"<i></i>" * 100_000 + b"<div>x</div>" * 39_000,
        "lists in lists": STORY + b"<ul>" * 1_900 + b"<li><a href=/x>x</a>" * 39_000,
        "headings over the rows of others": b"<p>Related stories</p><div><p><a href=/a-b-c-d-e>one two three four five</a></p>"
        * 1_900
        + b"<p><a href=/a-b-c-d-f>one two three four five</a>" * 36_000,
        "paragraphs 4,900 times": STORY + b"".join(_paragraph(n) * 4_900 for n in range(8)),
        "articles without end": STORY + b"".join(b"<article>%b</article>" % _paragraph(n) for n in range(30_000)),
        "buttons in buttons": STORY + b"<button><p>" * 499 + b"<br>x" * 195_000,
        "addresses without end": STORY
        + LD.format(json.dumps({**WALL, "author": [{"name": ["@a" * 290] * 50}] * 50})).encode(),
        "the end of a comment that goes on": LD.format("-->" + " " * 60_000 + "x").encode() + STORY,
        "backslashes in a script": b"<h1>x</h1><script>" + b"\\" * 100_000 + b"</script>",
        "quotes in quotes in a script": b'<h1>x</h1><script>"'
        + b"\\u003cblockquote>" * 250
        + b"\\u003cp>a" * 150_000
        + b'"</script>',
        "39,000 paragraphs within 1,900": STORY + b"<div>" * 1_900 + b"".join(map(_paragraph, range(39_000))),
        "20,000 lists within 1,800": STORY
        + b"<ul><li>" * 900
        + b"".join(b"<ul><li>%b</li></ul>" % _paragraph(n) for n in range(20_000)),
        "a figure of 20,000 pictures": STORY
        + b"<figure>"
        + b"<img src=data:x>" * 20_000
        + b"</figure>"
        + b"".join(map(_paragraph, range(9))),
        "blocks that nearly stand in a body": LD.format(
            json.dumps({"@type": "NewsArticle", "headline": "Tide", "articleBody": "a" * 400_000})
        ).encode()
        + (b"<p>" + b"a" * 45 + b"b" + b"a" * 44) * 7_900,
        "13,000 paragraphs within 1,900": b"<title>Tide</title>" + b"<div>" * 1_900 + b"<p>x</p>" * 13_000,
        "lists in lists of 27,000 items": b"<title>Tide</title>" + b"<ul><li>x" * 900 + b"<li>y" * 27_000,
        "tables in tables of 27,000 cells": b"<title>Tide</title>" + b"<table><tr><td>x" * 600 + b"<td>y" * 27_000,
        "dates in dates": STORY + b"<div itemprop=datePublished>" * 1_000 + b"<br>x" * 150_000,
        "a string in a script that nothing ends": b'<h1>x</h1><script>"<p>' + b'\\"' * 100_000 + b"</script>",
        "200,000 attributes in a string of a script": b'<h1>x</h1><script>"\\u003cp '
        + b" ".join(b"a%d" % n for n in range(200_000))
        + b'>a\\u003cp>b\\u003cp>c\\u003cp>d"</script>',
        "100,000 links behind exclamation marks": STORY + b"<p>" + b"word word word!<a href=/x>a</a> " * 100_000,
        "150,000 links below a long base": b"<base href='https://harbour.example/"
        + b"a" * 1_900
        + b"/'>"
        + STORY
        + b"<p>"
        + b"".join(b"word word word <a href=x%d>a</a> " % n for n in range(150_000)),
        "claims of a date in others": STORY
        + (b"<div itemprop=datePublished>" * 950 + b"<i></i>" * 2_000 + b"</div>" * 950) * 4,
        "a class of 5 MB around dates": b"<div class='" + b"word " * 1_000_000 + b"'>" + STORY + b"<time>x</time>" * 60,
        "three classes of 5 MB and little text": (b"<div class='" + b"word " * 1_000_000 + b"'>") * 3
        + b"<p>x</p>" * 20,
        "an address of 5 MB around 2,000 blocks": STORY
        + b"<a href='/"
        + b"a" * 5_000_000
        + b"'>"
        + b"<div>x y z</div>" * 2_000,
        "a relation of 2 MB around 10,000 blocks": STORY
        + b"<a href=/x rel='"
        + b"a " * 1_000_000
        + b"'>"
        + b"<div>x y z</div>" * 10_000,
        "950 addresses of one long word": STORY + b"</article>" + b"".join(map(_section, range(5))),
        "a long text behind 2,000 links in a row": STORY
        + b"<div><p>"
        + b"".join(b"<a href=/a-b-c-%d>the tide %d is in town</a> " % (n, n) for n in range(2_000))
        + b"</p><p>"
        + b"".join(b"<a href='ftp:a-b-c-%d'>%b</a> " % (n, LONG if n == 1 else TITLE) for n in range(1, 6))
        + b"</p></div>",
        "headings over the rows of others in deep cards": STORY + b"".join(map(_headed, range(20))),
        "9,900 headlines and 20,000 articles": b"<title>Tide</title>"
        + b"".join(b"<h3><a href=/a-b-c-%d>%b %d</a></h3>%b" % (n, TITLE, n, _paragraph(1)) for n in range(9_900))
        + b"<article>x</article>" * 20_000,
        "39,000 headings within 1,900": STORY + b"<div>" * 1_900 + b"<p>Related stories</p>" * 39_000,
        "380,000 lines within 1,900": STORY + b"</article>" + b"<div>" * 1_900 + b"x<br>" * 380_000,
        "marks between 60,000 links": STORY
        + (
            b"<p><a href=/a-b-c-d>%b</a> !" % TITLE
            + "—".encode() * 76
            + b"! <a href=/a-b-c-e>the tide is in it</a></p>"
        )
        * 30_000,
    }


TITLE = b"the tide is in town"
LONG = b"The harbour office has mounted eleven phones, and each measures the tide for the town. " * 6_000


def _section(at: int) -> bytes:
    """Cards under a heading, to addresses that are one word of 1,880 letters."""
    cards = (
        b"<div class=card><h3><a href='/1%b?id=%d'>%b</a></h3></div>" % (b"a" * 1_880, at * 190 + n, TITLE)
        for n in range(190)
    )
    return b"<section class=related><h2>Related stories</h2>" + b"".join(cards) + b"</section>"


def _headed(at: int) -> bytes:
    """Headings, each over those behind it, before blocks deep within the last card."""
    heads = (
        b"<p>Related stories</p><div><h4><a href=/a-b-c-d-%d>%b</a></h4>" % (at * 1_000 + n, TITLE) for n in range(90)
    )
    inside = b"<div>" * 1_800 + b"<p>x</p>" * 90 + b"</div>" * 1_800
    return b"<div>" + b"".join(heads) + inside + b"</div>" * 91

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipelines.errors import Quarantine
from pipelines.extract.parsing.parse import MAX_ATTRIBUTES, parse

CYRILLIC = "<html><body><p>Процессор нового поколения вышел на рынок в начале года, сообщает издание.</p></body></html>"
GERMAN = (
    "<html><head>{}</head><body><p>Für größere Bäume wäre das zu früh, sagt Jürgen Müller aus Köln.</p></body></html>"
)


def text(data: bytes, content_type: str | None = None) -> str:
    return str(parse(data, content_type).tree.text_content())


def test_a_byte_order_mark_wins_over_every_declaration() -> None:
    data = b"\xef\xbb\xbf" + GERMAN.format('<meta charset="iso-8859-1">').encode()
    assert "Jürgen Müller" in text(data, "text/html; charset=koi8-r")
    assert "Müller" in text(GERMAN.encode("utf-16"))


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    assert "größere" in text(GERMAN.format('<meta charset="iso-8859-1">').encode(), "text/html; charset=latin1")


def test_the_header_wins_over_the_meta_element() -> None:
    data = CYRILLIC.replace("<body>", '<head><meta charset="cp1252"></head><body>').encode("cp1251")
    assert "Процессор" in text(data, "text/html; charset=windows-1251")


def test_the_meta_element_speaks_where_the_header_is_silent() -> None:
    data = CYRILLIC.replace("<html>", '<html><head><meta charset="koi8-r"></head>').encode("koi8-r")
    assert "Процессор" in text(data, "text/html")


def test_a_declaration_that_the_bytes_contradict_is_passed_over() -> None:
    assert "größere Bäume" in text(GERMAN.format('<meta charset="utf-8">').encode("cp1252"))


def test_one_broken_character_does_not_overturn_a_declaration() -> None:
    data = (GERMAN.format('<meta charset="utf-8">') + "ä" * 300).encode() + b"\xe4"
    assert parse(data).charset == "utf-8"


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf<p>\xc3\xa4", b"<meta charset=utf-8><p>\xc3\xa4" + b"\xc3\xa4" * 300 + b"\xe4"]
)
def test_the_tree_is_read_from_the_text_that_was_decoded(data: bytes) -> None:
    document = parse(data)
    assert document.tree.text_content() == re.sub("<.*?>", "", document.text)


TYPESET = "<p>It’s “dry” – naïve, in Łódź and 東京; 20 °C</p>"


def test_text_encoded_twice_is_decoded_twice() -> None:
    assert text(TYPESET.encode().decode("latin-1").encode()) == text(TYPESET.encode())
    quoted = "<p>It’s a “dry” line – naïve</p>"
    assert text("<p>Itâ€™s a â€œdryâ€\x9d line â€“ naÃ¯ve</p>".encode()) == text(quoted.encode())


@pytest.mark.parametrize(
    "written", ["MÃE DE SÃO PAULO", "Â 2026 Â", "pâte â la crème", "Ã† and Ã˜ stand for Æ and Ø", TYPESET]
)
def test_text_encoded_once_stands(written: str) -> None:
    assert text(f"<div>{written}</div>".encode()) == text(f"<div>{written}</div>".encode("utf-16"))
    assert re.sub("<[^>]*>", "", written) in text(f"<div>{written}</div>".encode())


def test_undeclared_legacy_text_is_detected() -> None:
    assert "Процессор" in text(CYRILLIC.encode("cp1251"))


LATIN = {
    ("en", "cp1252"): "She had naïvely ordered a café crème in the El Niño year, and paid 20 £ for it.",
    ("fr", "cp1252"): "Le bureau a monté des téléphones sous la jetée. « C’est déjà très précis », dit-il.",
    ("es", "cp1252"): "La oficina ha montado teléfonos bajo el muelle, y mide la marea cada año con más precisión.",
    ("sv", "cp1252"): "Nu mäter de tidvattnet varje år. Så här går det till, säger chefen på båten.",
    ("pl", "cp1250"): "Urząd nie sprzeda tego, co dostał w prezencie. Łódź źle stała, lecz wróciła.",
    ("pl", "iso8859_2"): "Urząd nie sprzeda tego, co dostał w prezencie. Łódź źle stała, lecz wróciła.",
    ("cs", "cp1250"): "Přístavní úřad namontoval pod molo staré telefony, které teď měří příliv.",
    ("hu", "cp1250"): "A kikötői hivatal régi telefonokat szerelt a móló alá, és nyűglődve őrzi őket.",
    ("hr", "cp1250"): "Žao nam je što nećemo moći više, kaže lučki ured, koji već mjeri plimu.",
    ("tr", "cp1254"): "Liman ofisi eski telefonları yerleştirdi ve şimdi gelgiti ölçüyorlar, dağıtmıyorlar.",
    (
        "lt",
        "cp1257",
    ): "Žmonės džiaugiasi: telefonai kas keturias minutes matuoja potvynį po šiuo tiltu, įėjimas laisvas.",
}


@pytest.mark.parametrize(("language", "charset"), LATIN)
@pytest.mark.parametrize("declared", ["its own", "none", "English"])
def test_undeclared_text_in_latin_letters_is_read_in_its_languages_charset(
    language: str, charset: str, declared: str
) -> None:
    written = LATIN[language, charset]
    attribute = {"its own": f" lang='{language}'", "none": "", "English": ' class=page lang="en-GB"'}[declared]
    page = f"<html{attribute}><head><title>Tide</title></head><body><p>{written}</p></body></html>"
    assert written in text(page.encode(charset))


@pytest.mark.parametrize(("language", "written"), [("en", "café"), ("en", "naïvely"), ("cs", "ďábel"), ("pl", "biała")])
def test_a_single_letter_is_read_as_the_pages_language_has_it(language: str, written: str) -> None:
    charset = "cp1252" if language == "en" else "cp1250"
    assert written in text(f"<html lang={language}><p>{written}</p></html>".encode(charset))


@pytest.mark.parametrize("codec", ["raw_unicode_escape", "unicode_escape", "utf-7", "punycode", "hz", "iso2022_kr"])
def test_a_codec_that_browsers_do_not_know_is_not_believed(codec: str) -> None:
    found = parse(f"<meta charset={codec}><p>+2AA- \\ud800 -hello".encode())
    assert found.charset == "utf-8"
    assert "\\ud800 -hello" in found.text


def test_a_codec_that_is_no_charset_is_not_believed() -> None:
    assert "hello" in text(b'<meta charset="hex"><p>hello', "text/html; charset=idna")


def test_null_bytes_and_controls_are_dropped() -> None:
    assert text(b"<p>a\x00b\x01c") == "abc"


@pytest.mark.parametrize("data", [b"", b"   ", b"\x00", b"<!-- only a comment -->", b"<!doctype html>"])
def test_nothing_still_gives_a_tree(data: bytes) -> None:
    assert parse(data).tree.tag == "html"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<div>" * 100_000, id="deep"),
        pytest.param(b"<p></p>" * 300_000, id="many"),
        pytest.param(b"<a " + b" ".join(b"x%d=1" % i for i in range(100_000)) + b">", id="attributes"),
        pytest.param(b"<p>" + b"word " * 4_000_000, id="large"),
    ],
)
def test_markup_over_a_bound_is_quarantined(data: bytes) -> None:
    with pytest.raises(Quarantine):
        parse(data)


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_whatever_the_bytes_there_is_a_tree_and_always_the_same(data: bytes, content_type: str | None) -> None:
    first, second = parse(data, content_type), parse(data, content_type)
    assert first.charset == second.charset
    assert html.tostring(first.tree) == html.tostring(second.tree)


@pytest.mark.parametrize(
    "page",
    [
        b"<title>Tide</title><article><h1>Tide</h1><p>one</article><p>two",
        b"<html><head><title>Tide</title><meta name=a content=b><main>one</main> two",
        b"<title>Tide</title><nav>one</nav><article>two</article>",
        b"<title>Tide</title><section>one</section><body><p>two",
        b"<html><head><title>Tide</title></head><body>one <p>two</body></html>",
    ],
)
def test_a_page_need_not_write_its_body(page: bytes) -> None:
    root = parse(page).tree
    assert [child.tag for child in root] == ["head", "body"]
    assert {child.tag for child in root[0]} <= {"title", "meta"}
    words = " ".join(map(str, root[1].itertext())).split()
    assert words[-2:] == ["one", "two"]


def test_a_page_goes_on_behind_the_end_that_a_header_template_wrote() -> None:
    page = b"<html><body><header>Chipwire</header></body>\n</html>\n<div><p>The article itself.</p></div></body></html>"
    assert [p.text for p in parse(page).tree.iter("p")] == ["The article itself."]


MANY = " ".join(f"a{n}" for n in range(20_000))
# Where quotes, marks and text that is no markup mislead who counts the attributes of a tag.
ODD = {
    "a quote in a name": "<p it's {0} it's>x",
    "a quote of two signs": '<p a==" {0} b==">x',
    "a sign that begins a name": '<p ="b {0} c="d>x',
    "a mark in a value behind a quote in a name": "<p it's b='>' {0}>x",
    "a sign in the name of the tag": "<p<={0} a>x",
    "behind a slash": '<p a/="b {0} c/="d>x',
    "a quote in a script before it": "<script>if (a<b && c=='</script><p {0}>x' y>z",
    "a quote in a comment before it": "<!-- <b c=' --><p {0}>x' y>z",
    "a quote in a title before it": "<title><b c='</title><p {0}>x' y>z",
    "a value that does not end": "<p {0} b='x",
    "an end of the page within its name": "<</body>p {0}>x",
}


@pytest.mark.parametrize(
    "page",
    [
        '<p x=">" ' + " ".join(f"a{n}=1" for n in range(40_000)) + ">x",
        "<p x='>' " + " ".join(f'a{n}="1"' for n in range(40_000)) + ">x",
        "<p x='>'" + "".join(f'a{n}="1"' for n in range(40_000)) + ">x",
        ("<i " + " ".join(f"{n:x}" for n in range(0x100, 0x100 + 2_400)) + ">x</i>") * 400,
        *(odd.format(MANY) for odd in ODD.values()),
    ],
    ids=["behind a quoted mark", "all quoted", "without spaces", "spread", *ODD],
)
def test_attributes_are_bounded_however_they_are_written(page: str) -> None:
    with pytest.raises(Quarantine, match="attributes"):
        parse(page.encode())


SOUP = st.text(alphabet=st.sampled_from("<>/='\"ap! \n-"), max_size=30)


@given(SOUP, SOUP)
@settings(deadline=None, max_examples=150)
def test_no_tree_has_an_element_of_more_attributes_than_the_bound(before: str, behind: str) -> None:
    try:
        root = parse(f"<p>{before}{MANY[:50_000]}{behind}</p>".encode()).tree
    except Quarantine:
        return
    assert max(len(element.attrib) for element in root.iter()) <= MAX_ATTRIBUTES


def test_attributes_of_scripts_and_of_rich_tags_are_no_matter() -> None:
    words = " ".join(f"w{n}" for n in range(30_000))
    rich = "<p " + " ".join(f'a{n}="x > y"' for n in range(900)) + f" data-all='{words}'>Tide</p>"
    script = "<script>for (i = 0; i<n; i++) { " + "a = b + c; " * 300 + "}</script>"
    assert next(parse((script + rich).encode()).tree.iter("p")).text == "Tide"

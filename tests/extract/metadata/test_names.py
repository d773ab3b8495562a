"""Who is named in a byline, in the languages of the world: labels, brackets, "and", desks and agencies."""

from __future__ import annotations

import pytest

from tests.extract.head import ARTICLE, ld, read


@pytest.mark.parametrize(
    ("line", "persons", "organisations"),
    [
        ("Écrit par Élodie Martin", ("Élodie Martin",), ()),
        ("Par Élodie Martin avec AFP", ("Élodie Martin",), ("AFP",)),
        ("Propos recueillis par Élodie Martin", ("Élodie Martin",), ()),
        ("Publicado por Lucía Gómez", ("Lucía Gómez",), ()),
        ("A cura di Marco Rossi", ("Marco Rossi",), ()),
        ("Scritto da Marco Rossi", ("Marco Rossi",), ()),
        ("Geschreven door Jan de Vries", ("Jan de Vries",), ()),
        ("Publicerad av Erik Svensson", ("Erik Svensson",), ()),
        ("Oprac. Jan Kowalski", ("Jan Kowalski",), ()),
        ("Opracowanie: Jan Kowalski", ("Jan Kowalski",), ()),
        ("Tekst: Kari Nordmann", ("Kari Nordmann",), ()),
        ("Journalist: Kari Nordmann", ("Kari Nordmann",), ()),
        ("Kirjoittaja: Matti Virtanen", ("Matti Virtanen",), ()),
        ("Írta: Kovács Péter", ("Kovács Péter",), ()),
        ("Haber: Ayşe Yılmaz", ("Ayşe Yılmaz",), ()),
        ("Yazan Ali", ("Yazan Ali",), ()),
        ("Συντάκτης: Νίκος Παπαδόπουλος", ("Νίκος Παπαδόπουλος",), ()),
        ("Γράφει ο Νίκος Παπαδόπουλος", ("Νίκος Παπαδόπουλος",), ()),
        ("Авторы: Анна Смирнова, Иван Петров", ("Анна Смирнова", "Иван Петров"), ()),
        ("Подготовила Анна Смирнова", ("Анна Смирнова",), ()),
        ("Олена Коваль та Ігор Бондар", ("Олена Коваль", "Ігор Бондар"), ()),
        ("Олена Коваль і Ігор Бондар", ("Олена Коваль", "Ігор Бондар"), ()),
        ("كتبت: منى حسن", ("منى حسن",), ()),
        ("كتب أحمد علي", ("أحمد علي",), ()),
        ("بقلم أحمد علي", ("أحمد علي",), ()),
        ("מאת: דנה כהן", ("דנה כהן",), ()),
        ("نویسنده: رضا احمدی", ("رضا احمدی",), ()),
        ("رضا احمدی و سارا کریمی", ("رضا احمدی", "سارا کریمی"), ()),
        ("लेखक: राहुल शर्मा", ("राहुल शर्मा",), ()),
        ("राहुल शर्मा और नेहा गुप्ता", ("राहुल शर्मा", "नेहा गुप्ता"), ()),
        ("প্রতিবেদক: রহিম উদ্দিন", ("রহিম উদ্দিন",), ()),
        ("โดย สมชาย ใจดี", ("สมชาย ใจดี",), ()),
        ("เรื่อง: สมชาย ใจดี", ("สมชาย ใจดี",), ()),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",), ()),
        ("Oleh Budi Santoso", ("Budi Santoso",), ()),
        ("文＝山田太郎", ("山田太郎",), ()),
        ("ライター：山田太郎", ("山田太郎",), ()),
        ("[山田太郎，基板ニュース]", ("山田太郎",), ("基板ニュース",)),
        ("文｜王小明", ("王小明",), ()),
        ("作者|王小明", ("王小明",), ()),
        ("作者：王小明 编辑：李华", ("王小明",), ()),
        ("〔記者王小明／台北報導〕", ("王小明",), ()),
        ("王小明 報導", ("王小明",), ()),
        ("綜合報導", (), ()),
        ("[테크뉴스 김민수 기자]", ("김민수",), ()),
        ("서울=김민수 기자", ("김민수",), ()),
        ("글=김민수 기자", ("김민수",), ()),
        ("김민수 선임기자", ("김민수",), ()),
        ("[email protected]", (), ()),
        ("Ein Bericht von Jens Mack", ("Jens Mack",), ()),
        ("Von unserem Korrespondenten Jens Mack", ("Jens Mack",), ()),
        ("Une chronique de Loïc Le Goff", ("Loïc Le Goff",), ()),
        ("Una columna de Inés Lahoz", ("Inés Lahoz",), ()),
        ("Un commento di Marco Rossi", ("Marco Rossi",), ()),
        ("Door onze redacteur Femke van Dam", ("Femke van Dam",), ()),
        ("Analysis by Ada Byron", ("Ada Byron",), ()),
        ("Geschreven door Femke van Dam op 25 november 2026", ("Femke van Dam",), ()),
        ("A cura di Marco Rossi Pubblicato il 26 Nov 2026", ("Marco Rossi",), ()),
        ("Ada Byron Follow @ada", ("Ada Byron",), ()),
        ("Ada Byron is a staff writer", ("Ada Byron",), ()),
        ("来源：芯片报　作者：周文博　2026-11-26 18:32", ("周文博",), ()),
        ("作者：周文博 李倩", ("周文博", "李倩"), ()),
        ("周文博/文", ("周文博",), ()),
        ("中村 さやか 編集委員", ("中村 さやか",), ()),
        ("PR Newswire", (), ("PR Newswire",)),
        ("Acme Corporation", (), ("Acme Corporation",)),
        ("デスク", (), ("デスク",)),
        ("AI-generated", (), ()),
        ("Pressemitteilung", (), ()),
        ("Invitado", (), ()),
        ("ada.byron", (), ()),
        ("harbour.de", (), ("harbour.de",)),
    ],
)
def test_a_label_before_a_name_or_behind_it_is_no_part_of_it(
    line: str, persons: tuple[str, ...], organisations: tuple[str, ...]
) -> None:
    found = read(f"<meta name='author' content='{line}'>")
    assert (found.authors, found.organisations) == (persons, organisations)


@pytest.mark.parametrize(
    "line",
    [
        "Autor: Jens Mack, Fotos: Ute Lenz",
        "Texto: Jens Mack | Fotos: Ute Lenz",
        "Fotos: Ute Lenz | Text: Jens Mack",
        "Text und Fotos: Jens Mack",
        "Words by Jens Mack. Photography by Ute Lenz.",
        "By Jens Mack, Translated by Ute Lenz",
        "Words: Jens Mack Photos: Ute Lenz",
    ],
)
def test_other_hands_in_a_text_are_no_authors(line: str) -> None:
    assert read(f"<meta name='author' content='{line}'>").authors == ("Jens Mack",)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("글 김하늘 / 사진 박준", "김하늘"),
        ("著者：中村 さやか　翻訳校正：田中 太郎", "中村 さやか"),
        ("文｜周文博 编辑｜林晓", "周文博"),
    ],
)
def test_other_hands_in_a_text_of_east_asia_are_no_authors(line: str, author: str) -> None:
    assert read(f"<meta name='author' content='{line}'>").authors == (author,)


@pytest.mark.parametrize(
    "role",
    [
        "VP of Product", "Vice President", "President and COO", "Security Researcher", "Research Fellow", "Partner at Acme",
        "Stellvertretender Chefredakteur", "Ressortleiter Digital", "Hoofdredacteur", "Subdirectora", "Special to Harbour Post",
    ],
)  # fmt: skip
def test_an_office_behind_a_name_and_a_comma_is_no_author(role: str) -> None:
    found = read(f"<meta name='author' content='Ada Byron, {role}'>")
    assert (found.authors, found.organisations) == (("Ada Byron",), ())


@pytest.mark.parametrize("line", ["Ada Byron, Julian Fellowes", "Ada Byron, Tom Host"])
def test_a_surname_that_is_an_office_is_a_name(line: str) -> None:
    assert read(f"<meta name='author' content='{line}'>").authors == tuple(line.split(", "))


@pytest.mark.parametrize(
    "line",
    [
        "Szerkesztőség", "Redacția", "Haber Merkezi", "Редакция", "Редакція", "Συντακτική ομάδα", "هيئة التحرير", "فريق التحرير",
        "غرفة الأخبار", "מערכת", "تحریریه", "न्यूज डेस्क", "অনলাইন ডেস্ক", "নিজস্ব প্রতিবেদক", "กองบรรณาธิการ", "ทีมข่าว",
        "Ban biên tập", "Redaksi", "Tim Redaksi", "ТАСС", "РИА Новости", "Интерфакс", "Укрінформ", "БТА", "رويترز", "وكالات",
        "أ ف ب", "DHA", "AA", "İHA", "Folhapress", "Estadão Conteúdo", "Agência Brasil", "Agerpres", "STT", "ΑΠΕ-ΜΠΕ", "Antara",
        "TTXVN", "पीटीआई", "로이터", "ロイター",
    ],
)  # fmt: skip
def test_desks_and_agencies_are_no_persons_in_any_language(line: str) -> None:
    found = read(f"<meta name='author' content='{line}'>")
    assert (found.authors, found.organisations) == ((), (line,))


def test_the_site_behind_the_name_of_a_person_is_no_author() -> None:
    head = "<meta property='og:site_name' content='Harbour Post'>"
    body = "<h1>Old phones measure the tide</h1><p class='byline'>Por João Silva, Harbour Post — Recife</p>"
    found = read(head, body)
    assert (found.authors, found.organisations) == (("João Silva",), ())
    site = {"@type": "Organization", "name": "Harbour Post"}
    found = read(head + ld(ARTICLE | {"author": [{"@type": "Person", "name": "Ada Byron"}, site]}))
    assert (found.authors, found.organisations) == (("Ada Byron",), ("Harbour Post",))


@pytest.mark.parametrize(
    ("near", "authors"),
    [
        ("김민수 기자", ("김민수",)),
        ("[테크뉴스 김민수 기자]", ("김민수",)),
        ("〔記者王小明／台北報導〕", ("王小明",)),
        ("정치부 기자", ()),
        ("전문 기자", ()),
        ("Haber Merkezi'nden bir fotoğraf", ()),
        ("كتب الرئيس رسالة إلى البرلمان", ()),
        ("Oleh karena itu", ()),
        ("Eine Analyse von Jens Mack", ("Jens Mack",)),
        ("Ein Bericht von der Leipziger Buchmesse", ()),
        ("来源：芯片报 作者：周文博", ("周文博",)),
    ],
)
def test_a_signature_near_the_headline_says_by_its_words_that_it_is_one(near: str, authors: tuple[str, ...]) -> None:
    assert read(body=f"<h1>Old phones measure the tide</h1><p>{near}</p>").authors == authors


@pytest.mark.parametrize(
    "length",
    [
        "812 words", "1,812 words", "812 Wörter", "1.812 mots", "812 palabras", "812 слов", "812 字", "4 min", "4 min read",
        "4 minute read", "4 Min. Lesezeit", "Lesezeit: 4 Min.", "4 min de lecture", "Temps de lecture : 4 min", "4 minuti di lettura",
        "4 min. lezen", "4 минуты чтения", "4 分钟", "4분",
    ],
)  # fmt: skip
def test_how_long_a_text_is_is_no_name(length: str) -> None:
    for line in (f"{length} · Ada Byron", f"Ada Byron · {length}", f"Ada Byron | {length} | Translations: De"):
        found = read(f"<meta name='author' content='{line}'>")
        assert (found.authors, found.organisations) == (("Ada Byron",), ())


def test_a_link_to_where_a_text_is_edited_is_no_name() -> None:
    edit = "<a href='https://forge.example/ada/site/edit/main/tide.md'>Suggest Changes</a>"
    byline = f"<h1>Old phones measure the tide</h1><p class='byline'>Ada Byron | {edit}</p>"
    assert read(body=byline).authors == ("Ada Byron",)

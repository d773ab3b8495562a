"""What stands below a plain text: headlines, offers, what the site adds, or the end of the article itself."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from pipelines.records import TeaserKind
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

HEADLINES = (OTHER, THIRD, "Gulls Learn to Open Parcel Lockers in Three Ports")


def test_headlines_at_the_end_are_teasers_without_a_heading_too() -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, *HEADLINES))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == list(HEADLINES)
    assert found.decision.score < extract_text(text(TITLE, FIRST, LAST)).decision.score


@pytest.mark.parametrize(
    "lines",
    [
        ("The office wants three things:", *HEADLINES),
        ("Why phones?", SECOND, "What is next?", LAST),
        ("Who won", "Ada Byron, Harbour Post", "Grace de la Cruz, Pier Review", "Idris Vaughan, Quay Weekly"),
        ("How did it begin?", SECOND, "And the gulls?", "They come at dawn, and they like the screens best of all."),
        ("“We would do it again,” says the harbour master.", "“And cheaper.”"),
        ("Explore more", SECOND, "Related work", LAST),
        (
            "Further reading",
            "- Smith, J. (2021). Tides and phones. Journal of Harbours 12(3), 45-67.",
            "- Byron, A. (2019). Clicks under water. Proceedings of the Pier Society.",
        ),
        ("The town's own letter is called a newsletter by those who have never had to print one in the rain.",),
    ],
)
def test_an_article_may_end_with_a_list_questions_or_references(lines: tuple[str, ...]) -> None:
    assert body_of(extract_text(text(TITLE, FIRST, SECOND, *lines))) == text(FIRST, SECOND, *lines)


@pytest.mark.parametrize(
    "offer",
    [
        "Sign up for our daily newsletter and never miss a story from the quay.",
        "Get the best of Harbour Post delivered to your inbox every morning, for free and for as long as you like.",
        "Inscrivez-vous à notre newsletter pour recevoir chaque matin l'essentiel de l'actualité du port.",
        "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen das Wichtigste aus dem Hafen.",
        "Suscríbete a nuestro boletín y recibe cada mañana lo mejor del puerto, sin coste alguno.",
        "Jetzt unseren Newsletter abonnieren und keine Nachricht aus dem Hafen verpassen.",
        "Jeden Morgen das Wichtigste aus dem Hafen in Ihrem Postfach: der Newsletter der Hafenpost.",
        "Inscreva-se em nosso boletim e receba as notícias do porto todas as manhãs.",
        "Подпишитесь на рассылку, чтобы узнавать о порте первыми.",
        "メールマガジンの登録はこちらからどうぞ。港のニュースを毎朝お届けします。",
        "Der Hafenbrief kommt jeden Freitag kostenlos in Ihr Postfach. Jetzt abonnieren!",
        "The best of the quay in your inbox, every Friday morning. Sign up here.",
        "Follow us on Mastodon and Bluesky for the latest news.",
        "Folgen Sie uns auch auf Mastodon und LinkedIn.",
        "Suivez-nous sur Google Actualités pour ne rien manquer.",
        "Puedes seguir a HAFENPOST en Facebook y X o apuntarte aquí para recibir nuestra newsletter semanal.",
        "Подписывайтесь на наш канал в Telegram",
        "Enjoyed this article? Support our journalism for as little as $2 a month.",
    ],
)
def test_an_offer_of_a_newsletter_is_a_promotion_wherever_it_stands(offer: str) -> None:
    for lines in ((FIRST, offer, SECOND, LAST), (FIRST, SECOND, LAST, offer)):
        found = extract_text(text(TITLE, *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert [(t.title, t.kind) for t in found.teasers] == [(offer, TeaserKind.PROMOTION)]


@pytest.mark.parametrize(
    "told",
    [
        "Getty Images will stop its daily newsletter in May, and its archive of harbours will be closed with it.",
        "Joint editors of the newsletter have resigned, citing pressure from the owner of the pier.",
        "Followers of the newsletter have doubled within a year, according to its founder.",
        "Registered readers of the newsletter pay four crowns a month, the filing shows.",
        "Supporters of the club get a newsletter that nobody reads.",
        "Wanted posters were sent with the newsletter to every office on the coast.",
        "Stay-at-home fathers founded the newsletter in 2019 and sold it for a million.",
        "The letter lands in your inbox whether you want it or not, and the town has stopped asking whether to subscribe.",
        "Follow us as we walk through the harbour, where eleven phones hang from the pier.",
        "Support for independent journalism is growing on the coast, and so is the tide.",
        "Follow us on Twitter, the office said, and then it left the network.",
        "Support our work, said the harbour, and it got nothing.",
        "Follow the tide, said the judge, and you will find our channel to the sea.",
        "Jeden Morgen verschickt die Behörde einen Newsletter an 40.000 Betriebe an der Küste.",
        "Jetzt ermittelt die Polizei wegen des Newsletters, den niemand bestellt haben will.",
        "Volgens de nieuwsbrief van de haven is het getij nooit zo precies gemeten.",
        "Подписчики рассылки узнали о приливе первыми, и никто из них не опоздал на паром.",
        "メールマガジンの発行は五月に終わると、港の事務所が発表した。",
        "订阅者已经超过四万人，港口的通讯每天早上发出。",
    ],
)
def test_a_report_on_newsletters_is_no_offer(told: str) -> None:
    assert body_of(extract_text(text(TITLE, FIRST, told, SECOND, LAST))) == text(FIRST, told, SECOND, LAST)


def test_a_sentence_under_an_offer_goes_with_it() -> None:
    below = "The Quay Letter comes on Fridays. You can unsubscribe at any time."
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Sign up for our newsletter", below))
    assert body_of(found) == text(FIRST, SECOND, LAST)


BIO = "Ada Byron is a senior reporter at Harbour Post, where she covers ports and machines. Follow her on Mastodon."


@pytest.mark.parametrize(
    "added",
    [
        (BIO,),
        ("About the author", BIO),
        ("About the author", "Ada lives on a barge. She has a cat."),
        ("Über die Autorin", "Birgit Sommerfeld ist Redakteurin bei der Hafenpost."),
        ("Birgit Sommerfeld ist Redakteurin bei der Hafenpost.",),
        ("Tags: tides, phones, harbours",),
        ("Topics", "Tides", "Phones", "Harbours"),
        ("© 2026 Harbour Post. All rights reserved.",),
        (f"The post {TITLE} appeared first on Harbour Post.",),
        ("Der Beitrag Hafen baut Pegel erschien zuerst auf Hafenpost.",),
        ("Continue reading on harbour-post.example",),
        (BIO, "Tags: tides", "© 2026 Harbour Post"),
        ("Ada Byron is a columnist based in Orrin",),
        ("Posted in Engineering, Harbours", "Tagged tides, phones, war stories"),
        ("Теги: порты, приливы", "Хабы: Open source", "Комментарии 42"),
        ("태그 #부두 #조수 #재활용",),
        ("(Reporting by Ada Byron in Orrin; Editing by Petra Holm)",),
        ("Reporting by Ada Byron; Editing by Petra Holm",),
        ("Das Gespräch führte Birgit Sommerfeld.",),
        ("Write to Ada Byron at ada@harbour.example",),
        ("Have a tip? Email us at tips@harbour.example.",),
        ("Got a gauge of your own? Let us know in the comments below!",),
        ("Appeared in the October 14, 2026, print edition as 'Phones Watch the Tide'.",),
        ("First published: October 14, 2026, 17:40 IST",),
        ("本文来自港口日报，转载请注明出处。",),
        ("جميع الحقوق محفوظة © 2026",),
        ("Print | Email | Share", "12 comments"),
    ],
)
def test_what_a_site_adds_below_is_no_part_of_the_article(added: tuple[str, ...]) -> None:
    for teasers in ((), ("Related stories", OTHER, THIRD)):
        for lines in ((*added, *teasers), (*teasers, *added)):
            found = extract_text(text(TITLE, FIRST, SECOND, LAST, *lines))
            assert body_of(found) == text(FIRST, SECOND, LAST)
            assert titles(found) == list(teasers[1:])


@pytest.mark.parametrize(
    "line",
    [
        "Ada Byron schreibt seit 2011 über Häfen.",
        "Ada Byron lives on a barge and has a cat.",
        "Ada Byron",
        "(Ada Byron)",
    ],
)
def test_what_stands_below_on_the_author_of_the_byline_is_no_part_of_the_article(line: str) -> None:
    found = extract_text(text(TITLE, "By Ada Byron", FIRST, SECOND, LAST, line, "Related stories", OTHER, THIRD))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Idris Vaughan lives on a barge and has a cat.",
        "“Ada Byron is right,” says the harbour master.",
        "Have you a tip for the waiter? He takes phones.",
        "The letter was filed under protest, and nobody has read it since.",
        "The report appeared in the print edition of the harbour's own letter, where nobody looked for it.",
        "Tagged gulls come back, says the office.",
        "Published figures differ.",
        "He wrote to the town at dawn.",
    ],
)
def test_an_article_may_end_with_a_sentence_like_these(line: str) -> None:
    found = extract_text(text(TITLE, "By Ada Byron", FIRST, SECOND, line))
    assert body_of(found) == text(FIRST, SECOND, line)


@pytest.mark.parametrize(
    "row",
    [
        "---",
        "* *",
        "* * *",
        "###",
        "--",
        "1",
        "+1 555 0100",
        "Privacy policy",
        "Cookie settings",
        "Comments (12)",
        "About us | Contact | Privacy policy",
        "Impressum",
        "プライバシーポリシー",
    ],
)
def test_a_row_of_the_site_is_no_other_article(row: str) -> None:
    for lines in ((OTHER, row, THIRD, row), (row, OTHER, THIRD), (OTHER, THIRD, row, row)):
        found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Most read", *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert titles(found) == [OTHER, THIRD]


def test_a_rule_parts_a_list_from_the_article_and_is_none_of_its_text() -> None:
    found = extract_text(text(TITLE, FIRST, "* * *", SECOND, "Related", OTHER, THIRD, "---", LAST))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


def test_a_short_headline_among_long_ones_is_no_sub_heading() -> None:
    long = (OTHER, "Why the Keepers of All Lighthouses on This Coast Now Write Software at Night")
    found = extract_text(text(TITLE, FIRST, SECOND, "Related", *long, "Bürger sammeln Stimmen am Hafen", LAST))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [*long, "Bürger sammeln Stimmen am Hafen"]


def test_numbers_and_words_of_a_menu_may_head_a_section() -> None:
    told = text(FIRST, "2019", SECOND, "Contact", LAST, "42", FIRST)
    article = extract_text(text(TITLE, told)).article
    assert article is not None
    assert article.body == told
    assert article.markdown == text(FIRST, "## 2019", SECOND, "## Contact", LAST, "## 42", FIRST)


def test_a_reporter_in_the_news_is_news() -> None:
    told = "Ada Byron is a reporter at Harbour Post. She was the first to see the phones, and she told the council."
    assert told in body_of(extract_text(text(TITLE, FIRST, told, SECOND, LAST)))


@pytest.mark.parametrize(
    "heading",
    [
        "Weiterlesen",
        "Das könnte Sie interessieren",
        "Nos autres articles",
        "Editors' Picks",
        "Also on Harbour Post",
        "注目記事",
        "인기 뉴스",
        "精彩推荐",
        "Популярные статьи",
        "Te recomendamos",
    ],
)
def test_further_headings_announce_teasers_with_bullets_too(heading: str) -> None:
    for mark in ("", "• "):
        found = extract_text(text(TITLE, FIRST, SECOND, LAST, heading, f"{mark}{OTHER}", f"{mark}{THIRD}"))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert titles(found) == [OTHER, THIRD]

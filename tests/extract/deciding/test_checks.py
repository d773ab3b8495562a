"""Checks of visitors that are told by what runs them, whatever language they speak."""

from __future__ import annotations

import pytest

from pipelines.records import Kind
from tests.extract.deciding.judged import BODY, NEWS, PARAGRAPH, SITE, judge, paragraphs

WAIT = (
    "Die Leitung dieser Seite hat eine Pforte vor ihre Texte gesetzt, weil zu viele Maschinen sie am Tag abrufen. Dein Gerät rechnet "
    "nun eine Aufgabe aus, die ihm leicht fällt und tausend Maschinen schwer. Das dauert ein paar Augenblicke, danach geht es weiter."
)
MACHINES = [
    ("<script>window._cf_chl_opt = {cType: 'managed'};</script>", "Cloudflare"),
    ("<script src='https://ct.captcha-delivery.com/c.js'></script>", "DataDome"),
    ('<div id="px-captcha"></div>', "HUMAN (PerimeterX)"),
    ("<img src='/.within.website/x/cmd/anubis/static/img/pensive.webp'>", "Anubis"),
    ("<script>window.gokuProps = {};</script><div id='challenge-container'></div>", "AWS WAF"),
    ("<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>", "Imperva"),
]


@pytest.mark.parametrize(("machine", "whose"), MACHINES, ids=[whose for _, whose in MACHINES])
@pytest.mark.parametrize("body", ["", WAIT, "\n\n".join([WAIT] * 5)])
def test_a_check_is_told_by_its_machinery(machine: str, whose: str, body: str) -> None:
    found = judge(f"{machine}{paragraphs(body)}", body)
    assert (found.article, found.kind) == (False, Kind.BOT_WALL)
    assert found.reason.startswith(f"{whose}'s check of visitors, with ")


WATCHED = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><script src='https://js.datadome.co/tags.js'></script>"


def test_an_article_that_is_watched_stands_behind_no_check() -> None:
    assert judge(f"{WATCHED}<article><h1>Old phones</h1>{paragraphs(BODY)}</article>", BODY).article


@pytest.mark.parametrize("machine", [machine for machine, _ in MACHINES])
def test_an_article_with_a_mark_of_such_machinery_is_one(machine: str) -> None:
    long = "\n\n".join([PARAGRAPH] * 9)
    assert judge(f"<article><h1>Old phones</h1>{paragraphs(BODY)}</article>{machine}", BODY, ld=NEWS).article
    assert judge(f"<article><h1>Old phones</h1>{paragraphs(long)}</article>{machine}", long).article


def test_an_article_that_shows_such_machinery_is_one() -> None:
    body = f"{PARAGRAPH}\n\nThe page sets window._cf_chl_opt before its script runs.\n\n{PARAGRAPH}\n\n{PARAGRAPH}"
    assert judge(
        f"<h1>How the check works</h1>{paragraphs(body)}", body, url=f"{SITE}/blog/how-the-check-works"
    ).article

"""Which links have readers follow a publisher, and that paragraphs which are nothing else are no body."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.announced import announced
from pipelines.extract.selecting.channels import is_channel
from pipelines.extract.teasers.kind import is_paid

PROSE = "The hall opened on Monday with forty racks and a queue that reached the harbour, said the operator."


def promoted(markup: str) -> bool:
    """Tell whether the block between two paragraphs is taken out as promotion, where the model gives all to the body."""
    model = load()
    found = outline(parse(f"<html><body><p>{PROSE}</p>{markup}<p>{PROSE} It is late.</p></body></html>".encode()).tree)
    size = len(found.blocks)
    roles = np.zeros((size, len(model.roles)), np.float32)
    roles[:, model.roles.index("body")] = 1
    verdicts = announced(found, Verdicts(np.ones(size, np.float32), roles), model, "https://news.example/hall")
    assert verdicts.body[[0, -1]].tolist() == [1, 1]
    return size == 3 and bool(verdicts.body[1] == 0 and verdicts.roles[1].argmax() == model.roles.index("promo"))


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/dock",
        "https://www.facebook.com/harbourpost",
        "https://zalo.me/123",
        "https://line.me/R/ti/p/@dock",
        "https://lin.ee/abc",
        "https://pf.kakao.com/_dock",
        "https://invite.viber.com/?g2=abc",
        "https://vk.com/dock",
        "https://dzen.ru/dock",
        "https://max.ru/dock",
        "https://eitaa.com/dock",
        "https://ble.ir/dock",
        "https://rubika.ir/dock",
        "https://news.google.com/s/abc",
    ],
)
def test_channels_are_known_by_their_addresses(url: str) -> None:
    assert is_channel(url)


@pytest.mark.parametrize(
    "url", ["https://dzen.ru/a/Zabc", "https://vk.com/wall-1_2?w=3/4", "https://news.example/t.me/dock"]
)
def test_an_article_at_a_network_is_no_channel(url: str) -> None:
    assert not is_channel(url)


@pytest.mark.parametrize(
    "markup",
    [
        "<p><a href='https://t.me/dock'>Follow the harbour on Telegram</a></p>",
        "<p>➤ <a href='https://www.whatsapp.com/channel/0029Va'>Join our channel on WhatsApp</a>.</p>",
        "<div><a href='https://news.google.com/publications/abc?hl=ko'>구글뉴스에서항구소식구독하기</a></div>",
        "<p><a href='https://t.me/dock'>Follow us on Telegram</a> | <a href='https://line.me/dock'>or on LINE</a></p>",
    ],
)
def test_a_paragraph_that_is_all_link_to_a_channel_is_a_promotion(markup: str) -> None:
    assert promoted(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>The captain told so in <a href='https://t.me/dock'>a channel on Telegram</a> before anyone else knew of it.</p>",
        "<p><a href='https://t.me/dock/1234'>The post of the captain, word for word</a></p>",
        "<p><a href='https://t.me/dock'>t.me/dock</a></p>",
        "<ul><li><a href='https://t.me/dock'>The channel of the harbour</a></li></ul>",
        "<p><a href='https://www.instagram.com/p/abc/'>The picture that the captain took</a></p>",
        "<p><a href='https://t.me/dock'>Follow us on Telegram</a> <a href='https://port.example/'>or read the report</a></p>",
    ],
)
def test_what_cites_a_channel_stays(markup: str) -> None:
    assert not promoted(markup)


@pytest.mark.parametrize(
    "heading",
    [
        "Contenido patrocinado",
        "Conteúdo patrocinado",
        "Komerční sdělení",
        "Kaupallinen yhteistyö",
        "Annonsørinnhold",
        "Новости партнёров",
        "【PR】",
        "广告",
        "Reklam",
        "Annons:",
        "Gesponsord",
        "Annonce",
    ],
)
def test_a_heading_says_that_what_is_below_it_is_paid_for(heading: str) -> None:
    assert is_paid(heading)


@pytest.mark.parametrize("heading", ["Reklam dünyasından haberler", "广告业新闻", "Annonces du port", "Paidia", "PR"])
def test_a_heading_may_be_of_articles_on_advertising(heading: str) -> None:
    assert not is_paid(heading)

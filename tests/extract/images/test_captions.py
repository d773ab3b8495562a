"""Captions and credits of pictures, by the figure's markup and by the caption's words."""

from __future__ import annotations

import pytest

from tests.extract.head import ARTICLE, ld, read

HEAD = "<meta property='og:image' content='/img/pier.jpg'>"


def shown(inner: str) -> tuple[str | None, str | None]:
    """Caption and credit of a lead picture that stands in a figure with `inner`."""
    image = read(HEAD, f"<figure class='lead'><img src='/img/pier.jpg'>{inner}</figure>").lead_image
    assert image is not None
    return image.caption, image.credit


@pytest.mark.parametrize(
    ("caption", "told", "credit"),
    [
        ("The pier at dawn. Credit: Lin Wei", "The pier at dawn.", "Lin Wei"),
        ("The pier at dawn (Photo: Lin Wei)", "The pier at dawn", "Lin Wei"),
        ("The pier at dawn. Photo by Lin Wei / Harbourpix", "The pier at dawn.", "Lin Wei / Harbourpix"),
        ("The pier at dawn. (Lin Wei / Harbour Post)", "The pier at dawn.", "Lin Wei / Harbour Post"),
        ("The pier at dawn. (AP Photo/Lin Wei, File)", "The pier at dawn.", "AP Photo/Lin Wei, File"),
        ("The pier at dawn. L. Wei/AFP via Getty Images", "The pier at dawn.", "L. Wei/AFP via Getty Images"),
        ("The pier at dawn. Getty Images", "The pier at dawn.", "Getty Images"),
        ("Photo by Lin Wei Pictures. via Harbourpix", None, "Lin Wei Pictures. via Harbourpix"),
        ("The pier at dawn Image Credits: Lin Wei", "The pier at dawn", "Lin Wei"),
        ("The pier at dawn | © 2026 Lin Wei", "The pier at dawn", "Lin Wei"),
        ("Der Pier am Morgen. (Bild: Hafenwerke Ulm)", "Der Pier am Morgen.", "Hafenwerke Ulm"),
        ("La jetée à l’aube. Crédit photo : Lin Wei", "La jetée à l’aube.", "Lin Wei"),
        ("Пирс на рассвете Фото: Ада Байрон", "Пирс на рассвете", "Ада Байрон"),
        ("새벽의 부두 (사진=항구전기)", "새벽의 부두", "항구전기"),
        ("夜明けの桟橋（撮影：山田花子）", "夜明けの桟橋", "山田花子"),
        ("Image Credits: Lin Wei", None, "Lin Wei"),
        ("Lin Wei / Reuters", None, "Lin Wei / Reuters"),
        ("Il molo all’alba (foto Ansa)", "Il molo all’alba", "Ansa"),
        ("Il molo all’alba. Foto LaPresse", "Il molo all’alba.", "LaPresse"),
        ("Il molo all’alba (Foto di Marco Bianchi)", "Il molo all’alba", "Marco Bianchi"),
        ("Molo o świcie. Fot. Anna Mróz", "Molo o świcie.", "Anna Mróz"),
        ("Molo o świcie / fot. Anna Mróz / Agencja Portowa", "Molo o świcie", "Anna Mróz / Agencja Portowa"),
        ("Fot. Shutterstock", None, "Shutterstock"),
        ("De pier bij dageraad. Beeld Joris Kool", "De pier bij dageraad.", "Joris Kool"),
        ("La jetée à l’aube. (Photo Paul Rossignol)", "La jetée à l’aube.", "Paul Rossignol"),
        ("El muelle al alba. JAVIER RUIZ (EFE)", "El muelle al alba.", "JAVIER RUIZ (EFE)"),
        (
            "Der Pier am Morgen. (Symbolfoto: picture alliance/dpa | Lin Wei)",
            "Der Pier am Morgen.",
            "picture alliance/dpa | Lin Wei",
        ),
        ("The pier at dawn. Photo - Lin Wei", "The pier at dawn.", "Lin Wei"),
        ("El muelle al alba EFE/ J. Ruiz", "El muelle al alba", "EFE/ J. Ruiz"),
        ("Foto: El muelle al alba. (EFE/Javier Ruiz)", "El muelle al alba.", "EFE/Javier Ruiz"),
        ("The pier at dawn - Copyright Lin Wei/AP", "The pier at dawn", "Lin Wei/AP"),
        ("夜明けの桟橋。写真＝佐藤太郎", "夜明けの桟橋。", "佐藤太郎"),
        ("夜明けの桟橋（出所：港電気）", "夜明けの桟橋", "港電気"),
        ("黎明的码头。图/视觉中国", "黎明的码头。", "视觉中国"),
        ("새벽의 부두. 사진 항구전기", "새벽의 부두.", "항구전기"),
        ("새벽의 부두 ⓒ 연합뉴스", "새벽의 부두", "연합뉴스"),
        ("새벽의 부두 /사진=뉴시스", "새벽의 부두", "뉴시스"),
    ],
)
def test_the_words_of_a_credit_are_parted_from_the_caption(caption: str, told: str | None, credit: str) -> None:
    assert shown(f"<figcaption>{caption}</figcaption>") == (told, credit)


@pytest.mark.parametrize(
    "caption",
    [
        "The pier that one may credit to the mayor",
        "The source: a spring above the town. It never dries.",
        "Photo: the pier at dawn, seen from the ferry",
        "Image 5: The loop of the tide",
        "Two towns in one day (Paris / London)",
        "Das ist ein Bild: schön und gut",
        "Imagen de la plaza. Foto de archivo",
        "The pier. Ada Byron was there",
        "The pier. Photo taken in March",
        "Bild von Ada Byron",
        "The mayor, Ada Byron, opens the pier",
    ],
)
def test_a_caption_that_is_not_clearly_a_credit_stays_whole(caption: str) -> None:
    assert shown(f"<figcaption>{caption}</figcaption>") == (caption, None)


@pytest.mark.parametrize(
    ("inner", "told", "credit"),
    [
        pytest.param(
            "<figcaption>Dusk. <span class='c-media__credit'>(Lin Wei / Harbour Post)</span></figcaption>",
            "Dusk.",
            "Lin Wei / Harbour Post",
            id="a name in the caption",
        ),
        pytest.param(
            "<figcaption>Dusk</figcaption><p class='copyright'>Lin Wei</p>", "Dusk", "Lin Wei", id="a name beside it"
        ),
        pytest.param("<figcaption>Dusk. Photo: <cite>Lin Wei</cite></figcaption>", "Dusk.", "Lin Wei", id="a citation"),
        pytest.param(
            "<figcaption>Dusk <span itemprop='copyrightHolder'><span>Credit...</span> Lin Wei</span></figcaption>",
            "Dusk",
            "Lin Wei",
            id="a property",
        ),
        pytest.param(
            "<figcaption><span class='source'>Lin Wei</span> Dusk</figcaption>", "Dusk", "Lin Wei", id="ahead"
        ),
        pytest.param(
            "<figcaption class='caption-credit'>Dusk. Photo: Lin Wei</figcaption>", "Dusk.", "Lin Wei", id="both in one"
        ),
        pytest.param("<div class='duo--caption'>Dusk. <cite>Image: Lin Wei</cite></div>", "Dusk.", "Lin Wei", id="div"),
        pytest.param("<p class='caption'>Dusk</p>", "Dusk", None, id="a paragraph"),
        pytest.param("<p>Dusk</p>", None, None, id="no caption by name"),
        pytest.param(
            "<figcaption>Dusk - <span class='copyright'>Copyright</span> Lin Wei/AP</figcaption>",
            "Dusk",
            "Lin Wei/AP",
            id="the name of nothing but a label",
        ),
        pytest.param(
            "<figcaption>The pier <b class='credit'>Lin</b> built</figcaption>",
            "The pier Lin built",
            "Lin",
            id="within",
        ),
    ],
)
def test_a_figure_names_caption_and_credit_by_its_markup(inner: str, told: str | None, credit: str | None) -> None:
    assert shown(inner) == (told, credit)


@pytest.mark.parametrize(
    ("inner", "told", "credit"),
    [
        pytest.param(
            "<span class='sc-1'><span class='visually-hidden'>Image source, </span>Getty Images</span>"
            "<figcaption><span class='visually-hidden'>Image caption, </span>The pier <i>at</i> dawn</figcaption>",
            "The pier at dawn",
            "Getty Images",
            id="labels of caption and credit",
        ),
        pytest.param(
            "<p><span class='sc__visuallyHidden'>Fuente de la imagen, </span><span>Lin Wei</span></p>",
            None,
            "Lin Wei",
            id="another language",
        ),
        pytest.param(
            "<figcaption>Dusk by <a>Lin Wei<span class='sr-only'>(opens in a new tab)</span></a> in 2026</figcaption>",
            "Dusk by Lin Wei in 2026",
            None,
            id="a note",
        ),
        pytest.param(
            "<figcaption class='sr-only'>The pier at dawn</figcaption>", "The pier at dawn", None, id="all of a caption"
        ),
        pytest.param("<p><span class='sr-only'>Open</span>The pier</p>", None, None, id="no label of a credit"),
    ],
)
def test_what_only_screen_readers_read_is_no_part_of_a_caption(
    inner: str, told: str | None, credit: str | None
) -> None:
    assert shown(inner) == (told, credit)


@pytest.mark.parametrize(
    "sale",
    [
        "Purchase Licensing Rights", "Purchase Licensing Rights, opens new tab", "Buy this photo", "Order reprints", "Foto kaufen",
        "Acheter la photo", "Comprar fotografía", "Купить фото", "写真を購入する",
    ],
)  # fmt: skip
def test_a_link_that_sells_the_picture_is_no_part_of_its_caption(sale: str) -> None:
    assert shown(f"<figcaption>The pier at dawn <a href='/rights'>{sale}</a></figcaption>") == (
        "The pier at dawn",
        None,
    )
    assert shown(f"<figcaption><a href='/rights'>{sale}</a></figcaption>") == (None, None)


def test_a_link_of_a_caption_that_sells_nothing_stays() -> None:
    told = "They bought the photo of the pier"
    assert shown(f"<figcaption>{told} <a href='/town'>in the town of prints</a></figcaption>") == (
        f"{told} in the town of prints",
        None,
    )


@pytest.mark.parametrize(
    ("said", "told", "credit"),
    [
        ({"caption": "The pier at dawn", "creditText": "Photo: Lin Wei"}, "The pier at dawn", "Lin Wei"),
        ({"caption": "The pier at dawn. Foto: Lin Wei"}, "The pier at dawn.", "Lin Wei"),
        ({"caption": "Old phones measure the tide"}, None, None),
        ({"caption": "IMG-2026-pier"}, None, None),
        ({"caption": "old phones and a tide gauge"}, None, None),
    ],
)
def test_caption_and_credit_are_read_from_json_ld_where_no_figure_has_them(
    said: dict[str, str], told: str | None, credit: str | None
) -> None:
    picture = {"@type": "ImageObject", "url": "/img/pier.jpg", **said}
    referred = {"@graph": [ARTICLE | {"image": {"@id": "#pier"}}, {"@id": "#pier", **picture}]}
    for head in (ld(ARTICLE | {"image": picture}), HEAD + ld(referred)):
        image = read(head).lead_image
        assert image is not None
        assert (image.caption, image.credit) == (told, credit)


def test_the_caption_of_the_figure_comes_before_that_of_json_ld() -> None:
    head = ld(ARTICLE | {"image": {"@type": "ImageObject", "url": "/img/pier.jpg", "caption": "The pier of old"}})
    image = read(head, "<figure><img src='/img/pier.jpg'><figcaption>Dusk</figcaption></figure>").lead_image
    assert image is not None
    assert image.caption == "Dusk"


def test_links_and_letters_in_a_caption_part_no_words() -> None:
    caption = "Water (<a href='/h'>H<sub>2</sub>O</a>), “<em>high</em>”. Photo: <a href='/l'>Lin Wei</a>/Harbourpix"
    assert shown(f"<figcaption>{caption}</figcaption>") == ("Water (H2O), “high”.", "Lin Wei/Harbourpix")

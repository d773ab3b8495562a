"""Which files stand for the site or for nothing, by what they are called."""

from __future__ import annotations

import pytest

from tests.extract.head import read


def lead(path: str) -> bool:
    """Tell whether the file at a path of the Harbour Post is believed to stand for an article."""
    return read(f"<meta property='og:image' content='{path}'>").lead_image is not None


@pytest.mark.parametrize(
    "path",
    [
        "/sites/default/files/styles/large/public/2026-03/pier.jpg",
        "/media/default/pier.jpg",
        "/clip/5d4e_16-9-discover-aspect-ratio_default_0.jpg",
        "/img/google-pixel-10-review.jpg",
        "/img/microsoft-logo-building.jpg",
        "/img/openai-logo-phone-1200x675.jpg",
        "/img/openai-logo.jpg",
        "/img/avatar-3-premiere.jpg",
        "/img/icon-a5-electric-plane.jpg",
        "/img/loan-default-rates.jpg",
        "/img/blank-rome.jpg",
        "/_next/image?url=%2Fimg%2Fnew-logo-on-the-pier.jpg&w=640",
    ],
)
def test_a_word_of_furniture_beside_words_of_a_subject_names_a_picture(path: str) -> None:
    assert lead(path)


@pytest.mark.parametrize(
    "path",
    [
        "/logo.png",
        "/img/site-logo-512.png",
        "/img/harbour-post-logo-1200x630.jpg",
        "/img/logo_open-graph_facebook.d0dedfbe1787.png",
        "/img/hp-logo-2018-square.png",
        "/img/brand-logo-on-a-ground.svg",
        "/img/default-share.jpg",
        "/img/og-default.png",
        "/img/opengraph_default.jpg",
        "/img/pier_placeholder.png",
        "/img/ada-byron-avatar.jpg",
        "/theme/icons/rss.png",
        "/logos/pier.jpg",
        "/avatar/3f2a.jpg",
        "/t/pixel.gif",
        "/t/1x1.trans.gif",
        "/_next/image?url=%2Flogo.png&w=640",
    ],
)
def test_a_file_or_folder_that_is_named_for_nothing_else_is_no_picture(path: str) -> None:
    assert not lead(path)

"""Article patterns: a source's own articles are taken in every form its site has had, the pages beside them are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.discover.listing import admits, resolve
from pipelines import sources

FOLDER = Path(__file__).parent.parent / "config" / "sources"

ARTICLES = {
    "appleinsider": ["/articles/26/09/25/a-bank-sues", "/inside/macos/tips/how-to-copy-a-file"],
    "cointelegraph": ["/news/a-coin-falls", "/learn/what-a-coin-is", "/learn/articles/how-a-coin-falls"],
    "crn": ["/news/ai/2026/a-partner-programme", "/news/cloud/a-partner", "/slide-shows/cloud/ten-outages-of-2018"],
    "engadget": ["/big-tech/an-office-shuts-190000000.html", "/2015/02/24/a-protocol/", "/2010-04-28-a-quarter.html"],
    "gizmodo": ["/a-phone-that-folds-2000700000", "/a-phone-that-fell-1839900000", "/5647000/a-phone-that-rings"],
    "habr": [
        "/ru/articles/750000/",
        "/ru/companies/a/articles/517000/",
        "/ru/company/a/blog/206000/",
        "/ru/news/762000/",
    ],
    "hpcwire": ["/2024/02/29/a-file-system/", "/bigdatawire/2026/09/04/a-lake/", "/aiwire/2026/04/23/a-model/"],
    "infoq": ["/news/2022/02/a-runtime/", "/articles/a-runtime/"],
    "itmedia": ["/news/articles/2212/06/news110.html", "/aiplus/article/2608/25/2000000747/"],
    "light-reading": ["/6g/a-band-for-all", "/ai-machine-learning/-ask-me-helps-a-network", "/5g/a-year/a/d-id/777000"],
    "macrumors": ["/2026/07/10/a-lawsuit/", "/review/a-key-for-all/"],
    "mit-technology-review": ["/2024/07/24/1090000/a-model/", "/s/610000/a-drone/"],
    "nintendo-life": ["/news/2025/08/a-game-is-out", "/reviews/nintendo-switch/a_game", "/reviews/2007/02/a_game"],
    "tech-eu": ["/2025/07/31/a-seed-round/", "/brief/a-seed-round/", "/features/1025/a-founder/"],
    "techdirt": ["/2026/07/27/a-judge-says-no/", "/articles/20150802/20330400000/a-judge-says-no.shtml"],
    "the-block": ["/post/381000/a-fund", "/post/344000"],
    "the-next-platform": ["/2021/02/17/a-cluster", "/ai/2026/03/17/a-chip/"],
    "the-register": ["/2024/12/23/a_chip/", "/security/2026/06/24/a-leak/5261000"],
    "venturebeat": ["/2021/03/25/a-model-errs/", "/security/a-protocol-leaks", "/ai/an-agent-pays/"],
    "zdnet": ["/article/a-kernel-flaw/", "/tech/a-kernel-flaw/", "/home-and-office/networking/a-wired-home/"],
}
OTHERS = {
    "9to5google": ["/2026/06/30/page/2/", "/guides/android/"],
    "appleinsider": ["/inside/macos/"],
    "bleepingcomputer": ["/news/security/page/2/"],
    "cointelegraph": ["/learn/", "/learn/articles/", "/tags/bitcoin"],
    "crn": ["/news/ai/2026/", "/slide-shows/cloud/"],
    "engadget": ["/2015/02/24/"],
    "geekwire": ["/2026/07/", "/2026/07/15/"],
    "habr": ["/ru/articles/750000/comments/", "/ru/company/a/blog/"],
    "help-net-security": ["/2025/11/24/", "/2025/11/24/a-sale/&title=A"],
    "hpcwire": ["/off-the-wire/a-round/", "/bigdatawire/this-just-in/a-round/"],
    "infoq": ["/news/2022/02/"],
    "itmedia": ["/news/article/2609/10/"],
    "krebs-on-security": ["/2025/11/18/", "/2025/11/page/2/"],
    "light-reading": ["/ai-machine-learning", "/enterprise-cloud/infrastructure-and-platform"],
    "macrumors": ["/review/", "/roundup/a-phone/"],
    "medianama": ["/2026/07/15/", "/2026/07/page/2/"],
    "netzpolitik-org": ["/2024/04/28/", "/2024/ein-gesetz/feed/"],
    "nintendo-life": ["/news/2025", "/news/2025/08", "/reviews/nintendo-switch"],
    "techpowerup": ["/review/a-card/17.html", "/news-tags/AMD"],
    "the-next-platform": ["/ai/2026/03/17/"],
    "the-register": ["/Print/2024/12/23/a_chip/"],
    "venturebeat": ["/ai/feed/", "/ai/page/2/"],
    "zdnet": ["/home-and-office/work-life/", "/tech/best-laptops-of-the-year/", "/innovation/"],
}


def pairs(paths: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(id_, path) for id_, each in paths.items() for path in each]


def taken(id_: str, path: str) -> bool:
    source = sources.load_one(FOLDER / f"{id_}.yaml")
    link = resolve(source.home, path)
    assert link is not None
    return admits(source, link)


@pytest.mark.parametrize(("id_", "path"), pairs(ARTICLES))
def test_an_article_is_taken_in_every_form_the_site_has_had(id_: str, path: str) -> None:
    assert taken(id_, path)


@pytest.mark.parametrize(("id_", "path"), pairs(OTHERS))
def test_a_page_beside_the_articles_is_not_taken_for_one(id_: str, path: str) -> None:
    assert not taken(id_, path)

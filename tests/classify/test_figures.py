from __future__ import annotations

import pytest

from pipelines.classify.figures import figures


def found(text: str) -> list[tuple[str, str]]:
    return [(figure.kind, text[figure.start : figure.end]) for figure in figures(text)]


@pytest.mark.parametrize(
    "money",
    [
        "$1.2bn",
        "€30 million",
        "US$5 billion",
        "£3.5m",
        "30 million euros",
        "1,2 Milliarden Euro",
        "USD 5 million",
        "$10,000",
        "20 Mio. Euro",
        "30 €",
        "₹500 crore",
        "2 млрд рублей",
        "5 миллионов долларов",
        "$1.2-1.5 billion",
        "₹1.5 lakh crore",
        "5 crore rupees",
        "EUR 3 million",
        "300 millions d’euros",
        "3.000 millones de euros",
        "10 milhões de reais",
        "1,7 miliardi di euro",
        "3 مليارات دولار",
        "30亿元人民币",
        "1兆2000億円",
        "50억 원",
    ],
)
def test_money(money: str) -> None:
    assert found(f"They paid {money}, in all.") == [("money", money)]


@pytest.mark.parametrize(
    "size",
    [
        "100 MW",
        "100MW",
        "5,000mAh",
        "6.7-inch",
        "3nm",
        "70B parameters",
        "1.5 million users",
        "128GB",
        "12,000-square-foot",
        "5-10 employees",
        "3–5 MW",
    ],
)
def test_sizes(size: str) -> None:
    assert found(f"It has {size}, they say.") == [("size", size)]


def test_amounts_stand_between_chinese_words() -> None:
    assert found("公司投资3.5亿美元建厂，另有3000万元。") == [("money", "3.5亿美元"), ("money", "3000万元")]


def test_a_conversion_is_marked() -> None:
    text = "It spans 2,000 square meters (21,525 square feet) and took 3 acres."
    assert [figure.converts for figure in figures(text)] == [False, True, False]


@pytest.mark.parametrize(
    "text", ["In 2024 they met.", "10% more", "version 1.2.3 is out", "ISO 28500", "A4 paper", "covid-19"]
)
def test_bare_numbers_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", ["1,", "$", "1 ", "9", "1.", "million ", "1-", "1万", "1–2 "])
def test_hostile_repetition_costs_linear_time(piece: str) -> None:
    assert len(list(figures(piece * 20_000))) <= 20_000
